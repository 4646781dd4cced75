"""Draws whole data sets: many drives, in parallel, into a folder."""

import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

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

_SHEET_PICTURES: Final = 12


class _Tree(Protocol):
    def write(self, frame: DrawnFrame, name: FrameName) -> None: ...


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
    write_sheet(_write_drives(obstacle_drive, tree, SCENE, series, workers=workers), folder / "contact-sheet.jpg")
    drives_and_frames = ((drive, frame) for drive in range(series.drives) for frame in range(series.frames))
    tree.write_times((FrameName(SCENE, *pair), pair[1] * series.period_micros) for pair in drives_and_frames)


def draw_cityscapes(series: Series, folder: Path, *, workers: int) -> None:
    """Write the series' scenes in Cityscapes layout, with a contact sheet."""
    tree = CityscapesTree(folder, series.split, series.pictures)
    write_sheet(_write_drives(training_drive, tree, CITY, series, workers=workers), sheet_of(folder, series.split))


def sheet_of(folder: Path, split: str) -> Path:
    """Return where ``draw_cityscapes`` puts the contact sheet of a split, the last file that it writes."""
    return folder / f"contact-sheet-{split}.jpg"


def write_sheet(thumbnails: Sequence[NDArray[np.uint8]], path: Path) -> None:
    """Write the first pictures (h, w, 3), all of one size, as one JPEG of two columns."""
    shown = list(thumbnails[:_SHEET_PICTURES])
    if len(shown) % 2:
        shown.append(np.zeros_like(shown[0]))
    rows = [np.concatenate(pair, axis=1) for pair in zip(shown[::2], shown[1::2], strict=True)]
    Image.fromarray(np.concatenate(rows)).save(path, quality=75)


def thumbnail(frame: DrawnFrame, *, width: int = 320) -> NDArray[np.uint8]:
    """Return frame and labels side by side (h, 2 * width, 3); obstacles are white."""
    colours = to_colours(frame.train_ids)
    colours[(frame.obstacles > 0) & (frame.obstacles != RIM)] = 255
    height = round(width * frame.rgb.shape[0] / frame.rgb.shape[1])
    halves = (Image.fromarray(half).resize((width, height)) for half in (frame.rgb, colours))
    return np.concatenate([np.asarray(half) for half in halves], axis=1)


def _write_drives(
    drive_of: Callable[[Series, int], Drive], tree: _Tree, scene: str, series: Series, *, workers: int
) -> list[NDArray[np.uint8]]:
    """Write all drives in parallel, counted by a progress bar on a terminal; return thumbnails in order."""
    job = partial(_write_drive, drive_of, tree, scene, series)
    thumbnails = []
    with (
        ProcessPoolExecutor(workers, initializer=_leave_interrupts_to_the_parent) as pool,
        tqdm(total=series.drives, unit="drive", disable=not sys.stderr.isatty()) as bar,
    ):
        for of_drive in pool.map(job, range(series.drives)):
            thumbnails += of_drive
            bar.update()
    return thumbnails


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _write_drive(
    drive_of: Callable[[Series, int], Drive], tree: _Tree, scene: str, series: Series, number: int
) -> list[NDArray[np.uint8]]:
    """Write one drive; return thumbnails of a few of its frames, evenly spaced."""
    shown = min(series.frames, max(1, _SHEET_PICTURES // series.drives))
    chosen = {int((place + 0.5) * series.frames / shown) for place in range(shown)}
    thumbnails = []
    for frame in drive_of(series, number):
        tree.write(frame, FrameName(scene, number, frame.index))
        if frame.index in chosen:
            thumbnails.append(thumbnail(frame))
    return thumbnails
