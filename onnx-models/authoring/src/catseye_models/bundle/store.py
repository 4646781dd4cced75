"""Files of a bundle, in a folder or a zip, written all or nothing and always the same way."""

import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from catseye_models.errors import ModelError, UsageError

MANIFEST = "bundle.json"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""Zip's earliest time, given to every member so that equal files make equal archives."""


def sha256(data: bytes) -> str:
    """Return the digest in lower-case hex, as bundles write it."""
    return hashlib.sha256(data).hexdigest()


def write(destination: Path, files: Mapping[str, bytes], *, replace: bool = False) -> None:
    """Write the files (path inside the bundle -> bytes) as a zip when `destination` ends in .zip, else as a folder.

    The bundle appears under its name only when complete. An existing bundle gives way only with `replace`, anything
    else that exists never.
    """
    refuse_existing(destination, replace=replace)
    destination.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=destination.parent, prefix=f".{destination.name}.") as scratch:
        fresh = Path(scratch) / "fresh"
        if destination.suffix == ".zip":
            _write_zip(fresh, files)
        else:
            _write_folder(fresh, files)
        if destination.is_dir():
            destination.rename(Path(scratch) / "old")
        fresh.replace(destination)


def read(bundle: Path) -> dict[str, bytes]:
    """Return every file of the bundle by its path inside; raise `ModelError` for what cannot be read or must not be."""
    if bundle.is_dir():
        return _read_folder(bundle)
    if not bundle.exists():
        raise ModelError(f"{bundle}: no such bundle")
    if not zipfile.is_zipfile(bundle):
        raise ModelError(f"{bundle}: neither a folder nor a zip")
    return _read_zip(bundle)


def read_manifest(bundle: Path) -> bytes:
    """Return `bundle.json` alone, out of a bundle that may be large; raise `ModelError` as `read`."""
    if bundle.is_dir() and (bundle / MANIFEST).is_file():
        return (bundle / MANIFEST).read_bytes()
    return read(bundle).get(MANIFEST, b"")


def refuse_existing(destination: Path, *, replace: bool) -> None:
    """Raise `UsageError` unless a bundle may and can be written here; long work asks before it begins."""
    _refuse_locked(destination.absolute().parent, destination=destination)
    if not destination.exists() and not destination.is_symlink():
        return
    is_bundle = (destination / MANIFEST).is_file() if destination.is_dir() else zipfile.is_zipfile(destination)
    empty = destination.is_dir() and not any(destination.iterdir())
    if empty or (is_bundle and replace):
        return
    if is_bundle:
        raise UsageError(f"{destination}: a bundle is there already; --replace puts the new one in its place")
    raise UsageError(f"{destination}: exists and is no bundle; nothing was written")


def _refuse_locked(folder: Path, *, destination: Path) -> None:
    """Raise `UsageError` unless `folder`, or what there is of it, lets this user make entries."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not there.is_dir():
        raise UsageError(f"{destination}: {there} is no folder; nothing was written")
    if not os.access(there, os.W_OK | os.X_OK):
        raise UsageError(f"{destination}: {there} may not be written to; nothing was written")


def leaves_the_bundle(path: str) -> bool:
    """Tell whether a path written in a bundle points anywhere but to a file below the bundle's root."""
    parts = PurePosixPath(path).parts
    return not parts or path.startswith("/") or ".." in parts or "\\" in path or str(PurePosixPath(path)) != path


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _write_zip(archive: Path, files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(archive, "w") as output:
        for path in sorted(files):
            member = zipfile.ZipInfo(path, date_time=ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            output.writestr(member, files[path])


def _read_folder(folder: Path) -> dict[str, bytes]:
    files = {}
    problems = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).as_posix()
        if path.is_symlink():
            problems.append(f"{inside}: is a link; a bundle holds plain files")
        elif path.is_file():
            files[inside] = path.read_bytes()
    if problems:
        raise ModelError(*problems)
    return files


def _read_zip(archive: Path) -> dict[str, bytes]:
    files = {}
    try:
        with zipfile.ZipFile(archive) as source:
            for member in source.infolist():
                if leaves_the_bundle(member.filename.rstrip("/")):
                    raise ModelError(f"{archive}: member {member.filename!r} leaves the bundle")
                if not member.is_dir():
                    files[member.filename] = source.read(member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as damage:
        raise ModelError(f"{archive}: damaged zip: {damage}") from None
    return files
