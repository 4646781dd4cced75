"""A whole anomaly network of somebody else as the plan `external`."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnx_ir as ir
import pytest
from onnxscript import GraphBuilder

from catseye_models import cli
from catseye_models.anomaly_spec import AnomalySpec
from catseye_models.bundle import check, store
from catseye_models.errors import UsageError
from catseye_models.runtime import Session
from tests import toy
from tests.glue import Array

SPEC: dict[str, Any] = {
    "input": "picture",
    "order": "BGR",
    "size": [48, 24],
    "resize": "pillow-bilinear",
    "scale": 1,
    "mean": [0, 0, 0],
    "std": [1, 1, 1],
    "anomaly": "map",
    "range": [100, 300],
    "map_size": [24, 12],
    "licence": "MIT",
    "source": "drawn for this test",
}


def write(folder: Path, *, flat: bool = False, **changes: Any) -> tuple[Path, Path]:
    """Write a network that sums blue, green and red of every second pixel, and its spec; return their paths."""
    picture = ir.val("picture", dtype=ir.DataType.FLOAT, shape=["n", 3, 24, 48])
    graph = ir.Graph([picture], [], nodes=[], opset_imports={"": 18}, name="foreign")
    builder = GraphBuilder(graph)
    op = builder.op
    sums = op.ReduceSum(op.Slice(picture, [0, 0], [24, 48], [2, 3], [2, 2]), [1], keepdims=0 if flat else 1)
    builder.add_output(sums, "map")
    graph.outputs[0].dtype = ir.DataType.FLOAT
    graph.outputs[0].shape = ir.Shape(["n", 12, 24] if flat else ["n", 1, 12, 24])
    onnx.save(ir.to_proto(ir.Model(graph, ir_version=10)), folder / "foreign.onnx")
    (folder / "foreign.json").write_text(json.dumps({**SPEC, **changes}))
    return folder / "foreign.onnx", folder / "foreign.json"


def compose(folder: Path, *arguments: str) -> dict[str, bytes]:
    """Run `compose` and return the files of a sound bundle."""
    assert cli.main(["compose", *arguments, "-o", str(folder / "bundle")]) == 0
    files = store.read(folder / "bundle")
    check.require_sound(files)
    return files


def scores(files: dict[str, bytes], frame: Array) -> dict[str, Array]:
    return Session(files["graphs/fused.onnx"], name="fused").run(frames=frame)


@pytest.mark.parametrize("flat", [False, True])
def test_foreign_network_is_fed_and_scaled_as_its_spec_says(tmp_path: Path, flat: bool) -> None:
    path, spec = write(tmp_path, flat=flat)
    files = compose(tmp_path, "--anomaly", str(path), "--spec", str(spec), "--plans", "external")
    frame = toy.frames(1, 24, 48)
    found = scores(files, frame)
    sums = frame.astype(np.float64).sum(axis=3)[:, ::2, ::2]
    np.testing.assert_allclose(found["external.score"], np.clip((sums - 100) / 200, 0, 1), atol=1e-5)

    manifest = json.loads(files[store.MANIFEST])
    assert manifest["graphs"][0]["working_size"] == {"width": 24, "height": 12}
    assert (manifest["licence"], manifest["name"]) == ("MIT", "anomaly")
    (plan,) = manifest["plans"]
    assert plan["class_map"] is None


def test_network_that_counts_downwards_has_its_range_turned_round(tmp_path: Path) -> None:
    path, spec = write(tmp_path, range=[300, 100])
    files = compose(tmp_path, "--anomaly", str(path), "--spec", str(spec), "--plans", "external")
    black = np.zeros((1, 24, 48, 3), dtype=np.uint8)
    assert (scores(files, black)["external.anomaly"] == 255).all()


def test_foreign_network_stands_beside_the_plans_of_a_segmentation_network(tmp_path: Path) -> None:
    path, spec = write(tmp_path)
    segmentation, segmentation_spec = toy.write(tmp_path)
    files = compose(
        tmp_path,
        *("--segmentation", str(segmentation), "--spec", str(segmentation_spec)),
        *("--anomaly", str(path), "--anomaly-spec", str(spec), "--plans", "msp,external", "--modules"),
    )
    manifest = json.loads(files[store.MANIFEST])
    assert [module["name"] for module in manifest["modules"]] == ["segmentation", "external"]
    sizes = {output["name"]: output.get("size") for output in manifest["graphs"][0]["outputs"]}
    assert sizes == {
        "msp.anomaly": None,
        "msp.score": None,
        "external.anomaly": {"width": 24, "height": 12},
        "external.score": {"width": 24, "height": 12},
        "class_map": None,
    }


def test_carried_foreign_network_composes_again(tmp_path: Path) -> None:
    path, spec = write(tmp_path)
    first = compose(tmp_path, "--anomaly", str(path), "--spec", str(spec), "--plans", "external", "--modules")
    (tmp_path / "again").mkdir()
    again = compose(tmp_path / "again", "--from", str(tmp_path / "bundle"), "--plans", "external", "--modules")
    assert first["graphs/fused.onnx"] == again["graphs/fused.onnx"]


def test_map_of_another_size_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, spec = write(tmp_path, map_size=[48, 24])
    command = ["compose", "--anomaly", str(path), "--spec", str(spec), "--plans", "external", "-o", str(tmp_path / "b")]
    assert cli.main(command) == 1
    assert "output map has shape [n, 1, 12, 24], the spec means [n, 1, 24, 48]" in capsys.readouterr().err


def test_every_mistake_of_the_spec_is_listed(tmp_path: Path) -> None:
    _, spec = write(tmp_path, range=[1, 1], anomaly=7, mapsize=[1, 1])
    with pytest.raises(UsageError) as failure:
        AnomalySpec.read(spec)
    assert failure.value.problems == (
        "foreign.json: mapsize: unknown key, did you mean map_size?",
        "foreign.json: range: [1, 1] has no width",
        "foreign.json: anomaly: 7 is not text",
    )


def test_map_size_is_that_of_the_input_unless_told(tmp_path: Path) -> None:
    _, spec = write(tmp_path)
    values = json.loads(spec.read_text())
    del values["map_size"]
    parsed = AnomalySpec.parse(values, where="spec")
    assert (parsed.map_width, parsed.map_height) == (48, 24)
    assert AnomalySpec.parse(json.loads(json.dumps(parsed.values())), where="spec") == parsed


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "no network: name one with --segmentation, --anomaly or --from"),
        (["--segmentation", "net.onnx"], "--segmentation net.onnx: needs --spec"),
        (["--spec", "net.json", "--from", "bundle"], "--spec net.json: needs --segmentation"),
        (["--anomaly", "net.onnx"], "--anomaly net.onnx: needs --anomaly-spec"),
        (
            ["--segmentation", "net.onnx", "--spec", "net.json", "--anomaly", "other.onnx"],
            "--anomaly other.onnx: needs --anomaly-spec",
        ),
    ],
)
def test_network_without_spec_and_spec_without_network_are_bad_usage(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["compose", *arguments, "--plans", "entropy", "-o", "nowhere"]) == 2
    assert f"catseye-models compose: {says}" in capsys.readouterr().err.splitlines()
