"""Draws whole data sets: many drives, in parallel, into a folder."""

import hashlib
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from catseye_models.controls import Report, Sums
from catseye_models.scenes.drive import DrawnFrame, Drive
from catseye_models.scenes.labels import to_colours
from catseye_models.scenes.layouts import CityscapesTree, FrameName, LostAndFoundTree
from catseye_models.scenes.manifest import add_to_digest, write_manifest
from catseye_models.scenes.picture import RIM
from catseye_models.scenes.series import Series, obstacle_drive, training_drive

SCENE: Final = "90_Drawn"
"""Scene name of drawn drives: two digits as in Lost & Found, a number that it does not use."""

CITY: Final = "drawn"
"""City name of drawn training scenes."""

MANIFEST: Final = "manifest.json"
"""Beside a Lost & Found tree: generator, arguments, digest of each drive, controls."""

_SHEET_PICTURES: Final = 12

_UNSHARED: Final = get_context("spawn")
"""Worker processes that begin anew: a fork of one in which PyTorch has threads can wait for these for ever."""


class _Tree(Protocol):
    def write(self, frame: DrawnFrame, name: FrameName) -> None: ...


@dataclass(frozen=True)
class _Written:
    """One drive that was written: pictures of a few of its frames, its digest, and what the controls found."""

    thumbnails: list[NDArray[np.uint8]]
    digest: str
    sums: Sums


def draw_lost_and_found(series: Series, folder: Path, *, workers: int) -> Report:
    """Write the series' drives in Lost & Found layout, with times, contact sheet and manifest; return the controls."""
    tree = LostAndFoundTree(folder, series.split, series.pictures, instances=series.instances)
    written = _write_drives(obstacle_drive, tree, SCENE, series, workers=workers)
    write_sheet(_thumbnails(written), folder / "contact-sheet.jpg")
    drives_and_frames = ((drive, frame) for drive in range(series.drives) for frame in range(series.frames))
    tree.write_times((FrameName(SCENE, *pair), pair[1] * series.period_micros) for pair in drives_and_frames)
    report = Report.of([drive.sums for drive in written])
    digests = [drive.digest for drive in written]
    write_manifest(folder / MANIFEST, series, drives=digests, more={"measured": report.to_json()})
    return report


def draw_cityscapes(series: Series, folder: Path, *, workers: int) -> None:
    """Write the series' scenes in Cityscapes layout, with manifest and contact sheet."""
    tree = CityscapesTree(folder, series.split, series.pictures)
    written = _write_drives(training_drive, tree, CITY, series, workers=workers)
    digests = [drive.digest for drive in written]
    write_manifest(folder / f"manifest-{series.split}.json", series, drives=digests, more={})
    write_sheet(_thumbnails(written), sheet_of(folder, series.split))


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


def _thumbnails(written: list[_Written]) -> list[NDArray[np.uint8]]:
    return [thumbnail for drive in written for thumbnail in drive.thumbnails]


def _write_drives(
    drive_of: Callable[[Series, int], Drive], tree: _Tree, scene: str, series: Series, *, workers: int
) -> list[_Written]:
    """Write all drives in parallel, counted by a progress bar on a terminal; return them in order."""
    job = partial(_write_drive, drive_of, tree, scene, series)
    written = []
    with (
        ProcessPoolExecutor(workers, _UNSHARED, initializer=_leave_interrupts_to_the_parent) as pool,
        tqdm(total=series.drives, unit="drive", disable=not sys.stderr.isatty()) as bar,
    ):
        for drive in pool.map(job, range(series.drives)):
            written.append(drive)
            bar.update()
    return written


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _write_drive(
    drive_of: Callable[[Series, int], Drive], tree: _Tree, scene: str, series: Series, number: int
) -> _Written:
    """Write one drive; a few of its frames, evenly spaced, are kept as thumbnails."""
    shown = min(series.frames, max(1, _SHEET_PICTURES // series.drives))
    chosen = {int((place + 0.5) * series.frames / shown) for place in range(shown)}
    thumbnails, digest, sums = [], hashlib.sha256(), Sums()
    drive = drive_of(series, number)
    for frame in drive:
        tree.write(frame, FrameName(scene, number, frame.index))
        add_to_digest(digest, frame)
        if scene == SCENE:
            sums.add(frame)
        if frame.index in chosen:
            thumbnails.append(thumbnail(frame))
    return _Written(thumbnails, digest.hexdigest(), sums)
