"""Which drives belong to a split: their seeds, and what is on the road."""

from dataclasses import dataclass
from typing import Final

from catseye_models.scenes.drive import Drive, FrameSize
from catseye_models.scenes.layouts import PNG, PictureFormat
from catseye_models.scenes.obstacles import catalogue

CITYSCAPES_SPLITS: Final = ("train", "val", "test")

LOST_AND_FOUND_SPLITS: Final = ("val", "test")
"""Splits with obstacles; training never sees one, so there is no train split."""

_UNKNOWNS: Final = (0, 6)
_TRAINING_PERIOD_MICROS: Final = 2_000_000
_SPLIT_STREAM: Final = {"train": 0, "val": 1, "test": 2}
_OBSTACLE_STREAM: Final = 10
_FREE_EVERY: Final = 5
"""One drive of so many shows no obstacle, the last of them first."""


@dataclass(frozen=True)
class Series:
    """How many drives of how many frames, from which seed, for which split, at which size."""

    drives: int
    frames: int
    seed: int
    split: str
    size: FrameSize
    pictures: PictureFormat = PNG
    period_micros: int = 100_000
    instances: bool = True


def obstacle_drive(series: Series, number: int) -> Drive:
    """Return drive ``number`` of a series with obstacles; every fifth has none."""
    free = number % _FREE_EVERY == _FREE_EVERY - 1
    return Drive(
        (_SPLIT_STREAM[series.split] + _OBSTACLE_STREAM, series.seed, number),
        frames=series.frames,
        period_micros=series.period_micros,
        size=series.size,
        obstacles=() if free else catalogue()[series.split],
        free_path=True,
    )


def training_drive(series: Series, number: int) -> Drive:
    """Return drive ``number`` of a series of training scenes: unknown things, no obstacle; every other road is free."""
    return Drive(
        (_SPLIT_STREAM[series.split], series.seed, number),
        frames=series.frames,
        period_micros=_TRAINING_PERIOD_MICROS,
        size=series.size,
        unknowns=_UNKNOWNS,
        free_path=number % 2 == 1,
    )
