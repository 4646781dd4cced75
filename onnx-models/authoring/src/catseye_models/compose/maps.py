"""Glue behind a segmentation network: from logits to scores per pixel.

Everything is computed plane by plane, one [N, 1, H, W] tensor per class, because planes fit the caches where a
19-channel tensor does not: entropy, class map and top-2 distance together take 45 ms where reductions over the
channel axis take 78 ms and their TopK another 100 ms (RATIONALE.md). No value depends on another pixel or another
frame, so batching changes nothing.
"""

import math
from dataclasses import dataclass
from functools import reduce

import numpy as np
import onnx_ir as ir
from onnxscript import OpBuilder

from catseye_models.spec import NetworkSpec

LOWEST_SHIFTED_LOGIT = -80.0
"""Shifted logits are held above this: exp(-80) is 2e-35, far below one float32 step of any sum that begins at 1, and a
logit of -inf (fp16 networks overflow) gives 0 instead of 0 * inf = NaN."""


@dataclass(frozen=True, kw_only=True)
class PixelStatistics:
    """What all plans are made of, each float32 [N, 1, H, W] unless said; x are the logits of the mapped channels.

    Attributes:
        top: largest x.
        second: second largest x (equal to `top` on a tie).
        sum_exp: sum of exp(x - top), 1 to the number of classes.
        sum_exp_times: sum of exp(x - top) * (x - top), 0 or below.
        train_id: uint8, trainId of the first channel that has `top`.
        classes: number of classes.
    """

    top: ir.Value
    second: ir.Value
    sum_exp: ir.Value
    sum_exp_times: ir.Value
    train_id: ir.Value
    classes: int


def class_planes(op: OpBuilder, logits: ir.Value, *, spec: NetworkSpec) -> list[ir.Value]:
    """Return the `resized_logits` of each channel that stands for a class, float32 [N, 1, H, W], in channel order."""
    count = len(spec.classes)
    planes = op.Split(logits, [1] * count, axis=1, _outputs=count)  # sizes, so that another channel count is an error
    return [planes[channel] for channel, _ in spec.channels]


def resized_logits(op: OpBuilder, logits: ir.Value, *, spec: NetworkSpec) -> ir.Value:
    """Return the logits at working size by `spec.logits_resize`.

    Source: torch.nn.functional.interpolate(mode="bilinear"), align_corners False or True.
    """
    if spec.logits_resize == "none":
        return logits
    corners = spec.logits_resize == "bilinear-align-corners"
    return op.Resize(
        logits,
        None,
        None,
        [spec.height, spec.width],
        axes=[2, 3],
        mode="linear",
        coordinate_transformation_mode="align_corners" if corners else "half_pixel",
    )


def pixel_statistics(op: OpBuilder, planes: list[ir.Value], *, spec: NetworkSpec) -> PixelStatistics:
    """Return the statistics of `planes` (see `class_planes`)."""
    train_ids = [ir.tensor(np.uint8(train_id), name=f"train_id_{train_id}") for _, train_id in spec.channels]
    top, second, best = planes[0], None, op.Expand(train_ids[0], op.Shape(planes[0]))
    for plane, train_id in zip(planes[1:], train_ids[1:], strict=True):
        lower = op.Min(top, plane)
        second = lower if second is None else op.Max(second, lower)
        best = op.Where(op.Greater(plane, top), train_id, best)
        top = op.Max(top, plane)
    if second is None:
        raise ValueError("a single class has no second best")

    shifted = [op.Max(op.Sub(plane, top), LOWEST_SHIFTED_LOGIT) for plane in planes]
    exps = [op.Exp(plane) for plane in shifted]
    products = [op.Mul(exp, plane) for exp, plane in zip(exps, shifted, strict=True)]
    return PixelStatistics(
        top=top,
        second=second,
        sum_exp=reduce(op.Add, exps),
        sum_exp_times=reduce(op.Add, products),
        train_id=best,
        classes=len(planes),
    )


def entropy(op: OpBuilder, pixels: PixelStatistics) -> ir.Value:
    """Return H / ln C of the softmax."""
    return op.Mul(entropy_nats(op, pixels), 1.0 / math.log(pixels.classes))


def entropy_nats(op: OpBuilder, pixels: PixelStatistics) -> ir.Value:
    """Return H by log-sum-exp: with s = x - top, H = ln sum(e^s) - sum(e^s s) / sum(e^s); 0 to ln C."""
    return op.Sub(op.Log(pixels.sum_exp), op.Div(pixels.sum_exp_times, pixels.sum_exp))


def distance(op: OpBuilder, pixels: PixelStatistics) -> ir.Value:
    """Return 1 - (p1 - p2) of the two largest probabilities; 1 where they tie."""
    return op.Sub(1.0, top_gap(op, pixels))


def top_gap(op: OpBuilder, pixels: PixelStatistics) -> ir.Value:
    """Return p1 - p2 of the two largest probabilities, 0 to 1."""
    gap = op.Sub(1.0, op.Exp(op.Sub(pixels.second, pixels.top)))  # (p1 - p2) / p1
    return op.Div(gap, pixels.sum_exp)


def msp(op: OpBuilder, pixels: PixelStatistics) -> ir.Value:
    """Return 1 - p1, p1 being the largest probability."""
    return op.Sub(1.0, op.Div(1.0, pixels.sum_exp))


def max_logit(op: OpBuilder, pixels: PixelStatistics, *, low: float, high: float) -> ir.Value:
    """Return (high - top) / (high - low): 0 where the largest logit reaches `high`, 1 where it sinks to `low`."""
    return op.Mul(op.Sub(high, pixels.top), 1.0 / (high - low))


def score(op: OpBuilder, raw: ir.Value) -> ir.Value:
    """Return float32 [N, H, W] in [0, 1]: `raw` [N, 1, H, W] clipped; NaN stays NaN."""
    return op.Squeeze(op.Min(op.Max(raw, 0.0), 1.0), [1])


def anomaly_byte(op: OpBuilder, scores: ir.Value) -> ir.Value:
    """Return uint8 [N, H, W] = trunc(255 * score); NaN becomes 255: what cannot be computed is not explained."""
    known = op.Where(op.IsNaN(scores), 1.0, scores)
    return op.Cast(op.Mul(known, 255.0), to=ir.DataType.UINT8)
