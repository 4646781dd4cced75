"""SynBoost's glue, each function alone, against the parity kit: what the original computes."""

import numpy as np
import onnx_ir as ir
import pytest
from onnxscript import OpBuilder

from catseye_models.compose import maps, pixels, synboost
from catseye_models.labels import CITYSCAPES
from catseye_models.spec import NetworkSpec
from tests.glue import Array, run
from tests.parity_kit import ParityKit

pytestmark = pytest.mark.parity

CLASSES = len(CITYSCAPES.classes)


def spec(*, height: int, width: int) -> NetworkSpec:
    """Return ICNet's feed at another size."""
    return NetworkSpec(
        input="image",
        order="BGR",
        width=width,
        height=height,
        resize="pillow-bicubic",
        scale=1.0,
        mean=(103.939, 116.779, 123.68),
        std=(1.0, 1.0, 1.0),
        logits="logits",
        classes=tuple(range(CLASSES)),
    )


def size(name: str) -> tuple[int, int]:
    """Return (height, width) from `16x32`."""
    height, width = map(int, name.split("x"))
    return height, width


def planes(picture: Array) -> Array:
    """[H, W] or [H, W, C] to [1, C, H, W]."""
    return np.ascontiguousarray(picture.reshape(*picture.shape[:2], -1).transpose(2, 0, 1))[None]


def statistics(op: OpBuilder, logits: ir.Value, size: tuple[int, int]) -> maps.PixelStatistics:
    feed = spec(height=size[0], width=size[1])
    return maps.pixel_statistics(op, maps.class_planes(op, logits, spec=feed), spec=feed)


@pytest.mark.parametrize("suffix", ["", "_2"])
def test_uncertainty_from_logits(kit: ParityKit, suffix: str) -> None:
    case = kit.small("uncertainty_32x64")
    logits = case[f"in_logits{suffix}"][None]

    def entropy(op: OpBuilder, x: ir.Value) -> ir.Value:
        return maps.entropy_nats(op, statistics(op, x, (32, 64)))

    def gap(op: OpBuilder, x: ir.Value) -> ir.Value:
        return maps.top_gap(op, statistics(op, x, (32, 64)))

    def scaled_entropy(op: OpBuilder, x: ir.Value) -> ir.Value:
        plane = entropy(op, x)
        return synboost.scaled_entropy(op, plane, synboost.extremes(op, plane))

    def scaled_distance(op: OpBuilder, x: ir.Value) -> ir.Value:
        plane = gap(op, x)
        return synboost.scaled_distance(op, plane, synboost.extremes(op, plane))

    case.check(f"class_map{suffix}", run(lambda op, x: statistics(op, x, (32, 64)).train_id, logits)[0, 0])
    case.check(f"H{suffix}", run(entropy, logits)[0, 0])
    case.check(f"r{suffix}", run(gap, logits)[0, 0])
    case.check(f"E{suffix}", run(scaled_entropy, logits)[0, 0])
    case.check(f"D{suffix}", run(scaled_distance, logits)[0, 0])
    case.check(f"E8{suffix}", run(lambda op, x: synboost.as_bytes(op, scaled_entropy(op, x)), logits)[0, 0])
    case.check(f"D8{suffix}", run(lambda op, x: synboost.as_bytes(op, scaled_distance(op, x)), logits)[0, 0])


def test_labels(kit: ParityKit) -> None:
    case = kit.small("labels_64x128")

    def sampled(op: OpBuilder, x: ir.Value) -> ir.Value:
        return synboost.sample_centres(op, x, source=(64, 128), target=(16, 32))

    ids, void = planes(case["in_train_ids"]), planes(case["in_train_ids_void"])
    case.check("label_ids", run(synboost.label_ids, ids)[0, 0])
    labels = run(lambda op, x: sampled(op, synboost.label_ids(op, x)), ids)
    case.check("label_ids_16x32", labels[0, 0])
    case.check("generator_input_36x16x32", run(synboost.generator_input, labels)[0])
    hot = run(lambda op, x: synboost.one_hot(op, sampled(op, x), classes=CLASSES), void)
    case.check("onehot19_16x32", hot[0])


@pytest.mark.parametrize("name", ["16x32_from_64x128", "16x32_from_45x80", "64x128_from_45x80", "16x32_from_60x81"])
def test_nearest(kit: ParityKit, name: str) -> None:
    case = kit.small("resize_image_library")
    target, source = name.split("_from_")
    picture = planes(case[f"in_gray_{source}"])
    actual = run(lambda op, x: synboost.sample_centres(op, x, source=size(source), target=size(target)), picture)
    case.check(f"nearest_{name}", actual[0, 0])


def test_bicubic_of_bytes(kit: ParityKit) -> None:
    case = kit.small("resize_image_library")
    names = [name for name in case.arrays if name.startswith("out_bicubic") and "float" not in name]
    assert len(names) == 7
    for name in names:
        height, width = size(name.split("_")[2])
        picture = planes(case[f"in_{name.split('_from_')[1]}"])
        actual = run(
            lambda op, x, w=width, h=height: pixels.resize_like_pillow(op, x, rule="pillow-bicubic", width=w, height=h),
            picture,
        )
        case.check(name.removeprefix("out_"), actual[0].transpose(1, 2, 0).squeeze())


@pytest.mark.parametrize("level", range(5))
def test_enlarged_maps(kit: ParityKit, level: int) -> None:
    case = kit.small("resize_tensor")
    height, width = 4 << level, 8 << level
    levels = [np.zeros((3, 1, max(height >> one, 1), max(width >> one, 1)), dtype=np.float32) for one in range(5)]
    levels[level] = case["in_t_4x8"][:, None]
    actual = run(lambda op, *x: synboost.perceptual_sum(op, x, size=(height, width)), *levels)[:, 0]
    weight = np.float32((1 / 32, 1 / 16, 1 / 8, 1 / 4, 1)[level])  # a power of two: divides without rounding
    case.check(f"bicubic_x{1 << level}_t_4x8", actual / weight)


def test_normalisations_and_bytes(kit: ParityKit) -> None:
    case = kit.small("quantise_normalise")
    case.check("imagenet_normalised", run(synboost.imagenet, planes(case["in_rgb"]))[0])
    feed = spec(height=16, width=32)
    case.check("icnet_input_bgr", run(lambda op, x: pixels.prepare(op, x, feed=feed), planes(case["in_rgb"]))[0])
    synthesis = run(synboost.picture_bytes, case["in_tanh"][None])[0]
    case.check("synthesis_rgb", synthesis.transpose(1, 2, 0))
    case.check("P8", difference_bytes(case["in_V"]))
    every = np.arange(256, dtype=np.uint8).reshape(1, 1, 1, 256)
    case.check("byte_over_255", run(synboost.unit, every)[0, 0, 0])


def difference_bytes(plane: Array) -> Array:
    return run(lambda op, x: synboost.as_bytes(op, synboost.scaled_difference(op, x)), planes(plane))[0, 0]


def test_perceptual_difference_from_maps(kit: ParityKit) -> None:
    case = kit.small("vgg19_difference_64x128")
    levels = [case[f"out_map{level}"][None, None] for level in range(1, 6)]
    difference = run(lambda op, *x: synboost.perceptual_sum(op, x, size=(64, 128)), *levels)[0, 0]
    case.check("V", difference)
    case.check("P8", difference_bytes(difference))


@pytest.mark.parametrize("name", ["full", "light", "no_prior"])
def test_anomaly_from_logits(kit: ParityKit, name: str) -> None:
    case = kit.small(f"dissimilarity_64x128_{name}")
    logits = case["out_logits"][None]
    case.check("q", run(synboost.anomaly_probability, logits)[0, 0])
    if "out_A" in case.arrays:
        case.check("A", run(published_ensemble, logits, planes(case["in_E8"]))[0, 0])


def published_ensemble(op: OpBuilder, logits: ir.Value, entropy: ir.Value) -> ir.Value:
    found = {"dissimilarity": synboost.anomaly_probability(op, logits), "entropy": synboost.unit(op, entropy)}
    return synboost.ensemble(op, found, {"dissimilarity": 0.75, "entropy": 0.25})
