"""Loads an ONNX network and brings it into the one form that can be fused: default domain, opset 18, own names."""

from pathlib import Path

import onnx
import onnx.inliner
import onnx_ir as ir
import onnx_ir.passes.common as passes
from google.protobuf.message import DecodeError
from onnx import version_converter

from catseye_models.compose import steady
from catseye_models.ends import Ends, Sides
from catseye_models.errors import ModelError
from catseye_models.spec import OPSET

IR_VERSION = 10
"""The one IR version of every graph we write; ONNX Runtime has read it since 1.18."""

MAX_BYTES = 2_000_000_000
"""A protobuf file ends at 2 GiB; weights above this would need external data, which bundles do not have."""

FLOAT_TYPES = (ir.DataType.FLOAT, ir.DataType.FLOAT16)


def load(path: Path) -> onnx.ModelProto:
    """Return the model in `path` with its weights inside, checked; raise `ModelError` naming the file."""
    try:
        model = onnx.load(path)
        onnx.checker.check_model(model)
    except FileNotFoundError as missing:
        raise ModelError(f"{path}: {missing.filename or path} does not exist") from None
    except IsADirectoryError:
        raise ModelError(f"{path}: is a folder, expected an ONNX file") from None
    except DecodeError:
        raise ModelError(f"{path}: not an ONNX file, or cut off ({path.stat().st_size} bytes)") from None
    except (onnx.checker.ValidationError, ValueError) as mistake:
        raise ModelError(f"{path}: damaged ONNX file: {str(mistake).splitlines()[0]}") from None
    for weight in model.graph.initializer:
        weight.ClearField("data_location")  # weights from a file beside it are inside now
    size = sum(len(weight.raw_data) for weight in model.graph.initializer)
    if size > MAX_BYTES:
        raise ModelError(f"{path}: {size} bytes of weights, at most {MAX_BYTES} fit into one file")
    return model


def opset_of(model: onnx.ModelProto) -> int | None:
    """Return the opset of the default domain, None when the model imports none."""
    return next((entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")), None)


def at_our_opset(model: onnx.ModelProto, *, name: str) -> onnx.ModelProto:
    """Return the model at opset 18, without local functions; raise `ModelError` naming what stands in the way."""
    inlined = onnx.inliner.inline_local_functions(model) if model.functions else model
    used = sorted({node.domain for node in _all_nodes(inlined.graph)} - {"", "ai.onnx"})
    if used:
        raise ModelError(f"{name}: operators of the domains {', '.join(used)}, only ONNX's own are possible")
    opset = opset_of(inlined)
    if opset is None:
        raise ModelError(f"{name}: imports no opset of the default domain")
    if opset == OPSET:
        return inlined
    try:
        return version_converter.convert_version(inlined, OPSET)
    except Exception as mistake:  # the converter throws plain RuntimeError from C++ and others
        reason = str(mistake).strip().splitlines()[-1:] or [type(mistake).__name__]
        raise ModelError(f"{name}: opset {opset} does not convert to {OPSET}: {reason[0]}") from None


def ready_to_fuse(model: onnx.ModelProto, *, ends: Ends, prefix: str, name: str) -> ir.Model:
    """Return a copy of the network with checked ends, in the order of `ends`, and names that begin with `prefix`.

    Names of inner values, nodes and symbolic dimensions do not survive, so two modules can never share one by accident.
    """
    own = onnx.ModelProto()
    own.CopyFrom(model)  # renaming a weight reaches through to the model it came from
    network = ir.from_proto(own)
    problems = _problems(network.graph, ends=ends)
    if problems:
        raise ModelError(*(f"{name}: {problem}" for problem in problems))
    graph = network.graph
    for values, wanted in ((graph.inputs, ends.inputs), (graph.outputs, ends.outputs)):
        found = {value.name: value for value in values}
        values[:] = [found[name] for name in wanted]
    steady.settle(network)
    passes.RemoveUnusedNodesPass()(network)
    passes.ClearMetadataAndDocStringPass()(network)
    _rename(graph, prefix=prefix)
    return network


def _real_inputs(graph: ir.Graph) -> list[ir.Value]:
    """Return the inputs that a caller feeds: old files list their weights among the inputs too."""
    return [value for value in graph.inputs if value.name not in graph.initializers]


def _problems(graph: ir.Graph, *, ends: Ends) -> list[str]:
    """Return what is wrong with inputs and outputs; empty when they fit the spec."""
    problems = []
    inputs = {str(value.name): value for value in _real_inputs(graph)}
    outputs = {str(value.name): value for value in graph.outputs}
    if sorted(inputs) != sorted(ends.inputs):
        alone = " alone" if len(ends.inputs) == 1 else ""
        problems.append(f"inputs {', '.join(inputs) or 'none'}; the spec says {', '.join(ends.inputs)}{alone}")
    missing = [name for name in ends.outputs if name not in outputs]
    if missing:
        problems.append(f"outputs {', '.join(outputs)}; the spec says {', '.join(missing)}")
    for kind, found, expected in (("input", inputs, ends.inputs), ("output", outputs, ends.outputs)):
        for name, sides in expected.items():
            if name in found:
                problems += _misfits(kind, found[name], sides)
    return problems


def _misfits(kind: str, value: ir.Value, expected: Sides) -> list[str]:
    problems = []
    if value.dtype not in FLOAT_TYPES:
        problems.append(f"{kind} {value.name} is {value.dtype}, expected FLOAT or FLOAT16")
    if value.shape is not None and not _fits(value.shape, expected):
        shown = ", ".join("n" if side is None else str(side) for side in expected)
        found = ", ".join(str(side) for side in value.shape)
        problems.append(f"{kind} {value.name} has shape [{found}], the spec means [{shown}]")
    return problems


def _fits(shape: ir.Shape, expected: Sides) -> bool:
    """Tell whether every fixed side equals the expected one; symbolic sides fit anything.

    A channel axis of 1 may be left out.
    """
    if len(shape) == len(expected) - 1 and expected[1] == 1:
        expected = (expected[0], *expected[2:])
    if len(shape) != len(expected):
        return False
    pairs = zip(shape, expected, strict=True)
    return all(side is None or not isinstance(dim, int) or dim == side for dim, side in pairs)


def _rename(graph: ir.Graph, *, prefix: str) -> None:
    """Give every node and value of the graph and its subgraphs a name of its own that begins with the prefix."""
    for depth, inner in enumerate([graph, *graph.subgraphs()]):
        scope = f"{prefix}/{depth}/" if depth else f"{prefix}/"
        for value in dict.fromkeys([*inner.inputs, *inner.initializers.values()]):
            value.name = scope + str(value.name)
    for number, node in enumerate(graph.all_nodes()):
        node.name = f"{prefix}/{node.op_type}_{number}"
        for place, value in enumerate(node.outputs):
            value.name = f"{node.name}:{place}" if value.name else ""
            value.shape = None


def _all_nodes(graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    nodes = list(graph.node)
    for node in graph.node:
        for attribute in node.attribute:
            for inner in [*([attribute.g] if attribute.HasField("g") else []), *attribute.graphs]:
                nodes += _all_nodes(inner)
    return nodes
