"""A toy network of eight layers, some of them hard to narrow."""

from collections.abc import Mapping

import numpy as np
import onnx
import onnx_ir as ir
from onnxscript import GraphBuilder

from tests import toy

LAYERS = 8
WIDTH = 6


def network(factors: Mapping[int, float] | None = None, *, outlier: int | None = None) -> onnx.ModelProto:
    """Return eight 3x3 convolutions with a ReLU between them, called `layer_0` to `layer_7`, with toy's ends.

    Args:
        factors: by number of a layer, what its weights are multiplied by.
        outlier: number of a layer whose first channel is 1000 times larger than the others to whoever reads it; the
            next layer takes that back.
    """
    image = ir.val("image", dtype=ir.DataType.FLOAT, shape=["n", 3, "h", "w"])
    graph = ir.Graph([image], [], nodes=[], opset_imports={"": 18}, name="deep")
    builder = GraphBuilder(graph)
    rng = np.random.default_rng(11)
    value: ir.Value = image
    for number in range(LAYERS):
        channels = 3 if number == 0 else WIDTH
        sides = (toy.CHANNELS if number == LAYERS - 1 else WIDTH, channels, 3, 3)
        weights = rng.standard_normal(sides) * np.sqrt(2 / (9 * channels))
        weights *= (factors or {}).get(number, 1.0)
        if number == outlier:
            weights[0] *= 1000
        if outlier is not None and number == outlier + 1:
            weights[:, 0] /= 1000
        weight = ir.tensor(weights.astype(np.float32), name=f"weight_{number}")
        value = builder.op.Conv(value, weight, pads=[1, 1, 1, 1])
        graph[-1].name = f"layer_{number}"
        if number < LAYERS - 1:
            value = builder.op.Relu(value)
    builder.add_output(value, "logits")
    graph.outputs[0].dtype = ir.DataType.FLOAT
    graph.outputs[0].shape = ir.Shape(["n", toy.CHANNELS, "h", "w"])
    return ir.to_proto(ir.Model(graph, ir_version=8))
