"""Scores of a bundle on real frames, by Fishyscapes' rule: full size, all valid pixels of a data set pooled.

Source: hermannsblum/bdl-benchmark, bdlb/fishyscapes: scores are brought to the size of the mask, labels never.
Deviates: scores are counted on 65,536 levels instead of sorted, which moved AP by some 1e-6 and FPR95 by 1e-5 on 34
frames of Lost & Found.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from catseye_models.bundle.subject import Subject
from catseye_models.errors import ModelError
from catseye_models.measuring import answers_of
from catseye_models.real.frames import RealFrame, RealSet
from catseye_models.runtime import Session
from catseye_models.scores import Figures, ScoreCounts

REGION: Final = "all valid pixels"

PUBLISHED: Final[tuple[Figures, ...]] = tuple(
    {
        "data": data,
        "region": REGION,
        "published": "SynBoost Light",
        "average_precision": average_precision,
        "fpr95": fpr95,
        "source": "Di Biase et al. 2021, Table 2, as manideep1108/synboost shows it (second hand)",
    }
    for data, average_precision, fpr95 in (
        ("Fishyscapes Lost & Found validation, 100 frames", 0.36, 0.464),
        ("Fishyscapes Static validation, 30 frames", 0.334, 0.361),
    )
)
"""The complete validation sets, of which our frames are a part; of Light on Road Anomaly no figure is known to us."""

_LEVELS: Final = 65_536
_LOWEST, _HIGHEST = -0.3, 1.3
"""Beyond what bicubic enlargement makes of scores in 0 to 1: it overshoots by 0.28 at most."""


def evaluate(subjects: Iterable[Subject], sets: Iterable[RealSet], *, told: Callable[[], object]) -> Iterator[Figures]:
    """Yield, by data set and bundle, the figures of each plan and each map; ``told`` is called after each frame."""
    sessions = [(f"{one.name} {one.digest[:12]}", Session(one.graph, name=one.name)) for one in subjects]
    for real_set in sets:
        for title, session in sessions:
            counts: dict[tuple[str, str], ScoreCounts] = {}
            for frame in real_set.frames:
                _add(counts, session, frame, anomaly=real_set.anomaly)
                told()
            for (kind, name), counted in counts.items():
                head = {"data": str(real_set), "region": REGION, "bundle": title, kind: name}
                yield {**head, **counted.quality().figures()}


def levels_of(scores: NDArray[np.float32], shape: tuple[int, int]) -> NDArray[np.uint16]:
    """Return levels [H, W] of scores [h, w], 0 to 1, enlarged by Pillow's bicubic rule on floats, overshoot kept."""
    height, width = shape
    if scores.shape != shape:
        scores = np.asarray(Image.fromarray(scores).resize((width, height), Image.Resampling.BICUBIC))
    return ((scores - _LOWEST) * ((_LEVELS - 1) / (_HIGHEST - _LOWEST))).astype(np.uint16)


def _add(counts: dict[tuple[str, str], ScoreCounts], session: Session, frame: RealFrame, *, anomaly: int) -> None:
    rgb, labels = frame.rgb(), frame.labels()
    if rgb.shape[:2] != labels.shape:
        raise ModelError(f"{frame.mask}: {labels.shape[::-1]} pixels, its picture has {rgb.shape[1::-1]}")
    height, width = labels.shape
    for subject, plane in answers_of(session, rgb).items():
        levels = levels_of(plane.astype(np.float32) / np.float32(255), (height, width))
        counted = counts.setdefault(subject, ScoreCounts.of_levels(_LEVELS))
        counted.add(levels, anomalous=labels == anomaly, normal=labels == 0)
