"""A batch gives what its frames give alone, bit for bit, at channel counts and sizes where the runtime would not."""

from typing import Any

import numpy as np
import onnx
import onnx_ir as ir
import pytest
from onnx import TensorProto, helper, numpy_helper

from catseye_models.compose import steady
from catseye_models.runtime import Array, Session

THREADS = (1, 2, 3, 8)
"""More than the machine has cores is fine: it is the number that decides how the work is cut."""


def random(*shape: int) -> Array:
    return np.random.default_rng(sum(shape)).standard_normal(shape).astype(np.float32)


def model(
    nodes: list[onnx.NodeProto], weights: dict[str, Array], *, channels: int, dtype: int = TensorProto.FLOAT
) -> onnx.ModelProto:
    """Return a graph from `x` [n, channels, h, w] to `y`."""
    entry = helper.make_tensor_value_info("x", dtype, ["n", channels, "h", "w"])
    out = helper.make_tensor_value_info("y", dtype, ["n", None, "h", "w"])
    inits = [numpy_helper.from_array(value, name) for name, value in weights.items()]
    graph = helper.make_graph(nodes, "steady", [entry], [out], inits)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)


def convolution(channels: int, kernel: int = 3, **attributes: Any) -> onnx.ModelProto:
    node = helper.make_node("Conv", ["x", "w"], ["y"], pads=[kernel // 2] * 4, **attributes)
    return model([node], {"w": random(16, channels, kernel, kernel) / channels}, channels=channels)


def settled(of: onnx.ModelProto) -> bytes:
    network = ir.from_proto(of)
    steady.settle(network)
    data = ir.to_proto(network).SerializeToString()
    onnx.checker.check_model(data, full_check=True)
    return data


def operators(data: bytes) -> list[str]:
    return [node.op_type for node in onnx.load_model_from_string(data).graph.node]


def batch_difference(data: bytes, frames: Array, *, threads: int) -> float:
    """Return the largest difference of a batch from its frames alone."""
    session = Session(data, name="steady", threads=threads)
    together = session.run(x=frames)["y"]
    alone = np.concatenate([session.run(x=frame[None])["y"] for frame in frames])
    return float(np.abs(together - alone).max())


@pytest.mark.parametrize("threads", THREADS)
@pytest.mark.parametrize("channels", [9, 33, 129])
def test_convolution_with_odd_channels_treats_every_frame_of_a_batch_alike(channels: int, threads: int) -> None:
    data = settled(convolution(channels))
    assert operators(data) == ["Pad", "Conv"]
    assert batch_difference(data, random(3, channels, 8, 16), threads=threads) == 0.0


def test_runtime_still_needs_it() -> None:
    """When this fails, `steady` may go."""
    frames = random(3, 129, 8, 16)
    assert batch_difference(convolution(129).SerializeToString(), frames, threads=2) > 0.0


def test_widened_convolution_has_the_formula_of_the_narrow_one() -> None:
    frames = random(2, 33, 8, 16)
    before, after = convolution(33).SerializeToString(), settled(convolution(33))
    expected, actual = (Session(data, name="steady").run(x=frames)["y"] for data in (before, after))
    np.testing.assert_allclose(actual, expected, atol=1e-5)


@pytest.mark.parametrize(
    "untouched",
    [
        convolution(3),
        convolution(8),
        convolution(36, kernel=1),
        model(
            [helper.make_node("Conv", ["x", "w"], ["y"], group=9, pads=[1] * 4)], {"w": random(9, 1, 3, 3)}, channels=9
        ),
        model(
            [helper.make_node("Relu", ["w"], ["v"]), helper.make_node("Conv", ["x", "v"], ["y"])],
            {"w": random(4, 9, 1, 1)},
            channels=9,
        ),
    ],
    ids=["few channels", "aligned by 8", "aligned by 4", "grouped", "weights that are computed"],
)
def test_other_convolutions_stay_as_they_are(untouched: onnx.ModelProto) -> None:
    assert operators(settled(untouched)) == [node.op_type for node in untouched.graph.node]


def test_shared_picture_and_shared_weights_are_widened_once() -> None:
    nodes = [
        helper.make_node("Conv", ["x", "w"], ["a"]),
        helper.make_node("Neg", ["x"], ["b"]),
        helper.make_node("Conv", ["b", "w"], ["c"]),
        helper.make_node("Conv", ["x", "v"], ["d"]),
        helper.make_node("Sum", ["a", "c", "d"], ["y"]),
    ]
    data = settled(model(nodes, {"w": random(4, 9, 1, 1), "v": random(4, 9, 1, 1)}, channels=9))
    assert operators(data).count("Pad") == 2
    frames = random(2, 9, 4, 4)
    expected = np.einsum("oc,nchw->nohw", random(4, 9, 1, 1)[..., 0, 0], frames)  # w and v are equal: w x - w x + v x
    np.testing.assert_allclose(Session(data, name="steady").run(x=frames)["y"], expected, atol=1e-4)


def test_half_precision_stays_half_precision() -> None:
    nodes = [helper.make_node("Conv", ["x", "w"], ["a"]), helper.make_node("Selu", ["a"], ["y"])]
    weights = {"w": random(4, 9, 1, 1).astype(np.float16)}
    data = settled(model(nodes, weights, channels=9, dtype=TensorProto.FLOAT16))
    assert Session(data, name="half").run(x=random(1, 9, 4, 4).astype(np.float16))["y"].dtype == np.float16


ACTIVATIONS = {
    "selu": helper.make_node("Selu", ["x"], ["y"]),
    "selu, own": helper.make_node("Selu", ["x"], ["y"], alpha=0.7, gamma=1.3),
    "elu": helper.make_node("Elu", ["x"], ["y"]),
    "elu, own": helper.make_node("Elu", ["x"], ["y"], alpha=0.7),
}


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_activation_written_out_has_its_formula_and_treats_frames_alike(kind: str) -> None:
    frames = 3 * random(3, 7, 64, 128)
    frames[0, 0, 0, :4] = [0.0, -100.0, 100.0, np.nan]
    plain = model([ACTIVATIONS[kind]], {}, channels=7)
    data = settled(plain)
    assert not {"Selu", "Elu"} & set(operators(data))
    expected, actual = (Session(one, name=kind).run(x=frames)["y"] for one in (plain.SerializeToString(), data))
    np.testing.assert_allclose(actual, expected, rtol=1e-6, atol=1e-6)
    for threads in THREADS:
        assert batch_difference(data, frames[1:], threads=threads) == 0.0
