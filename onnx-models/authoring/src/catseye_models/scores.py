"""How well anomaly scores tell obstacles from the rest: AP, AUROC and FPR95, pooled over all pixels.

Scores are bytes, as on the topic `masks`, so counts of 256 levels are exact; scores that are no bytes are counted on
more levels (`ScoreCounts.of_levels`).

Source: hermannsblum/bdl-benchmark, bdlb/fishyscapes (calculate_metrics_perpixAP): sums over distinct thresholds,
descending; FPR at the first threshold with a true positive rate of 0.95 or more.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from catseye_models.errors import AuthoringError

LEVELS: Final = 256

Figures: TypeAlias = Mapping[str, object]
"""What was measured of one thing on one set of data, as it stands in a manifest."""


@dataclass(frozen=True)
class Quality:
    """Average precision, area under the ROC curve, false positive rate at 95 % true positives; each 0 to 1.

    ``anomaly_share`` is the share of anomalous pixels: the average precision of scores that say nothing.
    """

    average_precision: float
    auroc: float
    fpr95: float
    anomaly_share: float

    def figures(self) -> dict[str, float]:
        """Return the figures by name, rounded, as they stand in a manifest."""
        return {name: round(value, 5) for name, value in dataclasses.asdict(self).items()}


@dataclass
class ScoreCounts:
    """Pixels per score level, of anomalies and of the rest; counts of parts add up."""

    anomalous: NDArray[np.int64] = field(default_factory=lambda: np.zeros(LEVELS, np.int64))
    normal: NDArray[np.int64] = field(default_factory=lambda: np.zeros(LEVELS, np.int64))

    @staticmethod
    def of_levels(levels: int) -> "ScoreCounts":
        """Return counts of nothing for scores of 0 to ``levels`` - 1."""
        return ScoreCounts(np.zeros(levels, np.int64), np.zeros(levels, np.int64))

    def add(
        self, scores: NDArray[np.uint8 | np.uint16], *, anomalous: NDArray[np.bool_], normal: NDArray[np.bool_]
    ) -> None:
        """Count the pixels of one frame; all planes (H, W), pixels of neither mask are left out."""
        self.anomalous += np.bincount(scores[anomalous], minlength=len(self.anomalous))
        self.normal += np.bincount(scores[normal], minlength=len(self.normal))

    def __add__(self, other: "ScoreCounts") -> "ScoreCounts":
        """Return the counts of both."""
        return ScoreCounts(self.anomalous + other.anomalous, self.normal + other.normal)

    def quality(self) -> Quality:
        """Return the figures; raise `AuthoringError` when there is nothing to tell apart."""
        hits, false_alarms = self._rates()
        used = (self.anomalous + self.normal)[::-1] > 0  # a level without pixels is no threshold
        true_positives = hits[used] * self.anomalous.sum()
        positives = true_positives + false_alarms[used] * self.normal.sum()
        steps = np.diff(hits[used], prepend=0.0)
        return Quality(
            average_precision=float((steps * true_positives / positives).sum()),
            auroc=float(np.trapezoid(np.append(0.0, hits), np.append(0.0, false_alarms))),
            fpr95=float(false_alarms[np.searchsorted(hits, 0.95)]),
            anomaly_share=float(self.anomalous.sum() / (self.anomalous.sum() + self.normal.sum())),
        )

    def level_of_hit_rate(self, rate: float) -> int:
        """Return the highest level at which at least ``rate`` of the anomalous pixels are at or above it."""
        hits, _ = self._rates()
        return len(hits) - 1 - int(np.searchsorted(hits, rate))

    def level_of_false_alarm_rate(self, rate: float) -> int:
        """Return the lowest level with at most ``rate`` of the normal pixels at or above it; the last if none."""
        _, false_alarms = self._rates()
        within = int(np.searchsorted(false_alarms, rate, side="right"))
        return min(len(false_alarms) - within, len(false_alarms) - 1)

    def hit_rate(self, level: int) -> float:
        """Return the share of anomalous pixels at or above a level."""
        return float(self.anomalous[level:].sum() / self.anomalous.sum())

    def false_alarm_rate(self, level: int) -> float:
        """Return the share of normal pixels at or above a level."""
        return float(self.normal[level:].sum() / self.normal.sum())

    def _rates(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return true and false positive rates (levels,) of the thresholds from the last level down to 0."""
        totals = self.anomalous.sum(), self.normal.sum()
        if not all(totals):
            raise AuthoringError(f"{totals[0]} anomalous and {totals[1]} normal pixels: nothing to tell apart")
        return self.anomalous[::-1].cumsum() / totals[0], self.normal[::-1].cumsum() / totals[1]


def threshold_of(level: int) -> float:
    """Return the threshold, 0 to 1, that cuts scores at byte ``level``.

    A pixel is above the threshold t when its byte is at least ceil(255 t); half a level of distance keeps rounding out.
    """
    return max(0.0, (level - 0.5) / (LEVELS - 1))
