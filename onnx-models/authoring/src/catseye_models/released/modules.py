"""From checkpoint files to network files: everything accounted for first, then one verified export after another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from catseye_models.bundle.store import sha256
from catseye_models.errors import ModelError
from catseye_models.module import ModuleSpec
from catseye_models.networks.spade import fold_spectral_norm
from catseye_models.released import account, checkpoint
from catseye_models.released.checkpoint import State
from catseye_models.released.light import ReleasedFile
from catseye_models.torch_export import to_onnx, verify

Progress = Callable[[str], None]
"""Told the name of each stage as it begins."""

STAGES_PER_FILE = 3
"""Reading, exporting, verifying."""


@dataclass(frozen=True, kw_only=True)
class ExportedModule:
    """A network file that answers as its torch network does.

    Attributes:
        spec: its ends.
        model: bytes of the ONNX file.
        difference: largest absolute difference from torch that the verification saw.
        origin: name and sha256 of the checkpoint file.
    """

    spec: ModuleSpec
    model: bytes
    difference: float
    origin: str


def export_all(files: Sequence[tuple[ReleasedFile, Path]], *, progress: Progress) -> list[ExportedModule]:
    """Return a verified network file per checkpoint, in order.

    Args:
        files: what each checkpoint should be, and where it lies.
        progress: is told `STAGES_PER_FILE` stages per file.

    Raises `ModelError` with the problems of all files before the first export, or with the one that does not verify.
    """
    states = read_all(files, progress=progress)
    modules = []
    for file, path in files:
        progress(f"exporting {file.spec.name}")
        network = filled(file, states.pop(0))
        model = to_onnx(network, file.spec)
        progress(f"verifying {file.spec.name}")
        difference = verify(file.spec, network, model)
        origin = f"{path.name} sha256 {sha256(path.read_bytes())}"
        modules.append(ExportedModule(spec=file.spec, model=model, difference=difference, origin=origin))
    return modules


def filled(file: ReleasedFile, state: State) -> torch.nn.Module:
    """Return the network with the entries of its file, spectral norms folded, ready for inference."""
    return fold_spectral_norm(account.load(_empty(file), state))


def read_all(files: Sequence[tuple[ReleasedFile, Path]], *, progress: Progress) -> list[State]:
    """Return the entries of each file; raise `ModelError` with everything that keeps them from being the networks'."""
    states = []
    problems: list[str] = []
    for file, path in files:
        progress(f"reading {path.name}")
        try:
            state = checkpoint.read(path)
        except ModelError as failure:
            problems += failure.problems
            continue
        found = account.problems(_empty(file), state, spare=file.spare)
        problems += [f"{path}: {problem}" for problem in found]
        states.append(state)
    if problems:
        raise ModelError(*problems)
    return states


def _empty(file: ReleasedFile) -> torch.nn.Module:
    with torch.device("meta"):  # names and shapes without memory; `account.load` brings the values
        return file.network()
