"""A graph in the making: frames in front, networks put in one after another, nodes named by who owns them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import onnx_ir as ir
from onnxscript import GraphBuilder, OpBuilder

from catseye_models.compose import network, pixels
from catseye_models.compose.networks import Network, Spec
from catseye_models.feed import Feed


class Assembly:
    """Puts pictures, networks and glue into one graph.

    Args:
        builder: of the graph.
        frames: its input, uint8 NHWC, RGB; None for a stage that sees no frames.

    Attributes:
        taken: what each network was given, float32, by its name and that of the input.
    """

    def __init__(self, builder: GraphBuilder, frames: ir.Value | None) -> None:
        self._builder = builder
        self._frames = frames
        self._pictures: dict[tuple[str, int, int], ir.Value] = {}
        self.taken: dict[tuple[str, str], ir.Value] = {}

    @contextmanager
    def scope(self, name: str) -> Iterator[OpBuilder]:
        """Let the names of new nodes begin with `name`. Scopes do not nest: ask for other parts before."""
        self._builder.push_module(name)
        yield self._builder.op
        self._builder.pop_module()

    def glue(self, scope: str, build: Callable[..., ir.Value], *values: Any, **options: Any) -> ir.Value:
        """Return `build(op, *values, **options)`, its nodes named after `scope`."""
        with self.scope(scope) as op:
            return build(op, *values, **options)

    def picture(self, feed: Feed) -> ir.Value:
        """Return the frames at the size of a network, uint8 [N, 3, height, width], RGB; resized once per size."""
        if self._frames is None:
            raise ValueError("a graph without frames")
        key = (feed.resize, feed.width, feed.height)
        if key not in self._pictures:
            self._pictures[key] = self.glue("input", pixels.picture, self._frames, feed=feed)
        return self._pictures[key]

    def fed(self, feed: Feed, *, scope: str) -> ir.Value:
        """Return the frames as a network takes them, float32 [N, 3, height, width]."""
        return self.glue(scope, pixels.prepare, self.picture(feed), feed=feed)

    def run(self, which: Network[Spec], **inputs: ir.Value) -> list[ir.Value]:
        """Put a network behind float32 inputs; return its outputs in the order of its spec, float32."""
        name, ends = which.spec.name, which.spec.ends
        model = network.at_our_opset(which.model, name=which.file)
        graph = network.ready_to_fuse(model, ends=ends, prefix=name, name=which.file).graph
        outputs = list(graph.outputs)
        for entry, wanted in zip(list(graph.inputs), ends.inputs, strict=True):
            value = self.taken[name, wanted] = inputs[wanted]
            if entry.dtype == ir.DataType.FLOAT16:
                value = self._cast(name, value, ir.DataType.FLOAT16)
            ir.convenience.replace_all_uses_with(entry, value)
        self._take_over(graph)
        halves = [value.dtype == ir.DataType.FLOAT16 for value in outputs]
        return [
            self._cast(name, value, ir.DataType.FLOAT) if narrow else value
            for value, narrow in zip(outputs, halves, strict=True)
        ]

    def _cast(self, scope: str, value: ir.Value, dtype: ir.DataType) -> ir.Value:
        with self.scope(scope) as op:
            return op.Cast(value, to=dtype)

    def _take_over(self, module: ir.Graph) -> None:
        """Move nodes and weights of a network to the end of the graph."""
        module.outputs.clear()
        module.inputs.clear()
        for weight in list(module.initializers.values()):
            del module.initializers[str(weight.name)]
            self._builder.graph.register_initializer(weight)
        nodes = list(module)
        module.remove(nodes)
        self._builder.graph.extend(nodes)
