"""Joins glue, network and plans into one graph."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import onnx
import onnx_ir as ir
import onnx_ir.passes.common as passes
from onnxscript import GraphBuilder

from catseye_models import __version__
from catseye_models.compose import maps, network, pixels
from catseye_models.compose.plans import Plan
from catseye_models.errors import ModelError
from catseye_models.spec import OPSET, NetworkSpec

FRAMES = "frames"
CLASS_MAP = "class_map"


@dataclass(frozen=True, kw_only=True)
class Fused:
    """A fused graph.

    Attributes:
        model: opset 18, default domain only, weights inside. Input `frames`, uint8 [n, height, width, 3], RGB; outputs
            at working size: `PLAN.anomaly` uint8, `PLAN.score` float32, `class_map` uint8, each [n, h, w].
        precision: of the network's own arithmetic, `fp32` or `fp16`.
        converted_from: opset of the network file when it had to be converted, None when it had ours.
    """

    model: onnx.ModelProto
    precision: str
    converted_from: int | None

    def to_bytes(self) -> bytes:
        """Return the file's bytes, the same for the same model."""
        return bytes(self.model.SerializeToString(deterministic=True))


def fuse(segmentation: Path, *, spec: NetworkSpec, plans: Sequence[Plan], fixed_batch: bool = False) -> Fused:
    """Return the fused graph of one segmentation network and its plans.

    Args:
        segmentation: ONNX file of the network.
        spec: of the network.
        plans: at least one, without doubles.
        fixed_batch: declare n = 1, for a network that cannot take more frames at once.
    """
    original = network.load(segmentation)
    name = segmentation.name
    module = network.ready_to_fuse(network.at_our_opset(original, name=name), spec=spec, name=name)

    batch: int | str = 1 if fixed_batch else "batch"
    frames = ir.val(FRAMES, dtype=ir.DataType.UINT8, shape=[batch, "height", "width", 3])
    graph = ir.Graph([frames], [], nodes=[], opset_imports={"": OPSET}, name="catseye")
    builder = GraphBuilder(graph)
    precision = _add_network(builder, frames, module=module.graph, spec=spec, plans=plans)
    for value in graph.outputs:
        value.shape = ir.Shape([batch, spec.height, spec.width])
    return Fused(model=_finish(graph, name=name), precision=precision, converted_from=_converted_from(original))


def _add_network(
    builder: GraphBuilder, frames: ir.Value, *, module: ir.Graph, spec: NetworkSpec, plans: Sequence[Plan]
) -> str:
    """Build glue, network and glue behind `frames`, add the outputs, and return the network's precision."""
    op = builder.op
    (entry,) = network.real_inputs(module)
    half = entry.dtype == ir.DataType.FLOAT16

    builder.push_module("input")
    prepared = pixels.prepare(op, frames, spec=spec)
    if half:
        prepared = op.Cast(prepared, to=ir.DataType.FLOAT16)
    builder.pop_module()

    logits = _splice(builder.graph, module, prepared)

    builder.push_module("maps")
    planes = maps.class_planes(op, logits, spec=spec)
    statistics = maps.pixel_statistics(op, planes, spec=spec)
    class_map = op.Squeeze(statistics.train_id, [1])
    builder.pop_module()

    for plan in plans:
        builder.push_module(plan.name)
        score = maps.score(op, plan.raw(op, statistics, spec))
        anomaly = maps.anomaly_byte(op, score)
        builder.pop_module()
        builder.add_output(anomaly, f"{plan.name}.anomaly")
        builder.add_output(score, f"{plan.name}.score")
    builder.add_output(class_map, CLASS_MAP)
    return "fp16" if half else "fp32"


def _splice(graph: ir.Graph, module: ir.Graph, prepared: ir.Value) -> ir.Value:
    """Move nodes and weights of `module` into `graph`, behind `prepared`; return the logits."""
    (entry,) = network.real_inputs(module)
    (logits,) = module.outputs
    ir.convenience.replace_all_uses_with(entry, prepared)
    module.outputs.clear()
    module.inputs.clear()
    for weight in list(module.initializers.values()):
        del module.initializers[str(weight.name)]
        graph.register_initializer(weight)
    nodes = list(module)
    module.remove(nodes)
    graph.extend(nodes)
    return logits


def _finish(graph: ir.Graph, *, name: str) -> onnx.ModelProto:
    """Return the checked model of a complete graph."""
    model = ir.Model(graph, ir_version=network.IR_VERSION, producer_name="catseye-models", producer_version=__version__)
    passes.RemoveUnusedNodesPass()(model)
    passes.ClearMetadataAndDocStringPass()(model)
    proto = ir.to_proto(model)
    try:
        onnx.checker.check_model(proto, full_check=True)
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as mistake:
        raise ModelError(f"{name}: does not fit its spec: {' '.join(str(mistake).split())}") from None
    return proto


def _converted_from(model: onnx.ModelProto) -> int | None:
    opset = network.opset_of(model)
    return None if opset == OPSET else opset
