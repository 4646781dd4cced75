"""What a network is made of, as far as its precision goes: layers, and what lies behind them."""

from collections.abc import Collection, Iterable

import onnx
import onnx_ir as ir
import onnx_ir.passes.common as passes

from catseye_models.compose import network
from catseye_models.errors import ModelError

LAYERS = ("Conv", "ConvTranspose", "Gemm", "MatMul")
"""Operators with weights; nearly all arithmetic of a network is theirs."""

OTHER_PRECISION = (ir.DataType.FLOAT16, ir.DataType.BFLOAT16, ir.DataType.INT8)


def prepared(model: onnx.ModelProto, *, name: str) -> onnx.ModelProto:
    """Return an fp32 network at our opset: every node with a name of its own, every type known, no Constant nodes.

    Raises `ModelError` for one that is narrower than fp32 already.
    """
    known = onnx.shape_inference.infer_shapes(network.at_our_opset(model, name=name))
    result = ir.from_proto(known)
    passes.LiftConstantsToInitializersPass(lift_all_constants=True, size_limit=0)(result)
    taken: set[str] = set()
    for number, node in enumerate(result.graph.all_nodes()):
        if not node.name or node.name in taken:
            node.name = f"{node.op_type}_{number}"
        taken.add(node.name)
        if any(value.dtype in OTHER_PRECISION for value in node.outputs):
            raise ModelError(f"{name}: is not fp32, {node.name} gives {node.outputs[0].dtype}")
    return ir.to_proto(result)


def layers(model: onnx.ModelProto) -> tuple[str, ...]:
    """Return the names of all layers of a prepared network, in order."""
    weights = {weight.name for weight in model.graph.initializer}
    return tuple(
        node.name for node in model.graph.node if node.op_type in LAYERS and not weights.isdisjoint(node.input)
    )


def narrowable(model: onnx.ModelProto, operators: Collection[str]) -> tuple[str, ...]:
    """Return the names of the layers of these operators, in order, without those that give the answer."""
    kinds = {node.name: node.op_type for node in model.graph.node}
    stay = answering(model)
    return tuple(name for name in layers(model) if kinds[name] in operators and name not in stay)


def behind(model: onnx.ModelProto, wide: Collection[str]) -> frozenset[str]:
    """Return the names of `wide` nodes and of all nodes behind them up to the next layer.

    What follows a layer at full precision would only lose by being narrowed.
    """
    found = set(wide)
    stops = set(layers(model))
    fresh: set[str] = set()
    for node in model.graph.node:
        if node.name in found or (node.name not in stops and not fresh.isdisjoint(node.input)):
            found.add(node.name)
            fresh.update(node.output)
    return frozenset(found)


def answering(model: onnx.ModelProto) -> frozenset[str]:
    """Return the layers that give the answer, as no other layer follows them; they stay fp32 in every variant."""
    all_layers = set(layers(model))
    followed: set[str] = set()
    answers = set()
    for node in reversed(model.graph.node):
        leads_on = not followed.isdisjoint(node.output)
        if node.name in all_layers and not leads_on:
            answers.add(node.name)
        if leads_on or node.name in all_layers:
            followed.update(node.input)
    return frozenset(answers)


def captured(graph: ir.Graph) -> frozenset[str]:
    """Return the names of the nodes whose values the subgraphs of other nodes read."""
    read = [value for inner in graph.subgraphs() for value in (*inner.outputs, *_inputs(inner))]
    producers = [value.producer() for value in read]
    return frozenset(str(node.name) for node in producers if node is not None)


def _inputs(graph: ir.Graph) -> Iterable[ir.Value]:
    return (value for node in graph for value in node.inputs if value is not None)
