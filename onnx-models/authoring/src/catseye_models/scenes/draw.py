"""Draws whole data sets: many drives, in parallel, into a folder."""

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from catseye_models.scenes.drive import DrawnFrame, Drive, FrameSize
from catseye_models.scenes.labels import to_colours
from catseye_models.scenes.layouts import PNG, CityscapesTree, FrameName, LostAndFoundTree, PictureFormat
from catseye_models.scenes.obstacles import TEST_OBSTACLES, VALIDATION_OBSTACLES, ObstacleKind
from catseye_models.scenes.picture import RIM

CITYSCAPES_SPLITS: Final = ("train", "val", "test")

LOST_AND_FOUND_SPLITS: Final[dict[str, tuple[ObstacleKind, ...]]] = {
    "val": VALIDATION_OBSTACLES,
    "test": TEST_OBSTACLES,
}
"""Obstacle kinds of each split; training never sees an obstacle, so there is no train split."""

SCENE: Final = "90_Drawn"
"""Scene name of drawn drives: two digits as in Lost & Found, a number that it does not use."""

CITY: Final = "drawn"
"""City name of drawn training scenes."""

_UNKNOWNS: Final = (0, 6)
_TRAINING_PERIOD_MICROS: Final = 2_000_000
_SPLIT_STREAM: Final = {"train": 0, "val": 1, "test": 2}
_OBSTACLE_STREAM: Final = 10

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


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
    """Return drive ``number`` of a series with obstacles."""
    return Drive(
        (_SPLIT_STREAM[series.split] + _OBSTACLE_STREAM, series.seed, number),
        frames=series.frames,
        period_micros=series.period_micros,
        size=series.size,
        obstacles=LOST_AND_FOUND_SPLITS[series.split],
    )


def training_drive(series: Series, number: int) -> Drive:
    """Return drive ``number`` of a series of training scenes: unknown things, no obstacle."""
    return Drive(
        (_SPLIT_STREAM[series.split], series.seed, number),
        frames=series.frames,
        period_micros=_TRAINING_PERIOD_MICROS,
        size=series.size,
        unknowns=_UNKNOWNS,
    )


def draw_lost_and_found(series: Series, folder: Path, *, workers: int) -> None:
    """Write the series' drives in Lost & Found layout, with a side file of times and a contact sheet."""
    tree = LostAndFoundTree(folder, series.split, series.pictures, instances=series.instances)
    drawn = _in_parallel(partial(_write_obstacle_drive, tree, series), range(series.drives), workers=workers)
    drives = list(drawn)
    tree.write_times(time for times, _ in drives for time in times)
    write_sheet([thumbnail for _, thumbnail in drives], folder / "contact-sheet.png")


def draw_cityscapes(series: Series, folder: Path, *, workers: int) -> None:
    """Write the series' scenes in Cityscapes layout, with a contact sheet."""
    tree = CityscapesTree(folder, series.split, series.pictures)
    job = partial(_write_training_drive, tree, series)
    thumbnails = list(_in_parallel(job, range(series.drives), workers=workers))
    write_sheet(thumbnails, folder / f"contact-sheet-{series.split}.png")


def write_sheet(thumbnails: Iterable[NDArray[np.uint8]], path: Path, *, columns: int = 2, most: int = 24) -> None:
    """Write up to ``most`` pictures (h, w, 3) of equal size as one."""
    tiles = list(thumbnails)[:most]
    blank = np.zeros_like(tiles[0])
    tiles += [blank] * (-len(tiles) % columns)
    rows = [np.concatenate(tiles[i : i + columns], axis=1) for i in range(0, len(tiles), columns)]
    Image.fromarray(np.concatenate(rows)).save(path)


def thumbnail(frame: DrawnFrame, *, width: int = 384) -> NDArray[np.uint8]:
    """Return frame and labels side by side (h, 2 * width, 3); obstacles are white."""
    colours = to_colours(frame.train_ids)
    colours[(frame.obstacles > 0) & (frame.obstacles != RIM)] = 255
    height = round(width * frame.rgb.shape[0] / frame.rgb.shape[1])
    halves = (Image.fromarray(half).resize((width, height)) for half in (frame.rgb, colours))
    return np.concatenate([np.asarray(half) for half in halves], axis=1)


def _write_obstacle_drive(
    tree: LostAndFoundTree, series: Series, number: int
) -> tuple[list[tuple[FrameName, int]], NDArray[np.uint8]]:
    times, most_obstacle_px = [], -1
    for frame in obstacle_drive(series, number):
        name = FrameName(SCENE, number, frame.index)
        tree.write(frame, name)
        times.append((name, frame.capture_micros))
        obstacle_px = int(np.count_nonzero((frame.obstacles > 0) & (frame.obstacles != RIM)))
        if obstacle_px > most_obstacle_px:
            most_obstacle_px, best = obstacle_px, thumbnail(frame)
    return times, best


def _write_training_drive(tree: CityscapesTree, series: Series, number: int) -> NDArray[np.uint8]:
    for frame in training_drive(series, number):
        tree.write(frame, FrameName(CITY, number, frame.index))
    return thumbnail(frame)


def _in_parallel(job: Callable[[_Job], _Result], items: Iterable[_Job], *, workers: int) -> Iterator[_Result]:
    """Yield the results in order; a progress bar counts drives on a terminal."""
    todo = list(items)
    with (
        ProcessPoolExecutor(workers) as pool,
        tqdm(total=len(todo), unit="drive", disable=not sys.stderr.isatty()) as bar,
    ):
        for result in pool.map(job, todo):
            bar.update()
            yield result
