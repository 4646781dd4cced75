"""Intersection over union of a segmentation."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from catseye_models.labels import CITYSCAPES

_CLASSES = len(CITYSCAPES.classes)


@dataclass
class Confusion:
    """Pixel counts (19, 19), rows by ground truth, columns by answer."""

    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros((_CLASSES, _CLASSES), np.int64))

    def add(self, *, truth: NDArray[np.uint8], answer: NDArray[np.uint8]) -> None:
        """Count pixels; those of void ground truth are left out."""
        known = truth < _CLASSES
        pairs = truth[known].astype(np.int64) * _CLASSES + answer[known]
        self.counts += np.bincount(pairs, minlength=_CLASSES**2).reshape(_CLASSES, _CLASSES)

    def iou(self) -> dict[str, float]:
        """Return the intersection over union, 0 to 1, of each class that occurs in the ground truth."""
        hits = np.diag(self.counts)
        union = self.counts.sum(0) + self.counts.sum(1) - hits
        present = self.counts.sum(1) > 0
        return {name: float(hits[i] / union[i]) for i, name in enumerate(CITYSCAPES.classes) if present[i]}

    def mean_iou(self) -> float:
        """Return the mean of ``iou``."""
        return float(np.mean(list(self.iou().values())))

    def accuracy(self) -> float:
        """Return the share of pixels answered rightly, 0 to 1."""
        return float(np.diag(self.counts).sum() / self.counts.sum())
