"""SynBoost Light at full width against the parity kit's complete picture, stage by stage and end to end.

Opt-in, minutes of CPU: `CATSEYE_LIGHT` names a bundle that was imported with `--modules` from the kit's seed-1
checkpoints and composed with the plan synboost-light (README.md). `-s` shows the figures.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import onnx_ir as ir
import pytest
from onnxscript import OpBuilder
from PIL import Image

from catseye_models.bundle import stages
from catseye_models.compose import maps, pixels, synboost
from catseye_models.runtime import Session
from catseye_models.spec import NetworkSpec
from tests import glue
from tests.parity_kit import ParityKit
from tests.real_data import FOLDER

pytestmark = [pytest.mark.parity, pytest.mark.data]

Array = glue.Array
FULL, WORKING = (1024, 2048), (256, 512)


class Bundle:
    """The bundle under test; sessions are opened one at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: dict[str, Any] = json.loads((folder / "bundle.json").read_text())

    def module(self, name: str, **inputs: Array) -> list[Array]:
        """Run one of the network files."""
        session = Session((self.folder / "modules" / f"{name}.onnx").read_bytes(), name=name)
        return list(session.run(**inputs).values())

    @property
    def spec(self) -> NetworkSpec:
        """How the segmentation network is fed."""
        (module,) = (one for one in self.manifest["modules"] if one["name"] == "segmentation")
        return NetworkSpec.parse(module["spec"], where="segmentation")

    def graph(self, frames: Array) -> dict[str, Array]:
        """Run the fused graph."""
        session = Session((self.folder / "graphs" / "fused.onnx").read_bytes(), name="fused")
        return session.run(frames=frames)


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    folder = os.environ.get("CATSEYE_LIGHT")
    if not folder:
        pytest.skip("CATSEYE_LIGHT names no bundle of the kit's seed-1 checkpoints")
    return Bundle(Path(folder))


@pytest.fixture(scope="module")
def golden(kit: ParityKit) -> dict[str, Array]:
    """Every golden of the complete picture, by file name without its end; `Z`, `final_f16`, `final_every4` too."""
    folder = kit.folder / "golden" / "light-seed1"
    found: dict[str, Array] = {path.stem: np.asarray(Image.open(path)) for path in folder.glob("*.png")}
    found |= {path.stem: np.load(path) for path in folder.glob("*.npy")}
    for path in folder.glob("*.npz"):
        found |= dict(np.load(path))
    return found


@pytest.fixture(scope="module")
def frame(kit: ParityKit) -> Array:
    """The picture that the goldens were made of, uint8 [1024, 2048, 3], RGB."""
    meta = json.loads((kit.folder / "golden" / "light-seed1" / "meta.json").read_text())["source_image"]
    path = FOLDER / "samples" / meta["file"]
    if not path.is_file():
        pytest.skip(f"no {meta['file']} in {path.parent}; CATSEYE_DATA names the folder above")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == meta["sha256"]
    return np.asarray(Image.open(path).convert("RGB"))


def planes(picture: Array) -> Array:
    """[H, W] or [H, W, C] to [1, C, H, W]."""
    return np.ascontiguousarray(picture.reshape(*picture.shape[:2], -1).transpose(2, 0, 1))[None]


def sampled(picture: Array) -> Array:
    """[1, C, *FULL] to [1, C, *WORKING]."""
    return glue.run(lambda op, x: synboost.sample_centres(op, x, source=FULL, target=WORKING), picture)


def largest(name: str, actual: Array, expected: Array, *, most: float, mean: float = np.inf) -> None:
    difference = np.abs(actual.astype(np.float64) - expected.astype(np.float64))
    print(f"{name}: largest {difference.max():.2e} (at most {most:g}), mean {difference.mean():.2e}")
    assert difference.max() <= most
    assert difference.mean() <= mean


def levels(name: str, actual: Array, expected: Array, *, share: float, most: int = 1) -> None:
    """At most `share` of the bytes may differ, none by more than `most` levels."""
    difference = np.abs(actual.astype(int) - expected.astype(int))
    differing = float((difference > 0).mean())
    print(f"{name}: {differing:.6%} differ (at most {share:.2%}), by {difference.max()} at most")
    assert differing <= share
    assert difference.max() <= most


def near_bytes(name: str, actual: Array, expected: Array, *, share: float) -> None:
    """At least `share` of the bytes are equal or one level off."""
    difference = np.abs(actual.astype(int) - expected.astype(int))
    close = float((difference <= 1).mean())
    print(f"{name}: {close:.6%} within 1 level (at least {share:.1%}), by {difference.max()} at most")
    assert close >= share


def near(name: str, actual: Array, expected: Array, *, share: float = 0.995, within: float = 2e-3) -> None:
    difference = np.abs(actual.astype(np.float64) - expected.astype(np.float64))
    close = float((difference <= within).mean())
    print(f"{name}: {close:.6%} within {within:g} (at least {share:.1%}), mean {difference.mean():.2e}")
    assert close >= share
    assert difference.mean() <= 1e-3


def test_segmentation_and_uncertainty_from_the_picture(
    bundle: Bundle, golden: dict[str, Array], frame: Array, kit: ParityKit
) -> None:
    spec = bundle.spec
    entry = glue.run(
        lambda op, x: pixels.prepare(op, pixels.picture(op, x, feed=spec), feed=spec),
        frame[None],
    )
    (logits,) = bundle.module("segmentation", **{spec.input: entry})
    largest("Z", logits[0, :, ::16, ::16], golden["Z"], most=5e-3, mean=2e-4)
    differing = float((logits[0].argmax(axis=0) != golden["class_map"]).mean())
    print(f"class map: {differing:.6%} differ (at most 0.01 %)")
    assert differing <= 1e-4
    told = json.loads((kit.folder / "golden" / "light-seed1" / "meta.json").read_text())["scalars"]
    for name, build in (("H", maps.entropy_nats), ("r", maps.top_gap)):
        plane = glue.run(lambda op, x, build=build: build(op, statistics(op, x, spec)), logits)
        largest(f"{name} min", plane.min(), np.asarray(told[f"{name}_min"]), most=1e-4)
        largest(f"{name} max", plane.max(), np.asarray(told[f"{name}_max"]), most=1e-4)


def statistics(op: OpBuilder, logits: ir.Value, spec: NetworkSpec) -> maps.PixelStatistics:
    return maps.pixel_statistics(op, maps.class_planes(op, logits, spec=spec), spec=spec)


def test_labels_and_edges_from_the_class_map_are_exact(golden: dict[str, Array]) -> None:
    labels = glue.run(synboost.label_ids, sampled(planes(golden["class_map"])))
    np.testing.assert_array_equal(labels[0, 0], golden["label256"])
    np.testing.assert_array_equal(glue.run(synboost.edges, labels)[0, 0] * 255, golden["edge"])


def test_synthesis_from_the_labels(bundle: Bundle, golden: dict[str, Array]) -> None:
    entry = glue.run(synboost.generator_input, planes(golden["label256"]))
    (picture,) = bundle.module("synthesis", labels=entry)
    levels("S8", glue.run(synboost.picture_bytes, picture)[0].transpose(1, 2, 0), golden["S8"], share=1e-3)


def test_perceptual_difference_from_picture_and_synthesis(
    bundle: Bundle, golden: dict[str, Array], frame: Array, kit: ParityKit
) -> None:
    features = bundle.module("perceptual", **pictures(golden, frame))
    meta = json.loads((kit.folder / "golden" / "light-seed1" / "meta.json").read_text())
    for one, (name, told) in zip(features, meta["vgg_maps_before_upsampling"].items(), strict=True):
        assert one.mean(dtype=np.float64) == pytest.approx(told["mean"], rel=1e-5), name
    difference = glue.run(lambda op, *x: synboost.perceptual_sum(op, x, size=WORKING), *features)
    largest("V", difference[0, 0], golden["V"], most=1e-5)
    scaled = glue.run(lambda op, x: synboost.as_bytes(op, synboost.scaled_difference(op, x)), difference)
    levels("P8", scaled[0, 0], golden["P8"], share=1e-3)


def pictures(golden: dict[str, Array], frame: Array) -> dict[str, Array]:
    return {
        "image": glue.run(synboost.imagenet, sampled(planes(frame))),
        "synthesis": glue.run(synboost.imagenet, planes(golden["S8"])),
    }


def test_dissimilarity_and_ensemble_from_golden_maps(bundle: Bundle, golden: dict[str, Array], frame: Array) -> None:
    entropy, distance = sampled(planes(golden["E8"])), sampled(planes(golden["D8"]))
    semantic = glue.run(lambda op, x: synboost.one_hot(op, x, classes=19), sampled(planes(golden["class_map"])))
    prior = glue.run(synboost.prior, entropy, planes(golden["P8"]), distance)
    (logits,) = bundle.module("dissimilarity", **pictures(golden, frame), semantic=semantic, prior=prior)
    probability = glue.run(synboost.anomaly_probability, logits)
    anomaly = glue.run(
        lambda op, q, e: synboost.ensemble(
            op, {"dissimilarity": q, "entropy": synboost.unit(op, e)}, {"dissimilarity": 0.75, "entropy": 0.25}
        ),
        probability,
        entropy,
    )
    largest("q", probability[0, 0], golden["q"], most=5e-5)
    largest("A", anomaly[0, 0], golden["A"], most=5e-5)


def test_fused_graph_end_to_end(bundle: Bundle, golden: dict[str, Array], frame: Array) -> None:
    found = {name: value[0] for name, value in bundle.graph(frame[None]).items()}
    levels("class map", found["class_map"], golden["class_map"], share=1e-4, most=18)
    levels("E8", found["entropy"], golden["E8"], share=0.01)
    levels("D8", found["distance"], golden["D8"], share=0.02)
    labels = glue.run(synboost.label_ids, found["semantic"][None, None])
    levels("label256", labels[0, 0], golden["label256"], share=2e-4, most=33)
    levels("edge", glue.run(synboost.edges, labels)[0, 0] * 255, golden["edge"], share=1e-3, most=255)

    near_bytes("S8", found["synthesis"], golden["S8"], share=0.995)
    near_bytes("P8", found["perceptual"], golden["P8"], share=0.999)
    near("q", found["q"], golden["q"])
    near("A", found["synboost-light.score"], golden["A"])
    np.testing.assert_array_equal(
        found["synboost-light.anomaly"], np.trunc(found["synboost-light.score"] * np.float32(255))
    )
    resized = Image.fromarray(found["synboost-light.score"]).resize(FULL[::-1], Image.Resampling.BICUBIC)
    near("final", np.asarray(resized)[::4, ::4], golden["final_every4"])


def test_chained_stages_are_the_fused_graph(bundle: Bundle, golden: dict[str, Array], frame: Array) -> None:
    told = bundle.manifest.get("stages")
    if not told:
        pytest.skip("the bundle carries no stages; it was composed without --modules")
    files = {stage["file"]: (bundle.folder / stage["file"]).read_bytes() for stage in told}
    apart = stages.run(told, files, frame[None])
    for name, value in bundle.graph(frame[None]).items():
        np.testing.assert_array_equal(apart[name], value, err_msg=name)
    levels("label256", apart["labels"][0], golden["label256"], share=2e-4, most=33)
    levels("edge", apart["edges"][0] * 255, golden["edge"], share=1e-3, most=255)
    near("V", apart["difference"][0], golden["V"])
