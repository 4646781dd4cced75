"""Imports released checkpoints into bundles.

`checkpoint` reads a file, `account` compares its entries with the network's, `light` knows the files of SynBoost Light,
`modules` turns them into verified network files, `bundle` into a bundle. All of it needs the `train` extra; none of it
reads from the network.
"""
