"""fp16: the layers of a network, and the simple arithmetic between them, in half precision."""

from collections.abc import Collection, Mapping

import numpy as np
import onnx
import onnx_ir as ir
import onnx_ir.passes.common as passes

from catseye_models.precision import layers

HALF, FULL = ir.DataType.FLOAT16, ir.DataType.FLOAT

LARGEST = float(np.finfo(np.float16).max)

ROBUST = frozenset(
    (
        *layers.LAYERS,
        *("Relu", "LeakyRelu", "PRelu", "Selu", "Elu", "Clip", "Abs", "Neg"),
        *("Add", "Sub", "Mul", "Max", "Min"),
        *("Concat", "Split", "Slice", "Gather", "Pad", "Transpose", "Expand"),
        *("Reshape", "Squeeze", "Unsqueeze", "Flatten", "Identity"),
        *("MaxPool", "Resize"),
    )
)
"""Operators that keep their meaning in half precision. All others stay fp32: norms, means and sums over many pixels,
exponentials, logarithms, divisions, and whatever nobody has looked at."""

FULL_INPUTS = {"Resize": (1, 2)}
"""Inputs that are float32 by ONNX's own rule."""


class Halves:
    """Networks in half precision.

    Args:
        networks: by role, as `layers.prepared` returns them.
    """

    operators = layers.LAYERS
    bound = 0.002

    def __init__(self, networks: Mapping[str, onnx.ModelProto]) -> None:
        self._networks = networks

    def written(self, role: str, *, wide: Collection[str]) -> onnx.ModelProto:
        """Return a network as the bundle gets it."""
        return narrowed(self._networks[role], wide=wide)

    def measured(self, role: str, *, wide: Collection[str]) -> onnx.ModelProto:
        """Return a network that shows on this runtime what half precision costs on others."""
        return rounded(self.written(role, wide=wide))


def narrowed(model: onnx.ModelProto, *, wide: Collection[str]) -> onnx.ModelProto:
    """Return a prepared network in half precision, its inputs and outputs float32.

    The layers that give the answer stay fp32, so that an answer beyond 65504 does not overflow. Weights beyond it are
    held at it.

    Args:
        model: as `layers.prepared` returns it.
        wide: names of further layers that stay fp32.
    """
    own = onnx.ModelProto()
    own.CopyFrom(model)
    network = ir.from_proto(own)
    stay = layers.behind(model, {*wide, *layers.answering(model)}) | layers.captured(network.graph)
    twins = _Twins(network.graph)
    for node in list(network.graph):
        narrow = node.op_type in ROBUST and node.name not in stay
        _set_inputs(node, twins, dtype=HALF if narrow else FULL)
        for value in node.outputs:
            if value.dtype == FULL and narrow:
                value.dtype = HALF
    _widen_outputs(network.graph, twins)
    passes.RemoveUnusedNodesPass()(network)
    return ir.to_proto(network)


def rounded(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a network of `narrowed` as hardware with half precision computes it, for a runtime that does not.

    ONNX Runtime's CPU provider computes fp16 nodes with float32 kernels and rounds only some of the values between
    them: it sees neither what rounding costs nor what overflows. Here every value that is half is rounded by a pair of
    Casts, which the runtime leaves alone, and everything is computed in float32, as sums are on accelerators.
    """
    network = ir.from_proto(model)
    graph = network.graph
    for weight in [one for one in graph.initializers.values() if one.dtype == HALF and one.const_value is not None]:
        wide = ir.tensor(weight.const_value.numpy().astype(np.float32), name=weight.name)  # type: ignore[union-attr]
        weight.const_value, weight.type = wide, ir.TensorType(FULL)
    for node in list(graph):
        for value in node.outputs:
            if value.dtype == HALF:
                _round(graph, node, value)
    return ir.to_proto(network)


def _round(graph: ir.Graph, node: ir.Node, value: ir.Value) -> None:
    """Let what reads a value read it rounded to half, as float32."""
    if node.op_type != "Cast":
        value.type = ir.TensorType(FULL)
    narrow, wide = (
        ir.Value(name=f"{value.name}:{dtype.name}", type=ir.TensorType(dtype), shape=value.shape)
        for dtype in (HALF, FULL)
    )
    ir.convenience.replace_all_uses_with(value, wide)
    graph.insert_after(
        node,
        [
            ir.Node("", "Cast", [value], [ir.AttrInt64("to", int(HALF))], outputs=[narrow], name=str(narrow.name)),
            ir.Node("", "Cast", [narrow], [ir.AttrInt64("to", int(FULL))], outputs=[wide], name=str(wide.name)),
        ],
    )


def _set_inputs(node: ir.Node, twins: "_Twins", *, dtype: ir.DataType) -> None:
    for place, value in enumerate(node.inputs):
        if value is not None and value.dtype in (HALF, FULL):
            full = place in FULL_INPUTS.get(node.op_type, ())
            node.replace_input_with(place, twins.of(value, FULL if full else dtype))


def _widen_outputs(graph: ir.Graph, twins: "_Twins") -> None:
    for place, value in enumerate(graph.outputs):
        if value.dtype == HALF:
            wide = twins.of(value, FULL)
            value.name, wide.name = f"{value.name}:fp16", value.name
            wide.shape = value.shape
            graph.outputs[place] = wide


class _Twins:
    """Values of a graph in the other precision, each made once."""

    def __init__(self, graph: ir.Graph) -> None:
        self._graph = graph
        self._made: dict[tuple[ir.Value, ir.DataType], ir.Value] = {}

    def of(self, value: ir.Value, dtype: ir.DataType) -> ir.Value:
        """Return the value in that precision: itself, a weight rounded to it, or a Cast behind it."""
        if value.dtype == dtype:
            return value
        key = (value, dtype)
        if key not in self._made:
            self._made[key] = self._weight(value) if value.is_initializer() else self._cast(value, dtype)
        return self._made[key]

    def _weight(self, value: ir.Value) -> ir.Value:
        if value.const_value is None:
            raise ValueError(f"{value.name}: a weight without values")
        rounded = np.clip(value.const_value.numpy(), -LARGEST, LARGEST).astype(np.float16)
        twin = ir.Value(
            name=f"{value.name}:fp16",
            type=ir.TensorType(HALF),
            shape=value.shape,
            const_value=ir.tensor(rounded, name=f"{value.name}:fp16"),
        )
        self._graph.register_initializer(twin)
        return twin

    def _cast(self, value: ir.Value, dtype: ir.DataType) -> ir.Value:
        name = f"{value.name}:{'fp16' if dtype == HALF else 'fp32'}"
        twin = ir.Value(name=name, type=ir.TensorType(dtype), shape=value.shape)
        cast = ir.Node("", "Cast", [value], [ir.AttrInt64("to", int(dtype))], outputs=[twin], name=name)
        producer = value.producer()
        if producer is None:
            self._graph.insert_before(self._graph[0], cast)
        else:
            self._graph.insert_after(producer, cast)
        return twin
