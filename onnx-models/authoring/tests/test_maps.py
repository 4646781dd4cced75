"""Each glue function alone against NumPy and Pillow."""

from collections.abc import Callable
from typing import Any

import numpy as np
import onnx_ir as ir
import pytest
from onnxscript import GraphBuilder, OpBuilder
from PIL import Image

from catseye_models.compose import maps, pixels
from catseye_models.runtime import Session
from tests import reference, toy

SPEC = toy.SPEC
CHANNELS = [channel for channel, _ in SPEC.channels]
TRAIN_IDS = [train_id for _, train_id in SPEC.channels]

Build = Callable[[OpBuilder, ir.Value], dict[str, ir.Value]]


def run(build: Build, value: reference.Array, *, dtype: ir.DataType) -> dict[str, reference.Array]:
    """Run the glue that `build` makes on one input of rank 4; outputs by name."""
    entry = ir.val("x", dtype=dtype, shape=[None, None, None, None])
    graph = ir.Graph([entry], [], nodes=[], opset_imports={"": 18}, name="glue")
    builder = GraphBuilder(graph)
    for name, output in build(builder.op, entry).items():
        builder.add_output(output, name)
    model = ir.to_proto(ir.Model(graph, ir_version=10))
    return Session(model.SerializeToString(), name="glue").run(x=value)


def all_maps(op: OpBuilder, logits: ir.Value) -> dict[str, ir.Value]:
    """Return every score, anomaly and class map of `SPEC`."""
    pixels_ = maps.pixel_statistics(op, maps.class_planes(op, logits, spec=SPEC), spec=SPEC)
    raw = {
        "entropy": maps.entropy(op, pixels_),
        "distance": maps.distance(op, pixels_),
        "msp": maps.msp(op, pixels_),
        "max-logit": maps.max_logit(op, pixels_, low=-1.0, high=6.0),
    }
    scores = {name: maps.score(op, value) for name, value in raw.items()}
    anomalies = {f"{name}.anomaly": maps.anomaly_byte(op, value) for name, value in scores.items()}
    return {**scores, **anomalies, "class_map": op.Squeeze(pixels_.train_id, [1])}


def logits(spread: float, *, seed: int = 1) -> reference.Array:
    """Return float32 logits [2, 5, 16, 24] with this standard deviation."""
    shape = (2, toy.CHANNELS, 16, 24)
    return (np.random.default_rng(seed).standard_normal(shape) * spread).astype(np.float32)


@pytest.mark.parametrize("spread", [0.01, 1.0, 8.0, 60.0])
@pytest.mark.parametrize("plan", ["entropy", "distance", "msp", "max-logit"])
def test_score_equals_numpy(plan: str, spread: float) -> None:
    x = logits(spread)
    actual = run(all_maps, x, dtype=ir.DataType.FLOAT)
    for sample in range(len(x)):
        expected = reference.scores(x[sample], channels=CHANNELS, low=-1.0, high=6.0)[plan]
        np.testing.assert_allclose(actual[plan][sample], expected, atol=2e-6)


@pytest.mark.parametrize("plan", ["entropy", "distance", "msp", "max-logit"])
def test_anomaly_is_the_score_times_255_cut_off(plan: str) -> None:
    actual = run(all_maps, logits(3.0), dtype=ir.DataType.FLOAT)
    expected = np.trunc(actual[plan] * np.float32(255)).astype(np.uint8)
    np.testing.assert_array_equal(actual[f"{plan}.anomaly"], expected)


def test_class_map_names_the_first_largest_mapped_channel() -> None:
    x = np.round(logits(2.0))  # rounding makes ties
    x[:, 2] = 99  # the void channel would always win
    actual = run(all_maps, x, dtype=ir.DataType.FLOAT)["class_map"]
    for sample in range(len(x)):
        expected = reference.class_map(x[sample], channels=CHANNELS, train_ids=TRAIN_IDS)
        np.testing.assert_array_equal(actual[sample], expected)


def test_void_channel_changes_nothing() -> None:
    x = logits(3.0)
    before = run(all_maps, x, dtype=ir.DataType.FLOAT)
    x[:, 2] += 50
    after = run(all_maps, x, dtype=ir.DataType.FLOAT)
    for name, value in before.items():
        np.testing.assert_array_equal(value, after[name])


def test_equal_logits_are_wholly_unexplained() -> None:
    actual = run(all_maps, np.zeros((1, toy.CHANNELS, 4, 4), np.float32), dtype=ir.DataType.FLOAT)
    assert (actual["entropy.anomaly"] >= 254).all()
    assert (actual["distance.anomaly"] == 255).all()
    assert (actual["msp.anomaly"] == int(255 * 0.75)).all()


def test_minus_infinity_counts_as_probability_zero() -> None:
    x = logits(1.0)
    x[:, 0] = -np.inf
    actual = run(all_maps, x, dtype=ir.DataType.FLOAT)
    x[:, 0] = -1e4
    expected = reference.scores(x[0], channels=CHANNELS, low=-1.0, high=6.0)
    for plan in ("entropy", "distance", "msp", "max-logit"):
        np.testing.assert_allclose(actual[plan][0], expected[plan], atol=2e-6)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_cannot_be_computed_is_255_in_every_anomaly_and_nan_in_the_score(bad: float) -> None:
    x = logits(1.0)
    x[0, 1, 5, 7] = bad
    actual = run(all_maps, x, dtype=ir.DataType.FLOAT)
    for plan in ("entropy", "distance", "msp"):
        assert actual[f"{plan}.anomaly"][0, 5, 7] == 255
        assert np.isnan(actual[plan][0, 5, 7])
        assert np.isfinite(actual[plan]).sum() == actual[plan].size - 1
    if np.isnan(bad):
        assert actual["max-logit.anomaly"][0, 5, 7] == 255


RESIZE_CASES = [(1280, 720), (2048, 1024), (1920, 1080), (640, 480), (333, 517), (65, 1), (1, 1), (64, 32)]


@pytest.mark.parametrize("rule", ["pillow-bicubic", "pillow-bilinear"])
@pytest.mark.parametrize("size", RESIZE_CASES)
def test_resize_equals_pillow(rule: str, size: tuple[int, int]) -> None:
    frame = toy.frames(1, size[1], size[0])
    target = (256, 128)
    actual = run(
        lambda op, x: {"y": pixels.resize_like_pillow(op, x, rule=rule, width=target[0], height=target[1])},
        frame.transpose(0, 3, 1, 2),
        dtype=ir.DataType.UINT8,
    )["y"][0].transpose(1, 2, 0)
    method = Image.Resampling.BICUBIC if rule == "pillow-bicubic" else Image.Resampling.BILINEAR
    expected = np.asarray(Image.fromarray(frame[0]).resize(target, method))
    difference = np.abs(actual.astype(int) - expected.astype(int))
    assert difference.max() <= 1
    assert (difference == 0).mean() >= 0.997


@pytest.mark.parametrize(("rule", "corners"), [("bilinear", False), ("bilinear-align-corners", True)])
def test_logits_resize_equals_the_written_out_rule(rule: str, corners: bool) -> None:
    x = logits(1.0)
    spec = toy.spec(logits_resize=rule, width=61, height=37)
    actual = run(lambda op, v: {"y": maps.resized_logits(op, v, spec=spec)}, x, dtype=ir.DataType.FLOAT)["y"]
    rows, columns = (_matrix(x.shape[axis], out, corners) for axis, out in ((2, 37), (3, 61)))
    expected = np.einsum("ah,nchw,bw->ncab", rows, x.astype(np.float64), columns)
    np.testing.assert_allclose(actual, expected, atol=2e-5)


def _matrix(size: int, out: int, corners: bool) -> Any:
    """Return [out, size]: the weights of linear interpolation."""
    places = np.arange(out)
    source = places * (size - 1) / (out - 1) if corners else np.clip((places + 0.5) * size / out - 0.5, 0, size - 1)
    low = np.minimum(source.astype(int), size - 2)
    weights = np.zeros((out, size))
    weights[places, low] = 1 - (source - low)
    weights[places, low + 1] = source - low
    return weights


@pytest.mark.parametrize("order", ["RGB", "BGR"])
def test_prepare_equals_pillow_and_numpy(order: str) -> None:
    spec = toy.spec(order=order, scale=1.0, mean=(72.0, 82.0, 73.0), std=(45.0, 46.0, 44.0), output_scale=1 / 255)
    frame = toy.frames(1, 64, 128)[0]

    def build(op: OpBuilder, x: ir.Value) -> dict[str, ir.Value]:
        return {"y": pixels.prepare(op, pixels.picture(op, x, feed=spec), feed=spec)}

    actual = run(build, frame[None], dtype=ir.DataType.UINT8)["y"]
    expected = reference.prepared(
        frame, size=(64, 32), order=order, scale=1.0, mean=spec.mean, std=spec.std, output_scale=1 / 255
    )
    np.testing.assert_allclose(actual, expected, atol=1e-6)
