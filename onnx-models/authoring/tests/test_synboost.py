"""SynBoost's glue, each function alone, against NumPy and Pillow."""

import numpy as np
import onnx_ir as ir
import pytest
from onnxscript import OpBuilder
from PIL import Image

from catseye_models.compose import synboost
from tests.glue import Array, run


def floats(*shape: int, seed: int = 0) -> Array:
    return np.random.default_rng(seed).random(shape, dtype=np.float32)


def ids(*shape: int, top: int, seed: int = 0) -> Array:
    return np.random.default_rng(seed).integers(top, size=shape, dtype=np.uint8)


@pytest.mark.parametrize("source", [(64, 128), (45, 80), (61, 83), (16, 32), (9, 200)])
@pytest.mark.parametrize("target", [(16, 32), (48, 96), (31, 57)])
def test_centres_are_those_of_pillow(source: tuple[int, int], target: tuple[int, int]) -> None:
    planes = ids(2, 3, *source, top=256)
    actual = run(lambda op, x: synboost.sample_centres(op, x, source=source, target=target), planes)
    for picture, sampled in zip(planes, actual, strict=True):
        image = Image.fromarray(np.ascontiguousarray(picture.transpose(1, 2, 0)))
        expected = np.asarray(image.resize(target[::-1], Image.Resampling.NEAREST)).transpose(2, 0, 1)
        np.testing.assert_array_equal(sampled, expected)


def test_quarter_size_takes_every_fourth_pixel_from_the_third() -> None:
    plane = ids(1, 1, 64, 128, top=256)
    actual = run(lambda op, x: synboost.sample_centres(op, x, source=(64, 128), target=(16, 32)), plane)
    np.testing.assert_array_equal(actual, plane[..., 2::4, 2::4])


def frame_by_frame(*values: float) -> Array:
    """Return float32 [N, 1, 1, 1]."""
    return np.asarray(values, dtype=np.float32).reshape(-1, 1, 1, 1)


def row(*values: float) -> Array:
    """Return float32 [1, 1, 1, W]."""
    return np.asarray(values, dtype=np.float32).reshape(1, 1, 1, -1)


def scaled_entropy(op: OpBuilder, x: ir.Value) -> ir.Value:
    return synboost.scaled_entropy(op, x, synboost.extremes(op, x))


def scaled_distance(op: OpBuilder, x: ir.Value) -> ir.Value:
    return synboost.scaled_distance(op, x, synboost.extremes(op, x))


def test_entropy_and_distance_are_divided_by_the_largest_value_of_their_own_frame() -> None:
    values = floats(2, 1, 8, 8) * frame_by_frame(0.5, 2) + np.float32(0.25)
    low, high = values.min(axis=(1, 2, 3), keepdims=True), values.max(axis=(1, 2, 3), keepdims=True)
    np.testing.assert_allclose(run(scaled_entropy, values), (values - low) / high, atol=1e-7)
    np.testing.assert_allclose(run(scaled_distance, values), 1 - (values - low) / high, atol=1e-7)


def test_difference_is_divided_by_the_range_of_its_own_frame() -> None:
    values = floats(2, 1, 8, 8) * frame_by_frame(3, 0.1) - np.float32(0.2)
    low, high = values.min(axis=(1, 2, 3), keepdims=True), values.max(axis=(1, 2, 3), keepdims=True)
    np.testing.assert_allclose(run(synboost.scaled_difference, values), (values - low) / (high - low), atol=1e-6)


@pytest.mark.parametrize("value", [0.0, 0.7])
def test_constant_frame_has_no_relative_entropy_or_difference(value: float) -> None:
    constant = np.full((1, 1, 8, 8), value, dtype=np.float32)
    np.testing.assert_array_equal(run(scaled_entropy, constant), 0)
    np.testing.assert_array_equal(run(synboost.scaled_difference, constant), 0)
    np.testing.assert_array_equal(run(scaled_distance, constant), 1)


def test_bytes_are_cut_off() -> None:
    values = row(0, 0.5 / 255, 1.99 / 255, 1)
    np.testing.assert_array_equal(run(synboost.as_bytes, values)[0, 0, 0], [0, 0, 1, 255])


def test_picture_bytes_are_cut_off_from_minus_one_to_one() -> None:
    values = row(-1, -0.999, 0, 0.999, 1)
    np.testing.assert_array_equal(run(synboost.picture_bytes, values)[0, 0, 0], [0, 0, 127, 254, 255])


def test_train_ids_become_label_ids() -> None:
    every = np.arange(19, dtype=np.uint8).reshape(1, 1, 1, 19)
    expected = [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33]
    np.testing.assert_array_equal(run(synboost.label_ids, every)[0, 0, 0], expected)


def test_one_hot_has_one_channel_per_id_and_none_for_void() -> None:
    plane = ids(2, 1, 6, 7, top=19)
    plane[0, 0, 2:4] = 255
    actual = run(lambda op, x: synboost.one_hot(op, x, classes=19), plane)
    np.testing.assert_array_equal(actual, plane == np.arange(19)[:, None, None])
    np.testing.assert_array_equal(actual[0, :, 2:4].sum(axis=0), 0)


def test_edges_mark_both_sides_of_a_border_and_not_the_rim() -> None:
    plane = np.zeros((1, 1, 5, 6), dtype=np.uint8)
    plane[0, 0, 1, 2] = 9
    expected = np.zeros((5, 6))
    expected[1, 1:4] = 1
    expected[0, 2] = expected[2, 2] = 1
    np.testing.assert_array_equal(run(synboost.edges, plane)[0, 0], expected)


def test_edges_equal_a_plain_comparison_with_the_four_neighbours() -> None:
    plane = ids(2, 1, 20, 30, top=3)
    padded = np.pad(plane, ((0, 0), (0, 0), (1, 1), (1, 1)), mode="edge")
    inner, left, right = slice(1, -1), slice(None, -2), slice(2, None)
    places = [(inner, left), (inner, right), (left, inner), (right, inner)]
    expected = np.any([plane != padded[..., rows, columns] for rows, columns in places], axis=0)
    np.testing.assert_array_equal(run(synboost.edges, plane), expected)


def test_generator_input_is_35_labels_and_edges() -> None:
    plane = ids(2, 1, 8, 8, top=35)
    actual = run(synboost.generator_input, plane)
    assert actual.shape == (2, 36, 8, 8)
    np.testing.assert_array_equal(actual[:, :35].argmax(axis=1), plane[:, 0])
    np.testing.assert_array_equal(actual[:, 35:], run(synboost.edges, plane))


def test_imagenet_normalisation_is_the_written_out_rule() -> None:
    picture = ids(2, 3, 4, 5, top=256)
    mean, deviation = (np.asarray(one).reshape(3, 1, 1) for one in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
    np.testing.assert_allclose(run(synboost.imagenet, picture), (picture / 255 - mean) / deviation, atol=1e-6)


def test_perceptual_sum_of_constant_maps_is_their_weighted_sum() -> None:
    maps = [np.full((2, 1, 32 >> level, 64 >> level), level + 1, dtype=np.float32) for level in range(5)]
    actual = run(lambda op, *x: synboost.perceptual_sum(op, x, size=(32, 64)), *maps)
    np.testing.assert_allclose(actual, np.full((2, 1, 32, 64), 1 / 32 + 2 / 16 + 3 / 8 + 4 / 4 + 5), rtol=1e-6)


def test_prior_is_entropy_perceptual_distance_over_255() -> None:
    maps = [ids(2, 1, 4, 4, top=256, seed=seed) for seed in range(3)]
    np.testing.assert_array_equal(run(synboost.prior, *maps), np.concatenate(maps, axis=1) / np.float32(255))


def test_anomaly_probability_is_the_second_of_the_softmax() -> None:
    logits = floats(2, 2, 4, 4) * 20 - 10
    exp = np.exp(logits.astype(np.float64))
    softmax = exp / exp.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(run(synboost.anomaly_probability, logits), softmax[:, 1:], atol=1e-6)


def test_ensemble_is_the_weighted_mean_and_leaves_out_weight_zero() -> None:
    maps = [floats(2, 1, 4, 4, seed=seed) for seed in range(3)]
    maps[2][:] = np.nan
    weights = {"a": 3.0, "b": 1.0, "c": 0.0}
    actual = run(lambda op, *x: synboost.ensemble(op, dict(zip("abc", x, strict=True)), weights), *maps)
    np.testing.assert_allclose(actual, 0.75 * maps[0] + 0.25 * maps[1], atol=1e-7)
