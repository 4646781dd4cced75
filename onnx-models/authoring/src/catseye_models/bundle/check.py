"""Finds everything that is wrong with a bundle: manifest, files, graphs, plans, golden answers."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from google.protobuf.message import DecodeError

from catseye_models.bundle import shape
from catseye_models.bundle.manifest import FORMAT
from catseye_models.bundle.precision import precision_of
from catseye_models.bundle.store import MANIFEST, leaves_the_bundle, sha256
from catseye_models.errors import ModelError
from catseye_models.pictures import decode
from catseye_models.runtime import Array, Session
from catseye_models.spec import OPSET

DTYPES = {"uint8": onnx.TensorProto.UINT8, "float32": onnx.TensorProto.FLOAT}


def require_sound(files: Mapping[str, bytes]) -> list[str]:
    """Return one line per golden answer; raise `ModelError` with every problem of the bundle."""
    manifest = _read_manifest(files)
    problems = _file_problems(manifest, files) + _plan_problems(manifest)
    for graph in manifest["graphs"]:
        if graph["file"] in files:
            problems += [f"{graph['file']}: {problem}" for problem in _graph_problems(graph, files[graph["file"]])]
    if problems:
        raise ModelError(*problems)

    lines = []
    for graph in manifest["graphs"]:
        passed, failed = _golden(manifest, graph, files)
        lines += passed
        problems += failed
    if problems:
        raise ModelError(*problems)
    return lines


def _read_manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    if MANIFEST not in files:
        raise ModelError(f"{MANIFEST}: missing; this is no bundle")
    try:
        manifest = json.loads(files[MANIFEST])
    except (UnicodeDecodeError, json.JSONDecodeError) as mistake:
        raise ModelError(f"{MANIFEST}: not JSON: {mistake}") from None
    if isinstance(manifest, dict) and manifest.get("format") != FORMAT:
        raise ModelError(f"{MANIFEST}: format {manifest.get('format')!r}, this program reads {FORMAT}")
    problems = shape.mistakes(manifest, shape.FORM)
    if problems:
        raise ModelError(*(f"{MANIFEST}: {problem}" for problem in problems))
    return dict(manifest)


def _named_files(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    golden = manifest["golden"]
    return [*manifest["graphs"], *manifest["modules"], golden["frame"], *golden["expected"]]


def _file_problems(manifest: dict[str, Any], files: Mapping[str, bytes]) -> list[str]:
    problems = []
    for entry in _named_files(manifest):
        path = entry["file"]
        if leaves_the_bundle(path):
            problems.append(f"{path}: leaves the bundle")
        elif path not in files:
            problems.append(f"{path}: missing")
        elif len(files[path]) != entry["bytes"]:
            problems.append(f"{path}: {len(files[path])} bytes, the manifest says {entry['bytes']}")
        elif sha256(files[path]) != entry["sha256"]:
            problems.append(f"{path}: sha256 {sha256(files[path])}, the manifest says {entry['sha256']}")
    known = {MANIFEST, *(entry["file"] for entry in _named_files(manifest))}
    return problems + [f"{path}: not named in {MANIFEST}" for path in files if path not in known]


def _plan_problems(manifest: dict[str, Any]) -> list[str]:
    outputs = {
        graph["file"]: {output["name"]: _sides(graph, output) for output in graph["outputs"]}
        for graph in manifest["graphs"]
    }
    names = [plan["name"] for plan in manifest["plans"]]
    problems = [
        f"plan {name}: there are {names.count(name)} of it" for name in dict.fromkeys(names) if names.count(name) > 1
    ]
    if manifest["default_plan"] not in names:
        problems.append(f"default_plan {manifest['default_plan']!r} is none of {', '.join(names) or 'no plans'}")
    for plan in manifest["plans"]:
        if plan["graph"] not in outputs:
            problems.append(f"plan {plan['name']}: graph {plan['graph']!r} is not in the bundle")
            continue
        sides = outputs[plan["graph"]]
        missing = {plan["output"], plan["class_map"]} - set(sides) - {None}
        problems += [f"plan {plan['name']}: {plan['graph']} has no output {output!r}" for output in sorted(missing)]
        if plan["class_map"] and not missing and sides[plan["class_map"]] != sides[plan["output"]]:
            problems.append(
                f"plan {plan['name']}: class map {plan['class_map']} is {sides[plan['class_map']]}, "
                f"its anomaly map {sides[plan['output']]}; a region is asked for the class of its pixels"
            )
        if not plan["operating_points"]:
            problems.append(f"plan {plan['name']}: no operating point")
        problems += [
            f"plan {plan['name']}: threshold {point['threshold']} of {point['name']} is outside [0, 1]"
            for point in plan["operating_points"]
            if not 0 <= point["threshold"] <= 1
        ]
    return problems


def _graph_problems(graph: dict[str, Any], data: bytes) -> list[str]:
    try:
        model = onnx.load_model_from_string(data)
        if any(weight.data_location == onnx.TensorProto.EXTERNAL for weight in model.graph.initializer):
            return ["keeps weights in another file (external data)"]
        onnx.checker.check_model(model, full_check=True)
    except DecodeError:
        return [f"not an ONNX file, or cut off ({len(data)} bytes)"]
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError, ValueError) as mistake:
        return [f"damaged graph: {' '.join(str(mistake).split())}"]
    problems = []
    opsets = {entry.domain: entry.version for entry in model.opset_import}
    if opsets != {"": OPSET} or graph["opset"] != OPSET:
        problems.append(
            f"imports opsets {opsets}, manifest says {graph['opset']}, expected the default domain at {OPSET}"
        )
    if model.functions:
        problems.append(f"has {len(model.functions)} local functions; they must be inlined")
    if precision_of(model.graph) != graph["precision"]:
        problems.append(f"computes in {precision_of(model.graph)}, the manifest says {graph['precision']}")
    expected = {graph["input"]["name"]: (graph["input"]["dtype"], [None, None, None, 3])}
    expected |= {output["name"]: (output["dtype"], _sides(graph, output)) for output in graph["outputs"]}
    found = {value.name: value for value in [*model.graph.input, *model.graph.output]}
    if set(found) != set(expected):
        problems.append(f"has inputs and outputs {sorted(found)}, the manifest says {sorted(expected)}")
    for name in sorted(set(found) & set(expected)):
        problems += _value_problems(found[name], *expected[name])
    return problems


def _sides(graph: dict[str, Any], output: dict[str, Any]) -> list[int | None]:
    """Return the shape that the manifest gives an output; its size is the graph's unless it has its own."""
    size = output.get("size", graph["working_size"])
    return [None, size["height"], size["width"], *([3] if output["layout"] == "NHWC" else [])]


def _value_problems(value: onnx.ValueInfoProto, dtype: str, sides: list[int | None]) -> list[str]:
    """Compare dtype and shape of one graph input or output; a side of None may be anything."""
    tensor = value.type.tensor_type
    shape_found = [dim.dim_value if dim.HasField("dim_value") else None for dim in tensor.shape.dim]
    problems = []
    if tensor.elem_type != DTYPES.get(dtype):
        problems.append(
            f"{value.name} is {onnx.TensorProto.DataType.Name(tensor.elem_type)}, the manifest says {dtype}"
        )
    if len(shape_found) != len(sides) or any(
        side not in (None, got) for got, side in zip(shape_found, sides, strict=True)
    ):
        problems.append(f"{value.name} has shape {shape_found}, expected {sides}")
    return problems


def _golden(manifest: dict[str, Any], graph: dict[str, Any], files: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Run the golden frame; return one line per answer that holds and one per answer that does not."""
    path = manifest["golden"]["frame"]["file"]
    frame = decode(files[path], name=path, mode="RGB")
    session = Session(files[graph["file"]], name=graph["file"])
    outputs = session.run(**{graph["input"]["name"]: frame[None]})
    passed: list[str] = []
    failed: list[str] = []
    for entry in manifest["golden"]["expected"]:
        if entry["output"] not in outputs:
            failed.append(f"golden: {graph['file']} has no output {entry['output']!r}")
            continue
        expected = decode(files[entry["file"]], name=entry["file"], mode="L")
        line, good = _compare(entry, outputs[entry["output"]][0], expected)
        (passed if good else failed).append(line)
    return passed, failed


def _compare(entry: dict[str, Any], actual: Array, expected: Array) -> tuple[str, bool]:
    name = f"golden {entry['output']}"
    if actual.shape != expected.shape:
        return f"{name}: {list(actual.shape)} pixels, expected {list(expected.shape)}", False
    difference = np.abs(actual.astype(np.int16) - expected.astype(np.int16))
    share = float((difference <= entry["max_difference"]).mean())
    line = (
        f"{name}: {share:.6f} of {difference.size} pixels within {entry['max_difference']} (at least {entry['share']})"
    )
    return line, share >= entry["share"]
