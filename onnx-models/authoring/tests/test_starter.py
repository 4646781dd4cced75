"""The starter bundle: the one that is shipped, and the recipe that makes it."""

import dataclasses
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from catseye_models.bundle import check, store
from catseye_models.compose.plans import REDRAWN, SOFTMAX
from catseye_models.published import ENSEMBLE

BUNDLE = Path(__file__).parents[2] / "bundles" / "starter"
FROZEN = Path(__file__).parents[1] / "frozen"
PLANS = {*SOFTMAX, *REDRAWN}
CONTROLS = {"colour", "chroma", "contrast-fine", "contrast-wide", "position"}


def test_shipped_bundle_is_sound_and_small() -> None:
    files = store.read(BUNDLE)
    check.require_sound(files)
    assert sum(len(data) for data in files.values()) <= 12_000_000


def test_shipped_bundle_says_what_it_is_made_of_and_how_good_it_is() -> None:
    manifest = json.loads((BUNDLE / store.MANIFEST).read_text())
    assert manifest["licence"] == "Apache-2.0"
    assert {plan["name"] for plan in manifest["plans"]} == PLANS
    for plan in manifest["plans"]:
        assert [point["name"] for point in plan["operating_points"]] == ["road-fpr-0.01", "tpr95"]
    held_out, *rows = manifest["provenance"]["measured"]
    assert 0 < held_out["mean_iou"] < 1
    for split in ("val", "test"):
        told = [row for row in rows if f"split {split}, 1100 frames" in row["data"]]
        regions = {row["region"] for row in told if "region" in row}
        assert len(regions) == 2
        for kind, names in (("plan", PLANS), ("map", set(ENSEMBLE)), ("control", CONTROLS)):
            found = {(row[kind], row["region"]) for row in told if kind in row and "region" in row}
            assert found == {(name, region) for name in names for region in regions}
        assert {row["plan"] for row in told if "operating_point" in row} == PLANS
    assert {row["ensemble"] for row in rows if "ensemble" in row} >= {"published", "learned"}


def test_default_plan_is_the_best_on_the_road_of_validation_drives() -> None:
    manifest = json.loads((BUNDLE / store.MANIFEST).read_text())
    rows = [row for row in manifest["provenance"]["measured"][1:] if "split val" in row["data"] and "plan" in row]
    on_road = {row["plan"]: row["average_precision"] for row in rows if "road" in row.get("region", "")}
    assert manifest["default_plan"] == max(on_road, key=lambda plan: on_road[plan])


@pytest.mark.torch
def test_recipe_makes_a_sound_bundle_from_nothing(tmp_path: Path) -> None:
    pytest.importorskip("cv2", reason="needs the `draw` extra")
    pytest.importorskip("torch", reason="needs the `train` extra")
    from catseye_models.scenes.manifest import Generator
    from catseye_models.training import starter
    from catseye_models.training.adaptation import AdaptationRecipe
    from catseye_models.training.dissimilarity import DissimilarityRecipe
    from catseye_models.training.generator import GeneratorRecipe
    from catseye_models.training.loop import CURVES
    from catseye_models.training.segmentation import Recipe
    from tests.test_adaptation import write_video

    few: dict[str, Any] = {"iterations": 2, "batch": 2, "validate_every": 2}
    recipe = starter.StarterRecipe(
        training_drives=2,
        held_out_drives=1,
        segmentation=Recipe(**few, width=0.25),
        generator=GeneratorRecipe(**few, width=1 / 64),
        example_drives=2,
        graded_every=4,
        dissimilarity=DissimilarityRecipe(**few, width=1 / 16),
        comparator=DissimilarityRecipe(**few, width=1 / 16, prior=False),
        adaptation=AdaptationRecipe(**few, width=0.25),
        adapted_drives=2,
        photograph_drives=1,
        adapted_dissimilarity=DissimilarityRecipe(**few, width=1 / 16),
        adapted_comparator=DissimilarityRecipe(**few, width=1 / 16, prior=False),
        obstacle_drives=1,
        obstacle_frames=9,
    )
    work, bundle = tmp_path / "work", tmp_path / "starter"
    video = write_video(tmp_path / "street.avi", frames=12)
    measured = starter.make_starter(recipe, work=work, bundle=bundle, workers=2, replace=False, video=video)

    check.require_sound(store.read(bundle))
    manifest = json.loads((bundle / store.MANIFEST).read_text())
    assert {plan["name"] for plan in manifest["plans"]} == {*SOFTMAX, *REDRAWN}
    assert manifest["provenance"]["measured"] == [dict(row) for row in measured]
    assert f"seed {recipe.seed}" in manifest["provenance"]["data"]
    assert hashlib.sha256(video.read_bytes()).hexdigest() in manifest["provenance"]["data"]
    for digest in dataclasses.astuple(Generator.here()):
        assert digest in manifest["provenance"]["data"]
    for name in recipe.trainings:
        assert f"{name}: iterations 2" in manifest["provenance"]["recipe"]
        assert (work / name / CURVES).is_file()


@pytest.mark.torch
@pytest.mark.parametrize("split", ["val", "test"])
def test_recipe_measures_on_the_frozen_drives(split: str) -> None:
    pytest.importorskip("cv2", reason="needs the `draw` extra")
    pytest.importorskip("torch", reason="needs the `train` extra")
    from catseye_models.training import starter

    frozen = json.loads((FROZEN / f"{split}.json").read_text())["series"]
    recipe = starter.StarterRecipe().drives(split)
    told = {key: frozen[key] for key in ("split", "seed", "drives", "frames", "period_micros")}
    assert told == {key: getattr(recipe, key) for key in told}
    assert (frozen["width"], frozen["height"]) == (recipe.size.width, recipe.size.height)
