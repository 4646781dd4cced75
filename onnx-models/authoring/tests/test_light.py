"""The plans of SynBoost Light and Image Resynthesis, composed of small networks with drawn weights."""

import dataclasses
import functools
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="networks need the `train` extra")

import onnx

from catseye_models import cli
from catseye_models.bundle import check, store
from catseye_models.compose import pixels, sources, synboost, weights
from catseye_models.compose.fuse import Fused, fuse
from catseye_models.compose.networks import Networks
from catseye_models.compose.plans import SOFTMAX, Offer, choose
from catseye_models.compose.recipe import offer_of
from catseye_models.errors import ModelError, UsageError
from catseye_models.labels import LabelSpace
from catseye_models.released import account
from catseye_models.released.bundle import networks_of
from catseye_models.released.modules import ExportedModule
from catseye_models.runtime import Session
from catseye_models.torch_export import to_onnx
from tests import glue, released, toy
from tests.glue import Array

pytestmark = pytest.mark.torch

SPEC = released.RELEASE.segmentation
FULL, WORKING = (SPEC.height, SPEC.width), (SPEC.height // 4, SPEC.width // 4)
EQUAL = {"dissimilarity": 1.0, "entropy": 1.0, "perceptual": 1.0, "distance": 1.0}
WEIGHTS = {**weights.PUBLISHED, "synboost-e2e": EQUAL}
PLANS = ("synboost-light", "synboost-e2e", "resynthesis", "entropy", "msp")


@functools.cache
def module(role: str, bias: float | None = None) -> ExportedModule:
    """Return a network file of the small release, unverified; `bias` takes the place of its last bias."""
    (file,) = (file for file in released.RELEASE.files if file.spec.name == role)
    network, state = file.network(), released.state(role)
    if bias is not None:
        state[[name for name in network.state_dict() if name.endswith(".bias")][-1]].fill_(bias)
    model = to_onnx(account.load(network, state), file.spec)
    return ExportedModule(spec=file.spec, model=model, difference=0.0, origin="drawn")


def exported(**biases: float) -> Networks:
    """Return the networks of the small release, with other last biases where named."""
    return networks_of([module(role, biases.get(role)) for role in released.PATHS], SPEC)


@pytest.fixture(scope="module")
def networks() -> Networks:
    return exported()


def fused(networks: Networks, *plans: str) -> Fused:
    return fuse(networks, choose(plans, offer_of(networks, weights=WEIGHTS)))


@pytest.fixture(scope="module")
def everything(networks: Networks) -> Fused:
    return fused(networks, *PLANS)


def run(graph: Fused, frames: Array) -> dict[str, Array]:
    return Session(graph.data, name="fused").run(frames=frames)


def kinds(data: bytes, prefix: str = "") -> Counter[str]:
    nodes = onnx.load_model_from_string(data).graph.node
    return Counter(node.op_type for node in nodes if node.name.startswith(prefix))


def test_fused_graph_equals_its_stages_run_one_by_one(networks: Networks, everything: Fused) -> None:
    frame = toy.frames(1, 200, 320)
    actual = run(everything, frame)

    def answers(role: str, **inputs: Array) -> list[Array]:
        one = networks.roles[role]
        return list(Session(one.model.SerializeToString(), name=role).run(**inputs).values())

    def sampled(planes: Array, source: tuple[int, int] = FULL) -> Array:
        return glue.run(lambda op, x: synboost.sample_centres(op, x, source=source, target=WORKING), planes)

    picture = glue.run(lambda op, x: pixels.picture(op, x, feed=SPEC), frame)
    (logits,) = answers("segmentation", image=glue.run(lambda op, x: pixels.prepare(op, x, feed=SPEC), picture))
    train_ids = logits.argmax(axis=1, keepdims=True).astype(np.uint8)
    np.testing.assert_array_equal(actual["class_map"], train_ids[:, 0])
    np.testing.assert_array_equal(actual["semantic"], sampled(train_ids)[:, 0])

    labels = glue.run(synboost.label_ids, sampled(train_ids))
    (drawn,) = answers("synthesis", labels=glue.run(synboost.generator_input, labels))
    synthesis = glue.run(synboost.picture_bytes, drawn)
    assert_bytes(actual["synthesis"].transpose(0, 3, 1, 2), synthesis)

    pair = {"image": glue.run(synboost.imagenet, sampled(picture)), "synthesis": glue.run(synboost.imagenet, synthesis)}
    levels = answers("perceptual", **pair)
    difference = glue.run(lambda op, *x: synboost.perceptual_sum(op, x, size=WORKING), *levels)
    perceptual = glue.run(lambda op, x: synboost.as_bytes(op, synboost.scaled_difference(op, x)), difference)
    assert_bytes(actual["perceptual"], perceptual[:, 0])

    semantic = glue.run(lambda op, x: synboost.one_hot(op, x, classes=19), sampled(train_ids))
    entropy, distance = sampled(actual["entropy"][:, None]), sampled(actual["distance"][:, None])
    prior = glue.run(synboost.prior, entropy, perceptual, distance)
    (judged,) = answers("dissimilarity", **pair, semantic=semantic, prior=prior)
    probability = glue.run(synboost.anomaly_probability, judged)
    np.testing.assert_allclose(actual["q"], probability[:, 0], atol=1e-3)
    assert_bytes(actual["dissimilarity"], np.trunc(255 * actual["q"]))
    expected = 0.75 * actual["q"] + 0.25 * entropy[:, 0] / 255
    np.testing.assert_allclose(actual["synboost-light.score"], expected, atol=1e-6)
    mean = (actual["q"] + (entropy.astype(float) + perceptual + distance)[:, 0] / 255) / 4
    np.testing.assert_allclose(actual["synboost-e2e.score"], mean, atol=2e-3)

    (compared,) = answers("comparator", **pair, semantic=semantic)
    without = glue.run(synboost.anomaly_probability, compared)
    np.testing.assert_allclose(actual["resynthesis.score"], without[:, 0], atol=1e-3)
    for plan in PLANS:
        assert_bytes(actual[f"{plan}.anomaly"], np.trunc(255 * actual[f"{plan}.score"]))


def assert_bytes(actual: Array, expected: Array) -> None:
    """Runs of one network in two graphs may differ by one level on few pixels."""
    difference = np.abs(actual.astype(int) - expected.astype(int))
    assert difference.max() <= 1
    assert (difference > 0).mean() <= 0.005


def test_every_network_and_the_resize_are_in_the_graph_once(networks: Networks, everything: Fused) -> None:
    for role, one in networks.roles.items():
        there = kinds(everything.data, f"{one.spec.name}/")["Conv"]
        assert there == Counter(node.op_type for node in one.model.graph.node)["Conv"], role
    assert kinds(everything.data, "input/")["Resize"] == 2  # across, then down
    assert kinds(everything.data, "uncertainty/")["ReduceMin"] == 2  # entropy, distance
    assert len(everything.data) < 1.1 * sum(one.model.ByteSize() for one in networks.roles.values())


def test_mix_of_plans_has_fewer_nodes_than_the_plans_apart(networks: Networks) -> None:
    both = kinds(fused(networks, "synboost-light", "resynthesis").data).total()
    apart = [kinds(fused(networks, plan).data).total() for plan in ("synboost-light", "resynthesis")]
    shared = sum(
        kinds(fused(networks, "resynthesis").data, f"{role}/").total() for role in ("segmentation", "synthesis")
    )
    assert both <= sum(apart) - shared


def test_resynthesis_alone_carries_no_network_it_does_not_run(networks: Networks) -> None:
    data = fused(networks, "resynthesis").data
    assert kinds(data, "comparator/")["Conv"]
    assert not kinds(data, "perceptual/")
    assert not kinds(data, "dissimilarity/")
    assert not kinds(data, "uncertainty/")


def test_output_sizes_are_those_of_the_networks(everything: Fused) -> None:
    sizes = {output.name: output.sides for output in everything.outputs}
    assert sizes["synboost-light.anomaly"] == sizes["semantic"] == sizes["q"] == WORKING
    assert sizes["entropy.anomaly"] == sizes["class_map"] == sizes["entropy"] == FULL
    assert sizes["synthesis"] == (*WORKING, 3)
    for name, value in run(everything, toy.frames(1, 64, 128)).items():
        assert value.shape == (1, *sizes[name]), name


@pytest.mark.parametrize("threads", [1, 2])
def test_frames_of_a_batch_give_what_they_give_alone_bit_for_bit(everything: Fused, threads: int) -> None:
    frames = toy.frames(3, 256, 512)
    frames[1] //= 4
    frames[2] = 255 - frames[2]
    session = Session(everything.data, name="fused", threads=threads)
    together = session.run(frames=frames)
    for place, frame in enumerate(frames):
        for name, value in session.run(frames=frame[None]).items():
            np.testing.assert_array_equal(together[name][place], value[0], err_msg=name)


@pytest.mark.parametrize("level", [0, 128, 255])
@pytest.mark.parametrize("size", [(64, 128), (1, 1), (1, 300), (320, 200)], ids=["usual", "pixel", "line", "portrait"])
def test_constant_frame_of_any_size_gives_finite_scores(everything: Fused, size: tuple[int, int], level: int) -> None:
    found = run(everything, np.full((1, *size, 3), level, dtype=np.uint8))
    assert all(np.isfinite(value).all() for value in found.values())


@pytest.mark.parametrize(("role", "bias"), [("synthesis", np.nan), ("perceptual", np.inf), ("dissimilarity", np.nan)])
def test_network_that_answers_nan_makes_the_whole_frame_anomalous(role: str, bias: float) -> None:
    found = run(fused(exported(**{role: bias}), "synboost-light"), toy.frames(1, 64, 128))
    assert np.isnan(found["synboost-light.score"]).all()
    assert (found["synboost-light.anomaly"] == 255).all()


def test_segmentation_that_answers_nan_makes_the_whole_frame_anomalous(networks: Networks) -> None:
    assert networks.segmentation is not None
    model = onnx.ModelProto()
    model.CopyFrom(networks.segmentation.model)
    (output,) = model.graph.output
    model.graph.node.append(onnx.helper.make_node("Log", [output.name], ["log"]))
    output.name = "log"
    spec = dataclasses.replace(SPEC, logits="log")
    broken = dataclasses.replace(
        networks, segmentation=dataclasses.replace(networks.segmentation, model=model, spec=spec)
    )
    for plan in ("synboost-light", "resynthesis"):
        assert (run(fused(broken, plan), toy.frames(1, 64, 128))[f"{plan}.anomaly"] == 255).all()


def test_plans_without_their_networks_or_weights_are_listed_whole() -> None:
    offer = Offer(
        segmentation=dataclasses.replace(SPEC, labels=LabelSpace(name="own", classes=("a",), drivable=("a",)))
    )
    with pytest.raises(UsageError) as failure:
        choose(["entropy", "synboost-light", "synboost-e2e", "resynthesis", "external"], offer)
    assert failure.value.problems == (
        "plan synboost-light needs synthesis, perceptual, dissimilarity, which are not there",
        "plan synboost-light redraws the classes of cityscapes-19; the spec says own",
        "plan synboost-e2e needs synthesis, perceptual, dissimilarity, which are not there",
        "plan synboost-e2e redraws the classes of cityscapes-19; the spec says own",
        "plan synboost-e2e needs its weights: a file for --weights",
        "plan resynthesis needs synthesis, comparator, which are not there",
        "plan resynthesis redraws the classes of cityscapes-19; the spec says own",
        "plan external needs external, which is not there",
    )


def test_plans_need_a_segmentation_network() -> None:
    with pytest.raises(UsageError, match="plan entropy needs segmentation, which is not there"):
        choose(["entropy"], Offer(segmentation=None, networks=()))


def test_imported_bundle_composes_again_with_other_plans_weights_and_segmentation(
    imported_light: Path, tmp_path: Path
) -> None:
    """The toy network tells four of the 19 classes and works at 64x32."""
    toy.write(tmp_path)
    (tmp_path / "weights.json").write_text(json.dumps({"synboost-e2e": {"dissimilarity": 3, "perceptual": 1}}))
    again = tmp_path / "again"
    command = [
        *("compose", "--from", str(imported_light), "--plans", "synboost-e2e,entropy"),
        *("--segmentation", str(tmp_path / "toy.onnx"), "--spec", str(tmp_path / "toy.json")),
        *("--weights", str(tmp_path / "weights.json"), "-o", str(again)),
    ]
    assert cli.main(command) == 0
    files = store.read(again)
    check.require_sound(files)
    manifest = json.loads(files[store.MANIFEST])
    assert manifest["plans"][0]["score"].startswith("0.75 dissimilarity + 0.25 perceptual")
    assert manifest["graphs"][0]["working_size"] == {"width": 128, "height": 64}
    sizes = {output["name"]: output.get("size") for output in manifest["graphs"][0]["outputs"]}
    assert sizes["entropy.anomaly"] == {"width": 64, "height": 32}
    assert manifest["provenance"]["recipe"].startswith("imported: segmentation from icnet_final.pth")
    assert manifest["plans"][0]["class_map"] == "semantic"


def test_bundle_without_networks_or_with_a_changed_one_cannot_be_composed_from(
    imported_light: Path, tmp_path: Path
) -> None:
    files = store.read(imported_light)
    files["modules/synthesis.onnx"] = files["modules/synthesis.onnx"][:-1]
    store.write(tmp_path / "changed", files)
    with pytest.raises(ModelError, match=r"modules/synthesis\.onnx is missing or not the one that bundle\.json means"):
        sources.carried(tmp_path / "changed")
    manifest = json.loads(files[store.MANIFEST])
    manifest["modules"] = []
    store.write(tmp_path / "none", {store.MANIFEST: json.dumps(manifest).encode()})
    with pytest.raises(ModelError, match="carries no networks, it was written without --modules; write it"):
        sources.carried(tmp_path / "none")


def test_softmax_plans_of_a_mix_are_what_they_are_alone(networks: Networks, everything: Fused) -> None:
    frame = toy.frames(1, 128, 256)
    alone = run(fused(networks, *SOFTMAX[:3]), frame)
    mixed = run(everything, frame)
    for plan in ("entropy", "msp"):
        assert_bytes(mixed[f"{plan}.anomaly"], alone[f"{plan}.anomaly"])


def test_statistics_of_a_mix_come_from_one_softmax(everything: Fused) -> None:
    assert kinds(everything.data, "maps/")["Exp"] == len(SPEC.classes)
