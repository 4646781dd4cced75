"""Measures a fused graph on drawn drives with obstacles: counts, ranking of plans, thresholds."""

import itertools
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from catseye_models.bundle.provenance import OperatingPoint
from catseye_models.controls import Report, Sums
from catseye_models.planes import at_size
from catseye_models.published import ENSEMBLE
from catseye_models.recall import Recall, obstacles_of
from catseye_models.runtime import Session
from catseye_models.scenes.drive import DrawnFrame
from catseye_models.scenes.series import Series, obstacle_drive
from catseye_models.scenes.truth import truth_of
from catseye_models.scores import Quality, ScoreCounts, threshold_of

_FALSE_ALARM_RATE: Final = 0.01
_HIT_RATE: Final = 0.95
_ANOMALY: Final = ".anomaly"

Bytes: TypeAlias = NDArray[np.uint8]

Counts: TypeAlias = dict[tuple[str, str], ScoreCounts]
"""Counts by (plan or map, region)."""


@dataclass
class Measurement:
    """What was measured on the drives of one split.

    Attributes:
        split: of the drives.
        data: the drives in words.
        counts: of plans.
        maps: of the maps that plans mix, as bytes; none where no plan mixes.
        recall: of obstacles, by plan.
        controls: what simple rules find in the same frames.
    """

    split: str
    data: str
    counts: Counts = field(repr=False)
    maps: Counts = field(repr=False)
    recall: dict[str, Recall] = field(repr=False)
    controls: Report = field(repr=False)

    @property
    def frames(self) -> int:
        """Return how many there were."""
        return self.controls.frames

    def quality(self, plan: str, region: str) -> Quality:
        """Return the figures of one plan on one region."""
        return self.counts[plan, region].quality()


def measure_drives(graph: bytes, series: Series) -> Measurement:
    """Return how a fused graph scores every frame of drives with obstacles."""
    return measure(graph, drives_of(series), split=series.split, data=data_of(series))


def measure(graph: bytes, drives: Iterable[Iterable[DrawnFrame]], *, split: str, data: str) -> Measurement:
    """Return how a fused graph scores every frame of drives; ``data`` tells what these are."""
    session = Session(graph, name="fused graph")
    counts: dict[str, Counts] = {"plan": {}, "map": {}}
    recall: dict[str, Recall] = {}
    sums = []
    for drive in drives:
        sums.append(Sums())
        for frame in drive:
            sums[-1].add(frame)
            obstacles = list(obstacles_of(frame))
            for (kind, name), plane in answers_of(session, frame.rgb).items():
                scores = at_size(plane, frame.obstacles.shape)
                _count(counts[kind], name, scores, frame)
                if kind == "plan":
                    recall.setdefault(name, Recall()).add(scores, obstacles)
    return Measurement(split, data, counts["plan"], counts["map"], recall, Report.of(sums))


def answers_of(session: Session, rgb: Bytes) -> dict[tuple[str, str], Bytes]:
    """Return the bytes [h, w] that a fused graph gives for a frame [H, W, 3]: of each plan, and of each map they mix.

    By ("plan" or "map", name).
    """
    answers = session.run(frames=rgb[None])
    plans = {("plan", name.removesuffix(_ANOMALY)): name for name in session.outputs if name.endswith(_ANOMALY)}
    maps = {("map", name): name for name in ENSEMBLE if name in session.outputs}
    return {what: answers[output][0] for what, output in (plans | maps).items()}


def ranked(measurement: Measurement) -> list[str]:
    """Return the plans, best average precision on the road first."""
    plans = {plan for plan, _ in measurement.counts}
    return sorted(plans, key=lambda plan: -measurement.quality(plan, "road").average_precision)


def operating_points(measurement: Measurement, plan: str) -> tuple[OperatingPoint, OperatingPoint]:
    """Return the cut with few false alarms, which is the default, and the one that finds 95 % of obstacle pixels."""
    counts = measurement.counts[plan, "road"]
    levels = {
        f"road-fpr-{_FALSE_ALARM_RATE}": counts.level_of_false_alarm_rate(_FALSE_ALARM_RATE),
        "tpr95": counts.level_of_hit_rate(_HIT_RATE),
    }
    few, most = (
        OperatingPoint(
            name=name,
            threshold=round(threshold_of(level), 5),
            source=f"drawn drives of split {measurement.split}: finds {counts.hit_rate(level):.3f} of obstacle pixels, "
            f"alarms on {counts.false_alarm_rate(level):.5f} of free road pixels",
        )
        for name, level in levels.items()
    )
    return few, most


def data_of(series: Series) -> str:
    """Return the drives of a series in words of a bundle."""
    size = f"{series.size.width}x{series.size.height}"
    return f"drawn drives of split {series.split}, {series.drives * series.frames} frames of {size}"


def drives_of(series: Series) -> Iterator[Iterator[DrawnFrame]]:
    """Draw the drives of a series in order, each frame by frame; a progress bar shows on a terminal."""
    total = series.drives * series.frames
    with tqdm(total=total, unit="frame", disable=not sys.stderr.isatty()) as bar:
        for number in range(series.drives):
            yield _told(obstacle_drive(series, number), bar)


def frames_of(series: Series) -> Iterator[DrawnFrame]:
    """Draw the frames of a series in order."""
    return itertools.chain.from_iterable(drives_of(series))


def _told(frames: Iterable[DrawnFrame], bar: "tqdm[None]") -> Iterator[DrawnFrame]:
    for frame in frames:
        yield frame
        bar.update()


def _count(counts: Counts, name: str, scores: Bytes, frame: DrawnFrame) -> None:
    anomalous, normal_by_region = truth_of(frame)
    for region, normal in normal_by_region.items():
        counts.setdefault((name, region), ScoreCounts()).add(scores, anomalous=anomalous, normal=normal)
