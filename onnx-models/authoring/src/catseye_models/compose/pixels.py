"""Glue in front of a network: resize, colour order, normalisation."""

from collections.abc import Sequence

import numpy as np
import onnx_ir as ir
from onnxscript import OpBuilder

from catseye_models.feed import Feed

RESIZE_MODES: dict[str, dict[str, object]] = {
    "pillow-bicubic": {"mode": "cubic", "cubic_coeff_a": -0.5},
    "pillow-bilinear": {"mode": "linear"},
}


def picture(op: OpBuilder, frames: ir.Value, *, feed: Feed) -> ir.Value:
    """Return the frames at the size of a network, uint8 [N, 3, height, width], RGB.

    Args:
        op: builder of the graph.
        frames: uint8 NHWC, RGB, of any height and width.
        feed: of the network.
    """
    return resize_like_pillow(op, to_planes(op, frames), rule=feed.resize, width=feed.width, height=feed.height)


def to_planes(op: OpBuilder, pictures: ir.Value) -> ir.Value:
    """Return NCHW of NHWC pictures with three channels.

    No Transpose: before some networks the runtime moves it behind the Resize, whose `axes` it then forgets.
    """
    colours = op.Split(pictures, [1, 1, 1], axis=3, _outputs=3)
    return op.Concat(*[op.Unsqueeze(op.Squeeze(one, [3]), [1]) for one in colours], axis=1)


def prepare(op: OpBuilder, resized: ir.Value, *, feed: Feed) -> ir.Value:
    """Return a network's input, float32 NCHW in `feed.order`, normalised as `feed` says, of its `picture`."""
    if feed.order == "BGR":
        resized = op.Gather(resized, [2, 1, 0], axis=1)
    planes = op.Cast(resized, to=ir.DataType.FLOAT)
    return normalise(op, planes, scale=feed.scale, mean=feed.mean, std=feed.std, output_scale=feed.output_scale)


def resize_like_pillow(op: OpBuilder, planes: ir.Value, *, rule: str, width: int, height: int) -> ir.Value:
    """Return uint8 NCHW planes at width x height, as Pillow's `Image.resize` gives them.

    Two passes, horizontal first, each rounded to uint8: Pillow keeps its intermediate picture in 8 bits. On uint8 ONNX
    Runtime computes in the same fixed point as Pillow, and copies when a side already fits, so that frames of the
    working size cost nothing and no `If` is needed.

    Source: python-pillow/Pillow, src/libImaging/Resample.c (`ImagingResampleInner`); measured shares of equal bytes
    stand in RATIONALE.md.
    """
    attributes: dict[str, object] = {
        "antialias": 1,
        "coordinate_transformation_mode": "half_pixel",
        "exclude_outside": 1,
        **RESIZE_MODES[rule],
    }
    wide = op.Resize(planes, None, None, [width], axes=[3], **attributes)
    return op.Resize(wide, None, None, [height], axes=[2], **attributes)


def normalise(
    op: OpBuilder,
    planes: ir.Value,
    *,
    scale: float,
    mean: Sequence[float],
    std: Sequence[float],
    output_scale: float = 1.0,
) -> ir.Value:
    """Return `(v * scale - mean) / std * output_scale` per channel as one product and one sum.

    The two constants are computed in float64 and rounded once, so the result differs from the written-out rule by
    float32 rounding only.
    """
    deviation = np.asarray(std, dtype=np.float64)
    factor = scale * output_scale / deviation
    offset = -np.asarray(mean, dtype=np.float64) * output_scale / deviation
    scaled = op.Mul(planes, _per_channel(factor, name="factor"))
    return op.Add(scaled, _per_channel(offset, name="offset"))


def _per_channel(values: np.ndarray, *, name: str) -> ir.TensorProtocol:
    return ir.tensor(values.astype(np.float32).reshape(1, 3, 1, 1), name=name)
