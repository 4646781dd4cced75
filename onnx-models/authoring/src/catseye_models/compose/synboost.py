"""Glue of SynBoost: what stands between its networks, and behind them.

Every statistic is one per frame of the batch, so batching changes nothing. Bytes are cut off, never rounded, and every
other value is computed as the original's formulas stand, so that each step can be held against it.

Source: Di Biase et al., "Pixel-wise Anomaly Detection in Complex Driving Scenes", CVPR 2021; giandbt/synboost, commit
eaa4d3a (the online estimator, with the light networks).
Deviates: on a frame whose map is constant the original may divide 0 by 0; here that quotient is 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import onnx_ir as ir
from onnxscript import OpBuilder

from catseye_models.compose.pixels import normalise
from catseye_models.labels import CITYSCAPES_LABEL_IDS
from catseye_models.published import GENERATOR_LABELS, IMAGENET_MEAN, IMAGENET_STD, LEVEL_WEIGHTS

Size = tuple[int, int]
"""Height, width."""

_TO_THE_END = np.iinfo(np.int64).max


@dataclass(frozen=True, kw_only=True)
class Extremes:
    """Least and largest value of each frame, float32 [N, 1, 1, 1]."""

    low: ir.Value
    high: ir.Value


def sample_centres(op: OpBuilder, planes: ir.Value, *, source: Size, target: Size) -> ir.Value:
    """Return [N, C, *target] out of [N, C, *source]: the pixel under the centre of each target pixel.

    Index floor((i + 0.5) * source / target), which is 4 i + 2 from 2048 to 512. Source: Pillow's NEAREST; torch takes
    4 i, ONNX's Resize by default 4 i + 1.
    """
    for axis, (old, new) in enumerate(zip(source, target, strict=True), start=2):
        if old != new:
            planes = op.Gather(planes, centres(old, new), axis=axis)
    return planes


def centres(old: int, new: int) -> list[int]:
    """Return `new` indices: the pixel of `old` ones that lies under the centre of each of `new` ones.

    The step is added up in double precision, as Pillow does: where a centre falls between two pixels, the rounding of
    that sum decides.
    """
    steps = np.full(new, old / new)
    steps[0] /= 2
    return [int(place) for place in np.cumsum(steps)]


def extremes(op: OpBuilder, plane: ir.Value) -> Extremes:
    """Return the extremes of float32 [N, 1, H, W]."""
    return Extremes(
        low=op.ReduceMin(plane, [1, 2, 3], keepdims=1),
        high=op.ReduceMax(plane, [1, 2, 3], keepdims=1),
    )


def scaled_entropy(op: OpBuilder, entropy: ir.Value, frame: Extremes) -> ir.Value:
    """Return E = (H - min) / max of the frame, 0 to 1: divided by the largest value, not by the range."""
    return _quotient(op, op.Sub(entropy, frame.low), frame.high)


def scaled_distance(op: OpBuilder, gap: ir.Value, frame: Extremes) -> ir.Value:
    """Return D = 1 - (r - min) / max of the frame, 0 to 1, r = p1 - p2: divided by the largest value, too."""
    return op.Sub(1.0, _quotient(op, op.Sub(gap, frame.low), frame.high))


def scaled_difference(op: OpBuilder, difference: ir.Value) -> ir.Value:
    """Return (V - min) / (max - min) of the frame, 0 to 1."""
    frame = extremes(op, difference)
    return _quotient(op, op.Sub(difference, frame.low), op.Sub(frame.high, frame.low))


def as_bytes(op: OpBuilder, values: ir.Value) -> ir.Value:
    """Return uint8 = trunc(255 v) of float32 v in 0 to 1."""
    return op.Cast(op.Mul(values, 255.0), to=ir.DataType.UINT8)


def label_ids(op: OpBuilder, train_id: ir.Value) -> ir.Value:
    """Return Cityscapes label ids, uint8 [N, 1, h, w], of trainIds of the same shape."""
    table = ir.tensor(np.asarray(CITYSCAPES_LABEL_IDS, dtype=np.uint8), name="label_ids")
    return op.Gather(table, op.Cast(train_id, to=ir.DataType.INT32))


def one_hot(op: OpBuilder, ids: ir.Value, *, classes: int) -> ir.Value:
    """Return float32 [N, classes, h, w] of ids [N, 1, h, w], uint8; an id beyond the classes (void) is all zeros."""
    channels = np.arange(classes, dtype=np.int32).reshape(1, classes, 1, 1)
    same = op.Equal(op.Cast(ids, to=ir.DataType.INT32), ir.tensor(channels, name=f"classes_{classes}"))
    return op.Cast(same, to=ir.DataType.FLOAT)


def edges(op: OpBuilder, ids: ir.Value) -> ir.Value:
    """Return float32 [N, 1, h, w], 1 where one of the four neighbours has another id, otherwise 0.

    Both sides of a border are marked; the picture's own border is none.
    """
    whole = op.Cast(ids, to=ir.DataType.INT32)
    marked = []
    for axis in (2, 3):
        before = op.Slice(whole, [0], [-1], [axis])
        after = op.Slice(whole, [1], [_TO_THE_END], [axis])
        differs = op.Cast(op.Not(op.Equal(before, after)), to=ir.DataType.FLOAT)
        first, last = [0, 0], [0, 0]
        first[axis - 2] = last[axis - 2] = 1
        marked += [op.Pad(differs, [0, 0, *first, 0, 0, 0, 0]), op.Pad(differs, [0, 0, 0, 0, 0, 0, *last])]
    return op.Max(*marked)


def generator_input(op: OpBuilder, labels: ir.Value) -> ir.Value:
    """Return float32 [N, 36, h, w]: one channel per label id, then edges; from label ids, uint8 [N, 1, h, w]."""
    return op.Concat(one_hot(op, labels, classes=GENERATOR_LABELS), edges(op, labels), axis=1)


def picture_bytes(op: OpBuilder, picture: ir.Value) -> ir.Value:
    """Return uint8 = trunc(255 (g + 1) / 2) of float32 g in -1 to 1."""
    return op.Cast(op.Mul(op.Div(op.Add(picture, 1.0), 2.0), 255.0), to=ir.DataType.UINT8)


def imagenet(op: OpBuilder, picture: ir.Value) -> ir.Value:
    """Return float32 [N, 3, h, w], (v / 255 - mean) / deviation, of a uint8 RGB picture of the same shape."""
    planes = op.Cast(picture, to=ir.DataType.FLOAT)
    return normalise(op, planes, scale=1 / 255, mean=IMAGENET_MEAN, std=IMAGENET_STD)


def perceptual_sum(op: OpBuilder, maps: Sequence[ir.Value], *, size: Size) -> ir.Value:
    """Return the perceptual difference V, float32 [N, 1, *size]: the weighted sum of five maps, fine to coarse.

    Each coarser map is enlarged bicubically (a = -0.75) first; that can overshoot. Source: as torch resizes.
    The only map of a network that has no levels to show is V as it stands.
    """
    if len(maps) == 1:
        return maps[0]
    total = op.Mul(maps[0], LEVEL_WEIGHTS[0])
    for level, weight in zip(maps[1:], LEVEL_WEIGHTS[1:], strict=True):
        enlarged = op.Resize(
            level,
            None,
            None,
            list(size),
            axes=[2, 3],
            mode="cubic",
            cubic_coeff_a=-0.75,
            coordinate_transformation_mode="half_pixel",
        )
        total = op.Add(total, op.Mul(enlarged, weight))
    return total


def prior(op: OpBuilder, entropy: ir.Value, perceptual: ir.Value, distance: ir.Value) -> ir.Value:
    """Return float32 [N, 3, h, w], 0 to 1 in steps of 1/255: uint8 maps [N, 1, h, w] in the order of the arguments."""
    return unit(op, op.Concat(entropy, perceptual, distance, axis=1))


def unit(op: OpBuilder, values: ir.Value) -> ir.Value:
    """Return float32 v / 255 of uint8 v."""
    return op.Div(op.Cast(values, to=ir.DataType.FLOAT), 255.0)


def anomaly_probability(op: OpBuilder, logits: ir.Value) -> ir.Value:
    """Return q, float32 [N, 1, h, w]: the second channel of the softmax over two, [N, 2, h, w]."""
    normal, anomalous = op.Split(logits, [1, 1], axis=1, _outputs=2)
    return op.Sigmoid(op.Sub(anomalous, normal))


def ensemble(op: OpBuilder, maps: Mapping[str, ir.Value], weights: Mapping[str, float]) -> ir.Value:
    """Return the mean of the maps by their weights, float32 [N, 1, h, w] in 0 to 1; a map of weight 0 is left out.

    Args:
        op: builder of the graph.
        maps: by name, of the same shape and range.
        weights: by the same names, at least 0 and not all 0.
    """
    whole = sum(weights.values())
    parts = [op.Mul(maps[name], weight / whole) for name, weight in weights.items() if weight]
    total = parts[0]
    for part in parts[1:]:
        total = op.Add(total, part)
    return total


def doubt(op: OpBuilder, planes: Sequence[ir.Value]) -> ir.Value:
    """Return float32 [N, 1, 1, 1]: 0 for a frame whose planes, float32 [N, C, H, W], are finite, NaN for any other.

    Added to a score, it keeps a broken network from hiding behind bytes: those of NaN are whatever the machine makes
    of them.
    """
    means = [op.ReduceMean(plane, [1, 2, 3], keepdims=1) for plane in planes]
    return op.Mul(op.Sum(*means), 0.0)


def _quotient(op: OpBuilder, above: ir.Value, below: ir.Value) -> ir.Value:
    """Return above / below, and `above` itself, which is 0 then, where `below` is 0."""
    return op.Div(above, op.Where(op.Greater(below, 0.0), below, 1.0))
