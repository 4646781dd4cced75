"""A bundle written, read back, damaged in every way, and refused with the whole list."""

import json
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from catseye_models.bundle import check, store
from catseye_models.bundle.manifest import GOLDEN_FRAME, GRAPH
from catseye_models.bundle.provenance import Provenance
from catseye_models.compose import golden, sources
from catseye_models.compose.networks import Networks
from catseye_models.compose.recipe import compose
from catseye_models.errors import AuthoringError, ModelError, UsageError
from catseye_models.pictures import png
from tests import toy

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The files of a sound bundle with two plans and its module."""
    path, _ = toy.write(tmp_path_factory.mktemp("toy"))
    return compose(
        Networks(segmentation=sources.segmentation(path, toy.SPEC)),
        plan_names=["entropy", "msp"],
        name="toy",
        version="1",
        frame=golden.drawn_frame(),
        provenance=Provenance(),
        carry_modules=True,
    ).files


def problems(files: Files) -> list[str]:
    with pytest.raises(ModelError) as failure:
        check.require_sound(files)
    return list(failure.value.problems)


def changed(files: Files, change: Callable[[dict[str, Any]], object]) -> Files:
    """Return the files with `change` made to the manifest."""
    manifest = json.loads(files[store.MANIFEST])
    change(manifest)
    return {**files, store.MANIFEST: json.dumps(manifest).encode()}


def with_graph(files: Files, change: Callable[[onnx.ModelProto], object]) -> Files:
    """Return the files with `change` made to the graph, its size and hash told truly."""
    model = onnx.load_model_from_string(files[GRAPH])
    change(model)
    data = model.SerializeToString()
    told = {"bytes": len(data), "sha256": store.sha256(data)}
    return changed({**files, GRAPH: data}, lambda manifest: manifest["graphs"][0].update(told))


def test_sound_bundle_has_one_line_per_golden_answer(sound: Files) -> None:
    lines = check.require_sound(sound)
    assert [line.split(":")[0] for line in lines] == [
        "golden entropy.anomaly",
        "golden msp.anomaly",
        "golden class_map",
        "stages",
        "stages",
        "stages",
    ]
    assert all("1.000000 of 2048 pixels" in line for line in lines)


def test_manifest_says_what_the_graph_is(sound: Files) -> None:
    manifest = json.loads(sound[store.MANIFEST])
    (graph,) = manifest["graphs"]
    assert (manifest["format"], manifest["default_plan"]) == (1, "entropy")
    assert (graph["opset"], graph["precision"]) == (18, "fp32")
    assert graph["working_size"] == {"width": 64, "height": 32}
    assert graph["sha256"] == store.sha256(sound[GRAPH])
    assert [(one["name"], one["always"]) for one in graph["outputs"]] == [
        ("entropy.anomaly", True),
        ("entropy.score", False),
        ("msp.anomaly", True),
        ("msp.score", False),
        ("class_map", False),
    ]
    assert manifest["plans"][0]["operating_points"][0]["name"] == "uncalibrated"
    (module,) = manifest["modules"]
    assert (module["name"], module["file"]) == ("segmentation", "modules/segmentation.onnx")
    assert module["spec"] == json.loads(toy.SPEC.to_json())


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_written_bundle_reads_back_equal(sound: Files, tmp_path: Path, name: str) -> None:
    store.write(tmp_path / name, sound)
    assert store.read(tmp_path / name) == dict(sorted(sound.items())) == sound
    assert [path.name for path in tmp_path.iterdir()] == [name]  # nothing half-written beside it


def test_two_zips_of_the_same_files_are_equal(sound: Files, tmp_path: Path) -> None:
    store.write(tmp_path / "a.zip", sound)
    store.write(tmp_path / "b.zip", dict(reversed(sound.items())))
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_existing_bundle_gives_way_only_when_asked(sound: Files, tmp_path: Path) -> None:
    target = tmp_path / "bundle"
    store.write(target, {**sound, "old": b""})
    with pytest.raises(UsageError, match="--replace"):
        store.write(target, sound)
    store.write(target, sound, replace=True)
    assert store.read(target) == sound


def test_folder_that_is_no_bundle_is_never_replaced(sound: Files, tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(UsageError, match="exists and is no bundle"):
        store.write(tmp_path, sound, replace=True)
    assert (tmp_path / "holiday.jpg").exists()


def test_every_wrong_file_is_listed_at_once(sound: Files) -> None:
    files = {**sound, "notes.txt": b"hello"}
    files[GRAPH] = files[GRAPH][:-1]
    files[GOLDEN_FRAME] = b"\x00" + files[GOLDEN_FRAME][1:]
    del files["modules/segmentation.onnx"]
    found = problems(files)
    assert found[0].startswith(f"{GRAPH}: {len(sound[GRAPH]) - 1} bytes, the manifest says {len(sound[GRAPH])}")
    assert found[1] == "modules/segmentation.onnx: missing"
    assert found[2].startswith(f"{GOLDEN_FRAME}: sha256 ")
    assert found[3] == "notes.txt: not named in bundle.json"


@pytest.mark.parametrize("path", ["../graphs/fused.onnx", "/etc/passwd", "a\\b", "", "./graphs/fused.onnx", "a//b"])
def test_path_that_leaves_the_bundle_is_named(sound: Files, path: str) -> None:
    files = changed(sound, lambda manifest: manifest["graphs"][0].update(file=path))
    assert f"{path}: leaves the bundle" in problems(files)


def test_manifest_mistakes_are_listed_at_once(sound: Files) -> None:
    def spoil(manifest: dict[str, Any]) -> None:
        del manifest["name"]
        manifest["graphs"][0]["bytes"] = "many"
        manifest["graphs"][0]["outputs"][1]["always"] = 1
        manifest["plans"] = {}

    assert problems(changed(sound, spoil)) == [
        "bundle.json: name: missing",
        "bundle.json: graphs[0].bytes: expected int, found 'many'",
        "bundle.json: graphs[0].outputs[1].always: expected bool, found 1",
        "bundle.json: plans: expected a list, found {}",
    ]


def test_plan_mistakes_are_listed_at_once(sound: Files) -> None:
    def spoil(manifest: dict[str, Any]) -> None:
        entropy, msp = manifest["plans"]
        manifest["default_plan"] = "magic"
        entropy["output"] = "magic.anomaly"
        entropy["operating_points"] = []
        msp["graph"] = "graphs/other.onnx"
        manifest["plans"].append({**entropy, "output": "msp.anomaly", "operating_points": [point(1.5)]})

    def point(threshold: float) -> dict[str, object]:
        return {"name": "p", "threshold": threshold, "source": "s"}

    assert problems(changed(sound, spoil)) == [
        "plan entropy: there are 2 of it",
        "default_plan 'magic' is none of entropy, msp, entropy",
        "plan entropy: graphs/fused.onnx has no output 'magic.anomaly'",
        "plan entropy: no operating point",
        "plan msp: graph 'graphs/other.onnx' is not in the bundle",
        "plan entropy: threshold 1.5 of p is outside [0, 1]",
    ]


def test_class_map_of_other_pixels_than_the_score_is_refused(sound: Files) -> None:
    def spoil(manifest: dict[str, Any]) -> None:
        (class_map,) = (one for one in manifest["graphs"][0]["outputs"] if one["name"] == "class_map")
        class_map["size"] = {"width": 32, "height": 16}

    found = problems(changed(sound, spoil))
    assert (
        "plan entropy: class map class_map is [None, 16, 32], its anomaly map [None, 32, 64]; "
        "a region is asked for the class of its pixels"
    ) in found
    assert f"{GRAPH}: class_map has shape [None, 32, 64], expected [None, 16, 32]" in found


def test_output_of_half_a_size_is_refused(sound: Files) -> None:
    def spoil(manifest: dict[str, Any]) -> None:
        manifest["graphs"][0]["outputs"][0]["size"] = {"width": 64}

    assert problems(changed(sound, spoil)) == ["bundle.json: graphs[0].outputs[0].size.height: missing"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "bundle.json: not JSON"),
        (b"\xff\xfe", "bundle.json: not JSON"),
        (b"[]", "bundle.json: whole file: expected an object, found []"),
        (b'{"format": 2}', "bundle.json: format 2, this program reads 1"),
    ],
)
def test_manifest_that_is_no_manifest_is_one_problem(sound: Files, content: bytes, message: str) -> None:
    (problem,) = problems({**sound, store.MANIFEST: content})
    assert problem.startswith(message)


def test_missing_manifest_is_one_problem(sound: Files) -> None:
    assert problems({GRAPH: sound[GRAPH]}) == ["bundle.json: missing; this is no bundle"]


def test_graph_of_another_opset_or_domain_is_refused(sound: Files) -> None:
    def spoil(model: onnx.ModelProto) -> None:
        model.opset_import[0].version = 19
        model.opset_import.append(onnx.helper.make_opsetid("com.acme", 1))

    (problem,) = problems(with_graph(sound, spoil))
    assert problem.startswith(f"{GRAPH}: imports opsets {{'': 19, 'com.acme': 1}}")


def test_graph_with_other_shapes_and_names_is_refused(sound: Files) -> None:
    def spoil(manifest: dict[str, Any]) -> None:
        manifest["graphs"][0]["working_size"]["width"] = 63
        manifest["graphs"][0]["outputs"].pop(1)
        manifest["graphs"][0]["outputs"][0]["dtype"] = "float32"

    found = problems(changed(sound, spoil))
    assert any("the manifest says" in problem and "has inputs and outputs" in problem for problem in found)
    assert f"{GRAPH}: entropy.anomaly is UINT8, the manifest says float32" in found
    assert f"{GRAPH}: class_map has shape [None, 32, 64], expected [None, 32, 63]" in found


def test_graph_with_weights_elsewhere_is_refused(sound: Files) -> None:
    def spoil(model: onnx.ModelProto) -> None:
        weight = model.graph.initializer[0]
        weight.data_location = onnx.TensorProto.EXTERNAL
        weight.external_data.add(key="location", value="weights.bin")

    assert problems(with_graph(sound, spoil)) == [f"{GRAPH}: keeps weights in another file (external data)"]


def test_graph_of_random_bytes_is_refused(sound: Files) -> None:
    data = np.random.default_rng(5).bytes(999)
    told = {"bytes": len(data), "sha256": store.sha256(data)}
    files = changed({**sound, GRAPH: data}, lambda manifest: manifest["graphs"][0].update(told))
    assert problems(files) == [f"{GRAPH}: not an ONNX file, or cut off (999 bytes)"]


def test_golden_answer_that_the_graph_does_not_give_is_refused(sound: Files) -> None:
    other = png(np.full((32, 64), 9, np.uint8))
    told = {"bytes": len(other), "sha256": store.sha256(other)}
    path = "golden/msp.anomaly.png"
    files = changed({**sound, path: other}, lambda manifest: manifest["golden"]["expected"][1].update(told))
    (problem,) = problems(files)
    assert problem.startswith("golden msp.anomaly: 0.")
    assert problem.endswith("of 2048 pixels within 1 (at least 0.999)")


def test_golden_picture_of_another_size_or_that_is_none_is_refused(sound: Files) -> None:
    for data, message in (
        (png(np.zeros((4, 4), np.uint8)), "golden msp.anomaly: [32, 64] pixels, expected [4, 4]"),
        (b"no picture", "golden/msp.anomaly.png: not a picture that can be read"),
    ):
        told = {"bytes": len(data), "sha256": store.sha256(data)}
        path = "golden/msp.anomaly.png"
        (problem,) = problems(changed({**sound, path: data}, partial(_tell_second_answer, told)))
        assert problem.startswith(message)


def _tell_second_answer(told: dict[str, object], manifest: dict[str, Any]) -> None:
    manifest["golden"]["expected"][1].update(told)


def test_link_in_a_folder_is_refused(sound: Files, tmp_path: Path) -> None:
    store.write(tmp_path / "b", sound)
    (tmp_path / "b" / "golden" / "link").symlink_to("/etc/hostname")
    with pytest.raises(ModelError, match=r"golden/link: is a link"):
        store.read(tmp_path / "b")


def test_zip_that_climbs_out_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../evil", b"x")
    with pytest.raises(ModelError, match=r"evil\.zip: member '\.\./evil' leaves the bundle"):
        store.read(tmp_path / "evil.zip")


def test_damaged_zip_and_missing_bundle_are_named(sound: Files, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    store.write(path, sound)
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(ModelError, match=r"b\.zip: damaged zip"):
        store.read(path)
    path.write_bytes(b"no zip")
    with pytest.raises(ModelError, match=r"b\.zip: neither a folder nor a zip"):
        store.read(path)
    with pytest.raises(ModelError, match=r"nowhere: no such bundle"):
        store.read(tmp_path / "nowhere")


def test_provenance_mistakes_are_listed_at_once(tmp_path: Path) -> None:
    path = tmp_path / "told.json"
    point = {"name": "tpr95", "threshold": 2, "sauce": "x"}
    path.write_text(json.dumps({"data": 1, "measured": {}, "operating_points": {"entropy": [point, 3]}}))
    with pytest.raises(UsageError) as failure:
        Provenance.read(path)
    assert failure.value.problems == (
        "told.json: measured: {} is not a list",
        "told.json: data: 1 is not text",
        "told.json: operating_points.entropy[0].sauce: unknown key, did you mean source?",
        "told.json: operating_points.entropy[0].threshold: 2 is outside [0, 1]",
        "told.json: operating_points.entropy[0].source: missing",
        "told.json: operating_points.entropy[1]: 3 is not an object",
    )


def test_provenance_stands_in_the_manifest(tmp_path: Path) -> None:
    onnx_path, _ = toy.write(tmp_path)
    told = tmp_path / "told.json"
    point = {"name": "tpr95", "threshold": 0.25, "source": "drawn drives"}
    told.write_text(json.dumps({"data": "drawn", "measured": [{"ap": 0.5}], "operating_points": {"msp": [point]}}))

    def made(*plans: str) -> dict[str, Any]:
        files = compose(
            Networks(segmentation=sources.segmentation(onnx_path, toy.SPEC)),
            plan_names=plans,
            name="toy",
            version="1",
            frame=golden.drawn_frame(),
            provenance=Provenance.read(told),
        ).files
        return dict(json.loads(files[store.MANIFEST]))

    manifest = made("entropy", "msp")
    assert manifest["plans"][1]["operating_points"] == [point]
    assert manifest["provenance"]["measured"] == [{"ap": 0.5}]
    with pytest.raises(AuthoringError, match="operating points for msp, which is no plan of this bundle"):
        made("entropy")
