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
from catseye_models.compose import maps, network
from catseye_models.compose.assembly import Assembly
from catseye_models.compose.extras import EXTRAS
from catseye_models.compose.networks import Networks
from catseye_models.compose.parts import Parts
from catseye_models.compose.plans import Plan
from catseye_models.errors import ModelError
from catseye_models.spec import OPSET

FRAMES = "frames"


@dataclass(frozen=True, kw_only=True)
class Fused:
    """A fused graph.

    Attributes:
        data: bytes of the file, the same for the same networks and plans: opset 18, default domain only, weights
            inside. Input `frames`, uint8 [n, height, width, 3], RGB.
        outputs: `PLAN.anomaly` uint8 and `PLAN.score` float32 of each plan, then what its plans offer.
        precision: of the networks' own arithmetic, as `precision_of` words it.
    """

    data: bytes
    outputs: tuple[GraphOutput, ...]
    precision: str


def fuse(networks: Networks, plans: Sequence[Plan], *, fixed_batch: bool = False) -> Fused:
    """Return the fused graph of the plans, every network and every part in it once.

    Args:
        networks: those that the plans need, and maybe others, which stay out.
        plans: at least one, without doubles.
        fixed_batch: declare n = 1, for networks that cannot take more frames at once.
    """
    batch: int | str = 1 if fixed_batch else "batch"
    frames = ir.val(FRAMES, dtype=ir.DataType.UINT8, shape=[batch, "height", "width", 3])
    graph = ir.Graph([frames], [], nodes=[], opset_imports={"": OPSET}, name="catseye")
    builder = GraphBuilder(graph)
    assembly = Assembly(builder, frames)
    outputs = _add_outputs(builder, Parts(assembly, networks), networks=networks, plans=plans)
    for value, output in zip(graph.outputs, outputs, strict=True):
        value.shape = ir.Shape([batch, *output.sides])
    names = ", ".join(one.file for one in networks.roles.values())
    model = _finished(graph, name=names)
    return Fused(
        data=model.SerializeToString(deterministic=True), outputs=tuple(outputs), precision=precision_of(model.graph)
    )


def _add_outputs(
    builder: GraphBuilder, parts: Parts, *, networks: Networks, plans: Sequence[Plan]
) -> list[GraphOutput]:
    outputs: list[GraphOutput] = []

    def add(value: ir.Value, output: GraphOutput) -> None:
        builder.add_output(value, output.name)
        outputs.append(output)

    for plan in plans:
        height, width = networks.size(plan.needs[-1])
        raw = plan.score(parts)
        score = parts.assembly.glue(plan.name, maps.score, raw)
        anomaly = parts.assembly.glue(plan.name, maps.anomaly_byte, score)
        for kind, value in (("anomaly", anomaly), ("score", score)):
            add(
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
    for name in dict.fromkeys(extra for plan in plans for extra in plan.extras):
        extra = EXTRAS[name]
        height, width = networks.size(extra.size)
        add(
            extra.value(parts),
            GraphOutput(
                name=name,
                dtype=extra.dtype,
                kind=extra.kind,
                plan=None,
                width=width,
                height=height,
                channels=extra.channels,
            ),
        )
    return outputs


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
