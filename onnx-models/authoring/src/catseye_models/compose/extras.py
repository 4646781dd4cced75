"""Outputs that a graph offers beside the maps of its plans."""

from collections.abc import Callable
from dataclasses import dataclass

import onnx_ir as ir

from catseye_models.compose import maps
from catseye_models.compose.parts import Parts

FULL, WORKING = "segmentation", "synthesis"
"""The network whose size an output has."""


@dataclass(frozen=True, kw_only=True)
class Extra:
    """An output on request.

    Attributes:
        kind: what it shows.
        size: `FULL` or `WORKING`.
        value: builds it, [N, h, w] or, with 3 channels, [N, h, w, 3].
        dtype: `uint8` or `float32`.
        channels: 1 or 3.
    """

    kind: str
    size: str
    value: Callable[[Parts], ir.Value]
    dtype: str = "uint8"
    channels: int = 1


def _plane(part: Callable[[Parts], ir.Value]) -> Callable[[Parts], ir.Value]:
    """Return what builds [N, h, w] out of a part [N, 1, h, w]."""
    return lambda parts: parts.assembly.glue("outputs", lambda op, value: op.Squeeze(value, [1]), part(parts))


def _picture(parts: Parts) -> ir.Value:
    return parts.assembly.glue(
        "outputs", lambda op, value: op.Transpose(value, perm=[0, 2, 3, 1]), parts.redrawn.synthesis
    )


def _dissimilarity(parts: Parts) -> ir.Value:
    probability = _plane(lambda parts: parts.redrawn.dissimilarity)(parts)
    return parts.assembly.glue("outputs", maps.anomaly_byte, probability)


EXTRAS = {
    "class_map": Extra(kind="class_map", size=FULL, value=_plane(lambda parts: parts.statistics.train_id)),
    "semantic": Extra(kind="class_map", size=WORKING, value=_plane(lambda parts: parts.redrawn.semantic)),
    "synthesis": Extra(kind="synthesis", size=WORKING, value=_picture, channels=3),
    "entropy": Extra(kind="entropy", size=FULL, value=_plane(lambda parts: parts.redrawn.entropy)),
    "distance": Extra(kind="distance", size=FULL, value=_plane(lambda parts: parts.redrawn.distance)),
    "perceptual": Extra(kind="perceptual", size=WORKING, value=_plane(lambda parts: parts.redrawn.perceptual)),
    "dissimilarity": Extra(kind="dissimilarity", size=WORKING, value=_dissimilarity),
    "q": Extra(kind="q", size=WORKING, value=_plane(lambda parts: parts.redrawn.dissimilarity), dtype="float32"),
}
"""By name of the output. Entropy and distance are scaled frame by frame, as SynBoost does; `dissimilarity` is
trunc(255 q)."""
