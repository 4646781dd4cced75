"""Measures a fused graph on drawn drives with obstacles: counts, ranking of plans, thresholds."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from tqdm import tqdm

from catseye_models.bundle.provenance import OperatingPoint
from catseye_models.runtime import Session
from catseye_models.scenes.drive import DrawnFrame
from catseye_models.scenes.series import Series, obstacle_drive
from catseye_models.scenes.truth import REGIONS, truth_of
from catseye_models.scores import Quality, ScoreCounts, threshold_of

_FALSE_ALARM_RATE: Final = 0.01
_HIT_RATE: Final = 0.95

Counts: TypeAlias = dict[tuple[str, str], ScoreCounts]
"""Counts by (plan, region)."""


@dataclass(frozen=True)
class Measurement:
    """What was measured on the drives of one split."""

    split: str
    frames: int
    counts: Counts = field(repr=False)

    def quality(self, plan: str, region: str) -> Quality:
        """Return the figures of one plan on one region."""
        return self.counts[plan, region].quality()


def measure_drives(graph: bytes, series: Series) -> Measurement:
    """Return how a fused graph scores every frame of drives with obstacles."""
    session = Session(graph, name="fused graph")
    plans = [name.removesuffix(".anomaly") for name in session.outputs if name.endswith(".anomaly")]
    counts: Counts = {(plan, region): ScoreCounts() for plan in plans for region in REGIONS}
    for frame in _frames(series):
        answers = session.run(frames=frame.rgb[None])
        anomalous, normal_by_region = truth_of(frame)
        for (plan, region), count in counts.items():
            count.add(answers[f"{plan}.anomaly"][0], anomalous=anomalous, normal=normal_by_region[region])
    return Measurement(series.split, series.drives * series.frames, counts)


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


def _frames(series: Series) -> Iterator[DrawnFrame]:
    total = series.drives * series.frames
    with tqdm(total=total, unit="frame", disable=not sys.stderr.isatty()) as bar:
        for number in range(series.drives):
            for frame in obstacle_drive(series, number):
                yield frame
                bar.update()
