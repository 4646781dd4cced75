"""The stages of a graph: cut at bytes, chained again, told in `bundle.json`, and checked."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

pytest.importorskip("torch", reason="networks need the `train` extra")

from catseye_models.bundle import check, store
from catseye_models.compose.networks import Networks
from catseye_models.compose.plans import choose
from catseye_models.compose.recipe import offer_of
from catseye_models.compose.stages import Stage, cut
from catseye_models.errors import ModelError
from catseye_models.runtime import Session, chain
from tests import toy
from tests.glue import Array
from tests.test_light import FULL, PLANS, WEIGHTS, WORKING, exported, fused, run

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def networks() -> Networks:
    return exported()


def stages(networks: Networks, *plans: str) -> list[Stage]:
    return cut(networks, choose(plans, offer_of(networks, weights=WEIGHTS)), fixed_batch=False)


def chained(parts: list[Stage], frames: Array) -> dict[str, Array]:
    return chain((Session(one.data, name=one.info.name) for one in parts), {"frames": frames})


@pytest.mark.parametrize("size", [(200, 320), (256, 512), (64, 128)])
def test_chained_stages_equal_the_fused_graph_bit_for_bit_in_every_output(
    networks: Networks, size: tuple[int, int]
) -> None:
    frames = toy.frames(2, *size)
    together = run(fused(networks, *PLANS), frames)
    apart = chained(stages(networks, *PLANS), frames)
    assert set(together) <= set(apart)
    for name, value in together.items():
        np.testing.assert_array_equal(apart[name], value, err_msg=name)


def test_stages_show_what_lies_between(networks: Networks) -> None:
    found = chained(stages(networks, "synboost-light"), toy.frames(1, 256, 512))
    np.testing.assert_array_equal(found["class_map"], found["logits"].argmax(axis=1))
    assert found["logits"].shape == (1, 19, *FULL)
    assert found["picture"].shape == found["synthesis"].shape == (1, *WORKING, 3)
    assert found["difference"].dtype == np.float32
    np.testing.assert_array_equal(found["picture"][0], toy.frames(1, 256, 512)[0, 2::4, 2::4])
    assert set(np.unique(found["edges"])) == {0, 1}
    assert (found["labels"][:, :, 1:] != found["labels"][:, :, :-1])[found["edges"][:, :, 1:] == 0].sum() == 0


@pytest.mark.parametrize(
    ("plans", "names"),
    [
        (("entropy", "msp"), ["segmentation"]),
        (("resynthesis",), ["segmentation", "synthesis", "comparator"]),
        (("synboost-light", "entropy"), ["segmentation", "synthesis", "perceptual", "dissimilarity"]),
        (PLANS, ["segmentation", "synthesis", "perceptual", "dissimilarity", "comparator"]),
    ],
)
def test_only_stages_that_the_plans_need(networks: Networks, plans: tuple[str, ...], names: list[str]) -> None:
    assert [stage.info.name for stage in stages(networks, *plans)] == names


def test_segmentation_hands_on_only_what_is_taken(networks: Networks) -> None:
    def outputs(*plans: str) -> list[str]:
        return [one.name for one in stages(networks, *plans)[0].info.outputs]

    assert outputs("entropy") == ["logits", "class_map", "entropy.anomaly", "entropy.score"]
    assert outputs("resynthesis") == ["logits", "class_map", "semantic", "picture"]


def test_each_stage_holds_its_own_network_alone(networks: Networks) -> None:
    for stage in stages(networks, *PLANS):
        prefixes = {node.name.split("/")[0] for node in onnx.load_model_from_string(stage.data).graph.node}
        assert prefixes & set(networks.roles) - {stage.info.name} == set(), stage.info.name


def test_same_networks_give_the_same_bytes(networks: Networks) -> None:
    assert [one.data for one in stages(networks, *PLANS)] == [one.data for one in stages(networks, *PLANS)]


def test_manifest_tells_each_end_of_each_stage(imported_light: Path) -> None:
    told = {stage["name"]: stage for stage in json.loads((imported_light / "bundle.json").read_text())["stages"]}
    assert list(told) == ["segmentation", "synthesis", "perceptual", "dissimilarity"]
    assert told["segmentation"]["inputs"] == [{"name": "frames", "dtype": "uint8", "layout": "NHWC"}]
    full, working = ({"width": side[1], "height": side[0]} for side in (FULL, WORKING))
    outputs = {one["name"]: one for one in told["segmentation"]["outputs"]}
    assert outputs["logits"] == {"name": "logits", "dtype": "float32", "layout": "NCHW", "channels": 19, "size": full}
    assert outputs["entropy"] == {"name": "entropy", "dtype": "uint8", "layout": "NHW", "size": full}
    assert told["perceptual"]["inputs"] == [
        {"name": "picture", "dtype": "uint8", "layout": "NHWC", "size": working},
        {"name": "synthesis", "dtype": "uint8", "layout": "NHWC", "size": working},
    ]
    assert [one["name"] for one in told["dissimilarity"]["outputs"]] == [
        *("q", "dissimilarity", "synboost-light.anomaly", "synboost-light.score"),
    ]
    for stage in told.values():
        data = (imported_light / stage["file"]).read_bytes()
        assert (stage["bytes"], stage["sha256"]) == (len(data), store.sha256(data))


def test_check_runs_the_golden_frame_through_the_stages(imported_light: Path) -> None:
    lines = check.require_sound(store.read(imported_light))
    alone = [line for line in lines if line.startswith("golden ")]
    assert [line for line in lines if line.startswith("stages: ")] == [f"stages: {line}" for line in alone]


def spoilt(stage: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    other = copy.deepcopy(stage)
    change(other)
    return other


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda one: one.pop("sha256"), "bundle.json: stages[1].sha256: missing"),
        (lambda one: one["inputs"][0].update(name="magic"), "stage synthesis: takes magic, which no stage before it"),
        (lambda one: one["inputs"][0].update(dtype="float32"), "stage synthesis: takes semantic, which no stage"),
        (lambda one: one["outputs"][0].update(layout="WHN"), "stage synthesis: labels has layout 'WHN'"),
        (
            lambda one: one["outputs"][0]["size"].update(width=1),
            "stages/synthesis.onnx: labels has shape ",
        ),
        (lambda one: one.update(bytes=1), "stages/synthesis.onnx: "),
        (lambda one: one.update(file="stages/nowhere.onnx"), "stages/nowhere.onnx: missing"),
    ],
)
def test_check_names_what_is_wrong_with_a_stage(
    imported_light: Path, change: Callable[[dict[str, Any]], object], problem: str
) -> None:
    files = store.read(imported_light)
    manifest = json.loads(files[store.MANIFEST])
    manifest["stages"][1] = spoilt(manifest["stages"][1], change)
    with pytest.raises(ModelError) as failure:
        check.require_sound({**files, store.MANIFEST: json.dumps(manifest).encode()})
    assert any(one.startswith(problem) for one in failure.value.problems), failure.value.problems


def test_check_finds_stages_that_answer_otherwise(imported_light: Path) -> None:
    files = store.read(imported_light)
    model = onnx.load_model_from_string(files["stages/dissimilarity.onnx"])
    for weight in model.graph.initializer:
        if weight.name.endswith("conv11.bias"):
            weight.raw_data = np.asarray([0, 9], dtype=np.float32).tobytes()
    data = model.SerializeToString()
    manifest = json.loads(files[store.MANIFEST])
    manifest["stages"][3].update(bytes=len(data), sha256=store.sha256(data))
    changed = {**files, store.MANIFEST: json.dumps(manifest).encode(), "stages/dissimilarity.onnx": data}
    with pytest.raises(ModelError) as failure:
        check.require_sound(changed)
    (problem,) = failure.value.problems
    assert problem.startswith("stages: golden synboost-light.anomaly: 0.0")
