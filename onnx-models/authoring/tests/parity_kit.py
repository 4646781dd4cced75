"""The parity kit: what the original modules compute with stand-in weights, and how near we have to come.

Layout and tolerances are described in the kit's own README.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

SEED = 1


@dataclass(frozen=True)
class Case:
    """One small golden file.

    Attributes:
        name: file name without `.npz`.
        arrays: `in_*` and `out_*` by name.
        tolerances: per `out_*`: `exact`, or limits `max_abs`, or `max_level` with `mismatch_fraction`.
    """

    name: str
    arrays: dict[str, NDArray[Any]]
    tolerances: dict[str, Any]

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return an array by its name in the file."""
        return self.arrays[name]

    def check(self, name: str, actual: NDArray[Any], *, max_abs: float | None = None) -> None:
        """Fail unless the complete tensor `actual` equals `out_{name}` within its tolerance (or within `max_abs`).

        Names that end in `_cA_sB` or `_everyB` hold every A-th channel and every B-th row and column.
        """
        expected = self.arrays[f"out_{name}"]
        actual = sampled(name, actual)
        assert actual.shape == expected.shape, f"{name}: shape {actual.shape}, expected {expected.shape}"
        limit = {"max_abs": max_abs} if max_abs is not None else self.tolerances[f"out_{name}"]
        if limit == "exact":
            np.testing.assert_array_equal(actual, expected, err_msg=name)
            return
        difference = np.abs(actual.astype(np.float64) - expected.astype(np.float64))
        assert np.isfinite(difference).all(), f"{name}: not finite"
        largest = limit.get("max_abs", limit.get("max_level", np.inf))
        assert difference.max() <= largest, f"{name}: differs by {difference.max():.2e}, at most {largest}"
        differing = float((difference > 0).mean())
        share = limit.get("mismatch_fraction", 1.0)
        assert differing <= share, f"{name}: {differing:.2%} of the elements differ, at most {share:.2%}"


def sampled(name: str, full: NDArray[Any]) -> NDArray[Any]:
    """Return every A-th channel and B-th row and column as a golden's name asks for."""
    found = re.search(r"_c(\d+)(?:_s(\d+))?$|_every(\d+)$", name)
    if found is None:
        return full
    every, step = int(found[1] or 1), int(found[2] or found[3] or 1)
    return full[::every, ::step, ::step]


class ParityKit:
    """The kit in one folder.

    Attributes:
        folder: holds `README.md`, `fill_checkpoint.py`, `keys/` and `golden/`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._states: dict[tuple[str, str], dict[str, Tensor]] = {}

    @functools.cached_property
    def recipe(self) -> Any:
        """The kit's script `fill_checkpoint.py` as a module."""
        spec = importlib.util.spec_from_file_location("fill_checkpoint", self.folder / "fill_checkpoint.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def small(self, name: str) -> Case:
        """Return a case of `golden/small-seed1`."""
        folder = self.folder / "golden" / "small-seed1"
        entry = json.loads((folder / "meta.json").read_text())["files"][f"{name}.npz"]
        with np.load(folder / f"{name}.npz") as arrays:
            return Case(name, dict(arrays), entry.get("suggested_tolerances", {}))

    def shapes(self, keys: str) -> dict[str, tuple[int, ...]]:
        """Return the entries of a released file: name to shape."""
        entries = json.loads((self.folder / "keys" / f"{keys}.json").read_text())["entries"]
        return {name: tuple(entry["shape"]) for name, entry in entries.items()}

    def state(self, keys: str, stream: str | None = None) -> dict[str, Tensor]:
        """Return the stand-in weights of a released file; SPADE takes half a minute, so each is made once."""
        import torch

        stream = stream or keys
        if (keys, stream) not in self._states:
            arrays = self.recipe.build(keys, SEED, stream)
            self._states[keys, stream] = {name: torch.from_numpy(array) for name, array in arrays.items()}
        return self._states[keys, stream]

    def spectral_norms(self, keys: str) -> dict[str, float]:
        """Return the divisor of every spectral-normalised layer of a released file, by the layer's name."""
        path = self.folder / "golden" / "small-seed1" / "spectral_norms.json"
        sigmas: dict[str, float] = json.loads(path.read_text())["sigma"]
        return {name.removeprefix(f"{keys}/"): one for name, one in sigmas.items() if name.startswith(f"{keys}/")}
