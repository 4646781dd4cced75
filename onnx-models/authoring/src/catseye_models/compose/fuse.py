"""Joins networks, glue and plans into one graph."""

from collections.abc import Sequence
from dataclasses import dataclass

import onnx
import onnx_ir as ir
import onnx_ir.passes.common as passes
from onnxscript import GraphBuilder

from catseye_models import __version__
from catseye_models.bundle.outputs import GraphOutput
from catseye_models.bundle.precision import precision_of
from catseye_models.compose import maps, network, pixels
from catseye_models.compose.assembly import Assembly
from catseye_models.compose.extras import EXTRAS, output_of
from catseye_models.compose.networks import Networks
from catseye_models.compose.parts import Parts
from catseye_models.compose.plans import Plan
from catseye_models.errors import ModelError
from catseye_models.spec import OPSET

FRAMES = "frames"

_ANY_SIZE = 1 << 31
"""Of weights that are compared, in elements."""

_DTYPES = {"uint8": ir.DataType.UINT8, "float32": ir.DataType.FLOAT}


@dataclass(frozen=True, kw_only=True)
class Fused:
    """A complete graph.

    Attributes:
        data: bytes of the file, the same for the same networks and plans: opset 18, default domain only, weights
            inside.
        outputs: in order.
        precision: of the networks' own arithmetic, as `precision_of` words it.
    """

    data: bytes
    outputs: tuple[GraphOutput, ...]
    precision: str


def fuse(networks: Networks, plans: Sequence[Plan], *, fixed_batch: bool = False) -> Fused:
    """Return the fused graph of the plans, every network and every part in it once.

    Its input is `frames`, uint8 [n, height, width, 3], RGB; its outputs are `PLAN.anomaly` uint8 and `PLAN.score`
    float32 of each plan, then what its plans offer.

    Args:
        networks: those that the plans need, and maybe others, which stay out.
        plans: at least one, without doubles.
        fixed_batch: declare n = 1, for networks that cannot take more frames at once.
    """
    draft = Draft(networks, [FRAMES], fixed_batch=fixed_batch)
    for plan in plans:
        draft.offer_plan(plan)
    for name in dict.fromkeys(extra for plan in plans for extra in plan.extras):
        draft.offer_extra(name)
    return draft.finish(", ".join(one.file for one in networks.roles.values()))


def fuse_inputs(networks: Networks, plans: Sequence[Plan]) -> bytes:
    """Return the fused graph of the plans up to the networks: its outputs are what each of them is given.

    The output `NETWORK.INPUT` is float32 [n, *shape], by the name in the spec and that of the network's input.
    """
    frames = ir.val(FRAMES, dtype=ir.DataType.UINT8, shape=["batch", "height", "width", 3])
    builder = GraphBuilder(ir.Graph([frames], [], nodes=[], opset_imports={"": OPSET}, name="catseye"))
    assembly = Assembly(builder, frames)
    parts = Parts(assembly, networks)
    for plan in plans:
        plan.score(parts)
    ends = {one.spec.name: one.spec.ends.inputs for one in networks.roles.values()}
    for (name, end), value in assembly.taken.items():
        copy = assembly.glue("taken", lambda op, given: op.Identity(given), value)
        builder.add_output(copy, f"{name}.{end}")
        copy.dtype, copy.shape = ir.DataType.FLOAT, ir.Shape(["batch", *ends[name][end][1:]])
    names = ", ".join(one.file for one in networks.roles.values())
    return _finished(builder.graph, name=names).SerializeToString(deterministic=True)


class Draft:
    """A graph that grows by its outputs: each brings the parts that it is made of.

    Args:
        networks: what there is.
        inputs: `frames`, or extras that enter the graph instead of being built in it.
        fixed_batch: declare n = 1.
    """

    def __init__(self, networks: Networks, inputs: Sequence[str], *, fixed_batch: bool) -> None:
        self._networks = networks
        self._batch: int | str = 1 if fixed_batch else "batch"
        entries = {name: self._entry(name) for name in inputs}
        self._graph = ir.Graph(list(entries.values()), [], nodes=[], opset_imports={"": OPSET}, name="catseye")
        self._builder = GraphBuilder(self._graph)
        self._assembly = Assembly(self._builder, entries.pop(FRAMES, None))
        given = {name: self._planes(name, value) for name, value in entries.items()}
        self._parts = Parts(self._assembly, networks, given)
        self._outputs: list[GraphOutput] = []

    def offer_plan(self, plan: Plan) -> None:
        """Add anomaly map and score of a plan."""
        height, width = self._networks.size(plan.needs[-1])
        raw = plan.score(self._parts)
        score = self._assembly.glue(plan.name, maps.score, raw)
        anomaly = self._assembly.glue(plan.name, maps.anomaly_byte, score)
        for kind, value in (("anomaly", anomaly), ("score", score)):
            self._offer(
                value,
                GraphOutput(
                    name=f"{plan.name}.{kind}",
                    dtype="uint8" if kind == "anomaly" else "float32",
                    kind=kind,
                    plan=plan.name,
                    width=width,
                    height=height,
                    always=kind == "anomaly",
                ),
            )

    def offer_extra(self, name: str) -> None:
        """Add one of `EXTRAS`."""
        self._offer(EXTRAS[name].value(self._parts), output_of(name, self._networks))

    def finish(self, name: str) -> Fused:
        """Return the complete graph, checked; messages begin with `name`. The draft is of no use then.

        What networks have in common, such as an encoder that two of them begin with, is in it once.
        """
        draft = ir.Model(self._graph, ir_version=network.IR_VERSION)
        passes.DeduplicateHashedInitializersPass(size_limit=_ANY_SIZE)(draft)
        passes.CommonSubexpressionEliminationPass()(draft)
        for value, output in zip(self._graph.outputs, self._outputs, strict=True):
            value.dtype, value.shape = _DTYPES[output.dtype], ir.Shape([self._batch, *output.sides])
        model = _finished(self._graph, name=name)
        return Fused(
            data=model.SerializeToString(deterministic=True),
            outputs=tuple(self._outputs),
            precision=precision_of(model.graph),
        )

    def _offer(self, value: ir.Value, output: GraphOutput) -> None:
        self._builder.add_output(value, output.name)
        self._outputs.append(output)

    def _entry(self, name: str) -> ir.Value:
        if name == FRAMES:
            return ir.val(FRAMES, dtype=ir.DataType.UINT8, shape=[self._batch, "height", "width", 3])
        tensor = output_of(name, self._networks)
        return ir.val(name, dtype=_DTYPES[tensor.dtype], shape=[self._batch, *tensor.sides])

    def _planes(self, name: str, value: ir.Value) -> ir.Value:
        """Return [N, C, h, w] of what entered as a map or a picture."""
        if EXTRAS[name].layout == "NHWC":
            return self._assembly.glue("inputs", pixels.to_planes, value)
        return self._assembly.glue("inputs", lambda op, plane: op.Unsqueeze(plane, [1]), value)


def _finished(graph: ir.Graph, *, name: str) -> onnx.ModelProto:
    """Return the model of a complete graph, checked."""
    model = ir.Model(graph, ir_version=network.IR_VERSION, producer_name="catseye-models", producer_version=__version__)
    passes.RemoveUnusedNodesPass()(model)
    passes.ClearMetadataAndDocStringPass()(model)
    finished = ir.to_proto(model)
    try:
        onnx.checker.check_model(finished, full_check=True)
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as mistake:
        raise ModelError(f"{name}: does not fit its spec: {' '.join(str(mistake).split())}") from None
    return finished
