"""The one word for the arithmetic of a graph."""

import onnx

FP32, FP16, INT8 = "fp32", "fp16", "int8"
"""Glue is fp32 in all of them; they differ in what the networks do."""


def precision_of(graph: onnx.GraphProto) -> str:
    """Return `int8` for a graph that quantises anything, `fp16` for one with half-precision weights or casts."""
    if any(node.op_type == "QuantizeLinear" for node in graph.node):
        return INT8
    weights = (weight.data_type for weight in graph.initializer)
    casts = (
        attribute.i
        for node in graph.node
        if node.op_type == "Cast"
        for attribute in node.attribute
        if attribute.name == "to"
    )
    return FP16 if onnx.TensorProto.FLOAT16 in (*weights, *casts) else FP32
