"""Reads a checkpoint file into plain tensors, and never runs what a pickle may ask for."""

import pickle
import pickletools
import re
import warnings
import zipfile
from pathlib import Path

import torch
from torch import Tensor

from catseye_models.errors import ModelError

State = dict[str, Tensor]

WRAPPER = "state_dict"
"""Key under which some files keep their entries."""

PREFIX = "module."
"""In front of every entry of a network that was saved inside a data-parallel wrapper."""


def read(path: Path) -> State:
    """Return the entries of a checkpoint, on the CPU, without wrapper and `module.`; floats as float32.

    Raises `ModelError` that names the file when it is missing, empty, cut off, damaged, no checkpoint, or would have to
    run code to be opened.
    """
    return _tensors(_load(path), path)


def _load(path: Path) -> object:
    if not path.is_file():
        raise ModelError(f"{path}: {'is a folder' if path.is_dir() else 'no such file'}, expected a checkpoint")
    _refuse_damage(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pickle protocols that torch does not write
            return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as refusal:
        asked = _imports(str(refusal), path)
        if asked:
            raise ModelError(f"{path}: opening it would run code ({asked}); refused, nothing was run") from None
        raise ModelError(f"{path}: is no checkpoint of tensors") from None
    except RuntimeError as mistake:
        reason = str(mistake).splitlines()[0]
        cut = "unexpected EOF" in reason
        raise ModelError(f"{path}: {_cut_off(path) if cut else f'is no checkpoint: {reason}'}") from None
    except (EOFError, OSError):
        raise ModelError(f"{path}: {_cut_off(path)}") from None


def _refuse_damage(path: Path) -> None:
    """Compare length and checksums of a zip container: torch itself does not look at the latter."""
    with path.open("rb") as file:
        is_zip = file.read(4) == b"PK\x03\x04"
    if not is_zip:
        return
    try:
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
    except (zipfile.BadZipFile, EOFError):
        raise ModelError(f"{path}: {_cut_off(path)}") from None
    if damaged is not None:
        raise ModelError(f"{path}: is damaged: {damaged} does not have its checksum")


def _cut_off(path: Path) -> str:
    size = path.stat().st_size
    return f"is cut off or damaged ({size} bytes)" if size else "is empty"


def _imports(refusal: str, path: Path) -> str:
    """Return the object that torch refused to import, by its own word or else by the first pickle in the file."""
    named = re.search(r"GLOBAL ([\w.]+)", refusal)
    if named:
        return named[1]
    texts: list[str] = []
    try:
        with path.open("rb") as file:
            for operation, argument, _ in pickletools.genops(file):
                if operation.name == "GLOBAL":
                    return str(argument).replace(" ", ".")
                if operation.name == "STACK_GLOBAL":
                    return ".".join(texts[-2:])
                if isinstance(argument, str):
                    texts.append(argument)
    except ValueError:  # not a pickle
        return ""
    return ""


def _tensors(content: object, path: Path) -> State:
    if isinstance(content, dict) and isinstance(content.get(WRAPPER), dict):
        content = content[WRAPPER]
    if not isinstance(content, dict):
        raise ModelError(f"{path}: holds a {type(content).__name__}, expected entries of a network")
    strangers = [str(name) for name, value in content.items() if not isinstance(value, Tensor)]
    if strangers or not content:
        raise ModelError(f"{path}: holds {', '.join(strangers[:5]) or 'nothing'}, expected tensors alone")
    names = [str(name) for name in content]
    prefixed = sum(name.startswith(PREFIX) for name in names)
    if 0 < prefixed < len(names):
        raise ModelError(f"{path}: {prefixed} of {len(names)} entries begin with {PREFIX}, expected all or none")
    cut = len(PREFIX) if prefixed else 0
    return {
        name[cut:]: value.float() if value.is_floating_point() else value
        for name, value in zip(names, content.values(), strict=True)
    }
