"""Bundles: what `compose` writes and the Java package `dev.catseye.bundle` reads.

A folder or zip of `bundle.json` and the files it names, each with size and sha256; the sha256 of `bundle.json` itself
is the bundle's digest. `manifest` makes the JSON, `store` writes and reads the files, `check` finds what is wrong.
"""
