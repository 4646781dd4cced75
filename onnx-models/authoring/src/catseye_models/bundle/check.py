"""Finds everything that is wrong with a bundle: manifest, files, graphs, plans, golden answers."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from catseye_models.bundle import graphs, shape, stages
from catseye_models.bundle.manifest import FORMAT
from catseye_models.bundle.store import MANIFEST, leaves_the_bundle, sha256
from catseye_models.ends import Sides
from catseye_models.errors import ModelError
from catseye_models.pictures import decode
from catseye_models.runtime import Array, Session
from catseye_models.spec import OPSET


def require_sound(files: Mapping[str, bytes]) -> list[str]:
    """Return one line per golden answer; raise `ModelError` with every problem of the bundle."""
    manifest = _read_manifest(files)
    problems = _file_problems(manifest, files) + _plan_problems(manifest)
    for graph in manifest["graphs"]:
        if graph["file"] in files:
            problems += [f"{graph['file']}: {problem}" for problem in _graph_problems(graph, files[graph["file"]])]
    problems += stages.problems(manifest.get("stages", []), files)
    if problems:
        raise ModelError(*problems)

    passed, failed = _golden(manifest, files)
    if failed:
        raise ModelError(*failed)
    return passed


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
    if isinstance(manifest, dict) and "stages" in manifest:
        problems += shape.mistakes(manifest["stages"], shape.STAGES, where="stages")
    if problems:
        raise ModelError(*(f"{MANIFEST}: {problem}" for problem in problems))
    return dict(manifest)


def _named_files(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    golden = manifest["golden"]
    graphs_and_networks = [*manifest["graphs"], *manifest["modules"], *manifest.get("stages", [])]
    return [*graphs_and_networks, golden["frame"], *golden["expected"]]


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
        graph["file"]: {output["name"]: list(_sides(graph, output)) for output in graph["outputs"]}
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
    ends: dict[str, tuple[str, Sides]] = {graph["input"]["name"]: (graph["input"]["dtype"], graphs.FRAMES_SIDES)}
    ends |= {output["name"]: (output["dtype"], _sides(graph, output)) for output in graph["outputs"]}
    told = graph["opset"]
    wrong = [] if told == OPSET else [f"the manifest says opset {told}, expected {OPSET}"]
    return wrong + graphs.problems(data, ends=ends, precision=graph["precision"])


def _sides(graph: dict[str, Any], output: dict[str, Any]) -> Sides:
    """Return the shape that the manifest gives an output; its size is the graph's unless it has its own."""
    size = output.get("size", graph["working_size"])
    return (None, size["height"], size["width"], *([3] if output["layout"] == "NHWC" else []))


def _golden(manifest: dict[str, Any], files: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Run the golden frame; return one line per answer that holds and one per answer that does not.

    When the graphs pass, the stages answer for themselves.
    """
    path = manifest["golden"]["frame"]["file"]
    frames = decode(files[path], name=path, mode="RGB")[None]
    expected = manifest["golden"]["expected"]
    passed: list[str] = []
    failed: list[str] = []
    for graph in manifest["graphs"]:
        session = Session(files[graph["file"]], name=graph["file"])
        outputs = session.run(**{graph["input"]["name"]: frames})
        strangers = [entry["output"] for entry in expected if entry["output"] not in outputs]
        failed += [f"golden: {graph['file']} has no output {name!r}" for name in strangers]
        _sort(_answers(expected, outputs, files), passed, failed)
    if manifest.get("stages") and not failed:
        made = stages.run(manifest["stages"], files, frames)
        _sort((("stages: " + line, good) for line, good in _answers(expected, made, files)), passed, failed)
    return passed, failed


def _answers(
    expected: list[dict[str, Any]], outputs: Mapping[str, Array], files: Mapping[str, bytes]
) -> Iterator[tuple[str, bool]]:
    for entry in expected:
        if entry["output"] in outputs:
            plane = decode(files[entry["file"]], name=entry["file"], mode="L")
            yield _compare(entry, outputs[entry["output"]][0], plane)


def _sort(lines: Iterable[tuple[str, bool]], passed: list[str], failed: list[str]) -> None:
    for line, good in lines:
        (passed if good else failed).append(line)


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
