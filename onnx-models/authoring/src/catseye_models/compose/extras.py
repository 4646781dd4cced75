"""Tensors beside the maps of plans: outputs that a graph offers, and what its stages show and hand on."""

from collections.abc import Callable
from dataclasses import dataclass

import onnx_ir as ir

from catseye_models.bundle.outputs import GraphOutput
from catseye_models.compose import maps
from catseye_models.compose.networks import Networks
from catseye_models.compose.parts import Parts

FULL, WORKING = "segmentation", "synthesis"
"""The network whose size a tensor has."""


@dataclass(frozen=True, kw_only=True)
class Extra:
    """A tensor on request.

    Attributes:
        kind: what it shows.
        size: `FULL` or `WORKING`.
        value: builds it in its layout.
        dtype: `uint8` or `float32`.
        layout: `NHW`, `NHWC` with three channels, or `NCHW` with the channels of the segmentation network.
    """

    kind: str
    size: str
    value: Callable[[Parts], ir.Value]
    dtype: str = "uint8"
    layout: str = "NHW"


def output_of(name: str, networks: Networks) -> GraphOutput:
    """Return what a bundle says of an extra."""
    extra = EXTRAS[name]
    height, width = networks.size(extra.size)
    many = len(networks.segmentation.spec.classes) if networks.segmentation else 0
    return GraphOutput(
        name=name,
        dtype=extra.dtype,
        kind=extra.kind,
        plan=None,
        width=width,
        height=height,
        layout=extra.layout,
        channels={"NHW": 1, "NHWC": 3, "NCHW": many}[extra.layout],
    )


def _plane(part: Callable[[Parts], ir.Value]) -> Callable[[Parts], ir.Value]:
    """Return what builds [N, h, w] out of a part [N, 1, h, w]."""
    return lambda parts: parts.assembly.glue("outputs", lambda op, value: op.Squeeze(value, [1]), part(parts))


def _picture(part: Callable[[Parts], ir.Value]) -> Callable[[Parts], ir.Value]:
    """Return what builds [N, h, w, 3] out of a part [N, 3, h, w]."""
    return lambda parts: parts.assembly.glue(
        "outputs", lambda op, value: op.Transpose(value, perm=[0, 2, 3, 1]), part(parts)
    )


def _dissimilarity(parts: Parts) -> ir.Value:
    probability = _plane(lambda parts: parts.redrawn.dissimilarity)(parts)
    return parts.assembly.glue("outputs", maps.anomaly_byte, probability)


def _edges(parts: Parts) -> ir.Value:
    return parts.assembly.glue("outputs", lambda op, value: op.Cast(value, to=ir.DataType.UINT8), parts.redrawn.edges)


EXTRAS = {
    "logits": Extra(kind="logits", size=FULL, value=lambda parts: parts.logits, dtype="float32", layout="NCHW"),
    "class_map": Extra(kind="class_map", size=FULL, value=_plane(lambda parts: parts.statistics.train_id)),
    "semantic": Extra(kind="class_map", size=WORKING, value=_plane(lambda parts: parts.redrawn.semantic)),
    "picture": Extra(kind="picture", size=WORKING, value=_picture(lambda parts: parts.redrawn.picture), layout="NHWC"),
    "labels": Extra(kind="labels", size=WORKING, value=_plane(lambda parts: parts.redrawn.labels)),
    "edges": Extra(kind="edges", size=WORKING, value=_plane(_edges)),
    "synthesis": Extra(
        kind="synthesis", size=WORKING, value=_picture(lambda parts: parts.redrawn.synthesis), layout="NHWC"
    ),
    "entropy": Extra(kind="entropy", size=FULL, value=_plane(lambda parts: parts.redrawn.entropy)),
    "distance": Extra(kind="distance", size=FULL, value=_plane(lambda parts: parts.redrawn.distance)),
    "difference": Extra(
        kind="difference", size=WORKING, value=_plane(lambda parts: parts.redrawn.difference), dtype="float32"
    ),
    "perceptual": Extra(kind="perceptual", size=WORKING, value=_plane(lambda parts: parts.redrawn.perceptual)),
    "dissimilarity": Extra(kind="dissimilarity", size=WORKING, value=_dissimilarity),
    "q": Extra(kind="q", size=WORKING, value=_plane(lambda parts: parts.redrawn.dissimilarity), dtype="float32"),
}
"""By name. Entropy and distance are scaled frame by frame, as SynBoost does; `dissimilarity` is trunc(255 q)."""
