"""The spec of a network file: ends, samples, and what stands in the bundle."""

import numpy as np
import pytest

from catseye_models.module import KINDS, ModuleSpec, TensorSpec
from tests.toy import SPEC


def module(kind: str = "normal") -> ModuleSpec:
    image = TensorSpec(name="image", shape=(5, 20, 40), kind=kind)
    return ModuleSpec(name="toy", inputs=(image,), outputs=(TensorSpec(name="map", shape=(1, 20, 40)),), atol=1e-4)


@pytest.mark.parametrize("kind", KINDS)
def test_sample_has_the_shape_of_the_input_and_repeats_itself(kind: str) -> None:
    first, second = module(kind).sample(2)["image"], module(kind).sample(2)["image"]
    assert first.shape == (2, 5, 20, 40)
    assert first.dtype == np.float32
    np.testing.assert_array_equal(first, second)


def test_one_hot_sample_has_one_channel_per_pixel() -> None:
    np.testing.assert_array_equal(module("one-hot").sample(3)["image"].sum(axis=1), 1)


def test_frames_of_a_sample_differ() -> None:
    first, second = module("one-hot").sample(2)["image"]
    assert (first != second).any()


def test_segmentation_spec_names_the_ends_of_its_file() -> None:
    spec = ModuleSpec.of(SPEC)
    assert [(one.name, one.shape) for one in (*spec.inputs, *spec.outputs)] == [
        ("image", (3, 32, 64)),
        ("logits", (5, 32, 64)),
    ]


def test_json_says_shapes_with_the_batch_open() -> None:
    assert module().values()["inputs"] == [{"name": "image", "dtype": "float32", "shape": ["n", 5, 20, 40]}]
