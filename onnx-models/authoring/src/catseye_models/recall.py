"""How much of the obstacles of drives is found at a threshold, small ones apart from large ones."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.drive import WORKING_SIZE, DrawnFrame
from catseye_models.scenes.truth import truth_of
from catseye_models.scores import LEVELS

LARGE_PX: Final = 400
"""Visible pixels, of a frame 512 wide, from which on an obstacle counts as large."""

SIZES: Final = (f"below {LARGE_PX} px", f"from {LARGE_PX} px")
"""Classes of obstacles by visible area."""


@dataclass
class Levels:
    """Obstacles of one size class by score level; int64 [256] each.

    pixels: of single pixels.  obstacles: of whole ones, each at the level that half of its pixels reach.
    """

    pixels: NDArray[np.int64] = field(default_factory=lambda: np.zeros(LEVELS, np.int64))
    obstacles: NDArray[np.int64] = field(default_factory=lambda: np.zeros(LEVELS, np.int64))

    def pixel_recall(self, level: int) -> float | None:
        """Return the share of pixels at or above a level; None when there is none."""
        return _share(self.pixels, level)

    def obstacle_recall(self, level: int) -> float | None:
        """Return the share of obstacles of which at least half is at or above a level; None when there is none."""
        return _share(self.obstacles, level)


@dataclass
class Recall:
    """What is counted of the obstacles under one map, by the classes of `SIZES`."""

    sizes: dict[str, Levels] = field(default_factory=lambda: {size: Levels() for size in SIZES})

    def add(self, scores: NDArray[np.uint8], obstacles: list[tuple[str, NDArray[np.intp]]]) -> None:
        """Count one frame: scores (H, W) and what `obstacles_of` says of it."""
        flat = scores.ravel()
        for size, pixels in obstacles:
            levels = np.sort(flat[pixels])
            self.sizes[size].pixels += np.bincount(levels, minlength=LEVELS)
            self.sizes[size].obstacles[levels[len(levels) // 2]] += 1


def obstacles_of(frame: DrawnFrame) -> Iterator[tuple[str, NDArray[np.intp]]]:
    """Yield the size class of each obstacle in a frame and where in the flattened frame its pixels are."""
    anomalous, _ = truth_of(frame)
    least_px = LARGE_PX * (anomalous.shape[1] / WORKING_SIZE.width) ** 2
    for number in np.unique(frame.instances[anomalous]):
        pixels = np.flatnonzero(anomalous & (frame.instances == number))
        yield SIZES[len(pixels) >= least_px], pixels


def _share(counts: NDArray[np.int64], level: int) -> float | None:
    total = counts.sum()
    return float(counts[level:].sum() / total) if total else None
