"""Makes a network's answer to a frame the same bit for bit, whatever other frames it comes with.

ONNX Runtime adds up in the same order for one frame and for more, but for two things on x86:

- It has two float convolutions. The blocked one takes a pixel's products in one fixed order. The plain one, used where
  the input channels are no multiple of `ALIGNMENT`, cuts its sums by how many pixels a thread has, and a single frame
  is shared out among the threads where the frames of a batch are not. Zero channels with zero weights make it blocked.
- Selu and Elu take most pixels in vectors and some at the ends of each thread's share one by one, with another exp.
  Written out with Exp, which is the same for all pixels, they cost the same.

Source: microsoft/onnxruntime, core/mlas/lib/convolve.cpp (`MlasConvOperation`: `SegmentCountN` decides `StrideK`) and
core/optimizer/nchwc_transformer.cc; figures in RATIONALE.md.
"""

import numpy as np
import onnx_ir as ir
import onnx_ir.passes.common as passes

ALIGNMENT = 4
"""Input channels of a blocked convolution are a multiple of this."""

UNBLOCKED = 8
"""Up to so many input channels, a blocked convolution reads them as they are."""

SELU_ALPHA, SELU_GAMMA = 1.6732632423543772848, 1.0507009873554804934
"""ONNX's defaults."""


def settle(network: ir.Model) -> None:
    """Rewrite, in place, what depends on the batch; the network's formula stays as it is."""
    graph = network.graph
    _align_convolutions(graph)
    passes.ShapeInferencePass()(network)  # tells which values are float32
    for node in list(graph):
        if node.op_type not in ("Selu", "Elu") or node.inputs[0] is None or node.inputs[0].dtype != ir.DataType.FLOAT:
            continue  # half precision is computed with casts of the runtime's own
        selu = node.op_type == "Selu"
        alpha = node.attributes.get_float("alpha", SELU_ALPHA if selu else 1.0)
        gamma = node.attributes.get_float("gamma", SELU_GAMMA) if selu else 1.0
        _write_out(graph, node, alpha=alpha, gamma=gamma)


def _align_convolutions(graph: ir.Graph) -> None:
    """Widen every ungrouped convolution of constant weights to a multiple of `ALIGNMENT` input channels."""
    widened: dict[ir.Value, ir.Value] = {}
    for node in list(graph):
        if node.op_type != "Conv" or node.attributes.get_int("group", 1) != 1:
            continue
        entry, weight = node.inputs[:2]
        constant = ir.convenience.get_const_tensor(weight) if weight is not None else None
        if entry is None or weight is None or constant is None:
            continue
        values = constant.numpy()
        spare = -values.shape[1] % ALIGNMENT
        if values.shape[1] <= UNBLOCKED or not spare:
            continue
        if entry not in widened:
            widened[entry] = _with_zeros(graph, node, entry, spare=spare, rank=values.ndim)
        if weight not in widened:
            wide = np.pad(values, [(0, 0), (0, spare), *[(0, 0)] * (values.ndim - 2)])
            widened[weight] = _constant(graph, f"{weight.name}_wide", wide)
        node.replace_input_with(0, widened[entry])
        node.replace_input_with(1, widened[weight])


def _with_zeros(graph: ir.Graph, before: ir.Node, value: ir.Value, *, spare: int, rank: int) -> ir.Value:
    """Return `value`, [N, C, ...], with `spare` channels of 0 behind its own."""
    pads = np.zeros(2 * rank, dtype=np.int64)
    pads[rank + 1] = spare
    node = ir.node("Pad", [value, _constant(graph, f"{value.name}_spare", pads)])
    graph.insert_before(before, node)
    return node.outputs[0]


def _write_out(graph: ir.Graph, node: ir.Node, *, alpha: float, gamma: float) -> None:
    """Put gamma max(x, 0) + gamma alpha exp(min(x, 0)) - gamma alpha in the place of a Selu or Elu."""
    (x,), old = node.inputs, node.outputs[0]

    def scalar(name: str, value: float) -> ir.Value:
        return _constant(graph, f"{old.name}_{name}", np.asarray(value, dtype=np.float32))

    zero, outer, inner = scalar("zero", 0.0), scalar("gamma", gamma), scalar("gamma_alpha", gamma * alpha)
    low = ir.node("Min", [x, zero])
    power = ir.node("Exp", low.outputs)
    scaled = ir.node("Mul", [power.outputs[0], inner])
    below = ir.node("Sub", [scaled.outputs[0], inner])
    high = ir.node("Max", [x, zero])
    above = ir.node("Mul", [high.outputs[0], outer])
    whole = ir.node("Add", [above.outputs[0], below.outputs[0]])
    new = [low, power, scaled, below, high, above, whole]
    ir.convenience.replace_nodes_and_values(graph, node, [node], new, [old], whole.outputs)


def _constant(graph: ir.Graph, name: str, values: np.ndarray) -> ir.Value:
    value = ir.Value(name=name, const_value=ir.tensor(values, name=name))
    value.dtype, value.shape = ir.DataType.from_numpy(values.dtype), ir.Shape(values.shape)
    graph.register_initializer(value)
    return value
