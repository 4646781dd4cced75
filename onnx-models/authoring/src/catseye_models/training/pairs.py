"""Examples for the dissimilarity networks: a picture, what the pipeline makes of it, and what in it is anomalous.

Everything is computed by the graphs that are shipped, so that training sees the very bytes that the service will.
"""

import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from catseye_models.compose.networks import Networks
from catseye_models.compose.stages import Stage, before_judgement
from catseye_models.errors import AuthoringError
from catseye_models.runtime import Array, Session, chain
from catseye_models.scenes.drive import DrawnFrame, FrameSize
from catseye_models.scenes.labels import VOID
from catseye_models.scenes.series import Series, obstacle_drive, training_drive
from catseye_models.scenes.truth import truth_of as obstacles_of
from catseye_models.training.augment import augment
from catseye_models.training.looks import another_look
from catseye_models.training.marks import mark
from catseye_models.training.photographs import read_photographs
from catseye_models.training.unknowns import ANOMALOUS, HEIGHTS, IGNORED, NORMAL, exchange, paste, truth_of

PICTURE, SYNTHESIS, SEMANTIC, PRIOR, TRUTH = slice(0, 3), slice(3, 6), 6, slice(7, 10), 10
"""Channels of an example: RGB, RGB, train ids, (entropy, perceptual, distance), truth."""

CHANNELS: Final = 11

_UNTOUCHED: Final = 0.2
"""Share of frames onto which nothing is pasted."""

_STREAM: Final = 20
_PHOTOGRAPH_STREAM: Final = 22

PHOTOGRAPH_EVERY: Final = 5
"""One of so many frames of a video is used: neighbours hardly differ."""

_UNSHARED: Final = get_context("spawn")
"""Worker processes that begin anew: a fork of one in which a runtime has threads can wait for these for ever."""


_CHANGED: Final = 21
"""Stream of the looks of validation examples."""


@dataclass(frozen=True)
class ExampleRecipe:
    """What is done to a drawn picture before it becomes an example.

    Attributes:
        most_pasted: things on the road.
        heights: of these, see `paste`.
        most_marks: flat marks on the road, which are normal.
        changed: share of pictures that are given another look.
    """

    most_pasted: int = 6
    heights: tuple[float, float] = HEIGHTS
    most_marks: int = 0
    changed: float = 0.0


@dataclass(frozen=True)
class Examples:
    """Examples in files of one drive each, uint8 [n, H, W, CHANNELS], read as they are asked for."""

    drives: tuple[NDArray[np.uint8], ...]

    def __len__(self) -> int:
        """Return how many examples there are."""
        return sum(len(drive) for drive in self.drives)

    def __getitem__(self, number: int) -> NDArray[np.uint8]:
        """Return one example, uint8 [H, W, CHANNELS]."""
        for drive in self.drives:
            if number < len(drive):
                return drive[number]
            number -= len(drive)
        raise IndexError(number)

    def __add__(self, others: "Examples") -> "Examples":
        """Return these and others."""
        return Examples(self.drives + others.drives)


def load(folder: Path) -> Examples:
    """Return the examples that ``make`` or ``make_validation`` wrote."""
    paths = sorted(folder.glob("*.npy"))
    if not paths:
        raise AuthoringError(f"{folder}: no examples")
    return Examples(tuple(np.load(path, mmap_mode="r") for path in paths))


def make(
    networks: Networks,
    series: Series,
    folder: Path,
    *,
    workers: int,
    recipe: ExampleRecipe | None = None,
    video: Path | None = None,
) -> Examples:
    """Write two examples per frame of training drives: as it is answered, and with classes exchanged.

    ``video``: whose light and colours changed pictures may take over.
    """
    examples = partial(_training_examples, recipe=recipe or ExampleRecipe(), video=video)
    return _make(examples, networks, series, folder, workers=workers)


def make_of_photographs(
    networks: Networks, video: Path, folder: Path, *, recipe: ExampleRecipe, series: Series, workers: int
) -> Examples:
    """Write examples of real frames, as many drives of as many frames as ``series`` has, in cuts and looks of chance.

    What stands in the video is taken for normal, its road for what the networks answer; things are pasted onto that.
    """
    examples = partial(_photograph_examples, recipe=recipe, video=video)
    return _make(examples, networks, series, folder, workers=workers)


def make_validation(
    networks: Networks, series: Series, folder: Path, *, every: int, workers: int, changed: bool = False
) -> Examples:
    """Write every so many-th frame of drives with obstacles; all but road and obstacles is ignored.

    ``changed``: each also in another look.
    """
    examples = partial(_validation_examples, every=every, changed=changed)
    return _make(examples, networks, series, folder, workers=workers)


class _Writer:
    """Writes the examples of one drive; made once per process, for the sessions it holds."""

    def __init__(self, stages: list[Stage]) -> None:
        self._sessions = {
            stage.info.name: Session(stage.data, name=f"stage {stage.info.name}", threads=1) for stage in stages
        }

    def answered(self, rgb: NDArray[np.uint8]) -> dict[str, Array]:
        """Return what the segmentation stage makes of a frame."""
        return self._sessions["segmentation"].run(frames=rgb[None])

    def example(self, answered: dict[str, Array], truth: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the example, uint8 [H, W, CHANNELS]; its classes are those of ``answered``."""
        made = chain([self._sessions["synthesis"], self._sessions["perceptual"]], answered)
        example = np.empty((*truth.shape, CHANNELS), np.uint8)
        example[..., PICTURE] = made["picture"][0]
        example[..., SYNTHESIS] = made["synthesis"][0]
        example[..., SEMANTIC] = made["semantic"][0]
        example[..., PRIOR] = np.stack([made[name][0] for name in ("entropy", "perceptual", "distance")], axis=-1)
        example[..., TRUTH] = truth
        return example


_ExamplesOf: TypeAlias = Callable[[_Writer, Series, int], Iterator[NDArray[np.uint8]]]
"""Makes the examples of one drive of a series."""

_writer: _Writer | None = None
"""Of this worker process."""


def _make(examples: _ExamplesOf, networks: Networks, series: Series, folder: Path, *, workers: int) -> Examples:
    folder.mkdir(parents=True, exist_ok=True)
    missing = [number for number in range(series.drives) if not _path(folder, number).exists()]
    stages = before_judgement(networks)
    with (
        ProcessPoolExecutor(workers, _UNSHARED, initializer=_open, initargs=(stages,)) as pool,
        tqdm(
            total=series.drives,
            initial=series.drives - len(missing),
            unit="drive",
            disable=not sys.stderr.isatty(),
        ) as bar,
    ):
        for _ in pool.map(partial(_write, examples, series, folder), missing):
            bar.update()
    return load(folder)


def _open(stages: list[Stage]) -> None:
    global _writer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted; it ends the pool
    _writer = _Writer(stages)


def _write(examples: _ExamplesOf, series: Series, folder: Path, number: int) -> None:
    assert _writer is not None, "the pool opens it first"
    path = _path(folder, number)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        np.save(file, np.stack(list(examples(_writer, series, number))))
    unfinished.replace(path)


def _path(folder: Path, number: int) -> Path:
    return folder / f"{number:06d}.npy"


def _training_examples(
    writer: _Writer, series: Series, number: int, *, recipe: ExampleRecipe, video: Path | None
) -> Iterator[NDArray[np.uint8]]:
    photographs = None if video is None else _photographs(video, series.size)
    for frame in training_drive(series, number):
        rng = np.random.default_rng((_STREAM, series.seed, number, frame.index))
        drawn = truth_of(frame.train_ids, frame.instances)
        rgb, truth = _with_unknowns(frame.rgb, frame.train_ids, drawn, recipe=recipe, rng=rng)
        if recipe.changed and rng.random() < recipe.changed:  # nothing is drawn from `rng` for a change that is none
            rgb = another_look(rgb, frame.train_ids, rng=rng, photographs=photographs)
        answered = writer.answered(rgb)
        yield writer.example(answered, truth)
        semantic, exchanged = exchange(frame.train_ids, answered["semantic"][0], frame.instances, truth, rng=rng)
        yield writer.example({**answered, "semantic": semantic[None]}, exchanged)


def _photograph_examples(
    writer: _Writer, series: Series, number: int, *, recipe: ExampleRecipe, video: Path
) -> Iterator[NDArray[np.uint8]]:
    photographs = _photographs(video, series.size)
    for index in range(series.frames):
        rng = np.random.default_rng((_PHOTOGRAPH_STREAM, series.seed, number, index))
        unlabelled = np.full(photographs.shape[1:3], VOID, np.uint8)
        rgb, _ = augment(photographs[rng.integers(len(photographs))], unlabelled, rng=rng)
        found = writer.answered(rgb)["semantic"][0]
        rgb, truth = _with_unknowns(rgb, found, np.full_like(found, NORMAL), recipe=recipe, rng=rng)
        if rng.random() < recipe.changed:
            rgb = another_look(rgb, found, rng=rng)
        yield writer.example(writer.answered(rgb), truth)


def _with_unknowns(
    rgb: NDArray[np.uint8],
    train_ids: NDArray[np.uint8],
    truth: NDArray[np.uint8],
    *,
    recipe: ExampleRecipe,
    rng: np.random.Generator,
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return copies of a picture and its truth with marks and things on the road."""
    count = 0 if rng.random() < _UNTOUCHED else int(rng.integers(1, recipe.most_pasted + 1))
    if recipe.most_marks:
        rgb = rgb.copy()
        mark(rgb, train_ids, count=int(rng.integers(recipe.most_marks + 1)), rng=rng)
    return paste(rgb, train_ids, truth, count=count, rng=rng, heights=recipe.heights)


@lru_cache(maxsize=1)
def _photographs(video: Path, size: FrameSize) -> NDArray[np.uint8]:
    return read_photographs(video, every=PHOTOGRAPH_EVERY, size=size)


def _validation_examples(
    writer: _Writer, series: Series, number: int, *, every: int, changed: bool
) -> Iterator[NDArray[np.uint8]]:
    drive = obstacle_drive(series, number)
    for index in range(0, drive.frames, every):
        frame = drive.frame(index)
        truth = _road_truth(frame)
        yield writer.example(writer.answered(frame.rgb), truth)
        if changed:
            rng = np.random.default_rng((_CHANGED, series.seed, number, index))
            yield writer.example(writer.answered(another_look(frame.rgb, frame.train_ids, rng=rng)), truth)


def _road_truth(frame: DrawnFrame) -> NDArray[np.uint8]:
    anomalous, normal = obstacles_of(frame)
    return np.select([anomalous, normal["road"]], [ANOMALOUS, NORMAL], IGNORED).astype(np.uint8)
