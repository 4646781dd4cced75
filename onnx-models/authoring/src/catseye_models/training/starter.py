"""The starter bundle from nothing: draw, train, export, compose, measure.

Every step leaves its result in the working folder and is skipped when that is there, so an interrupted run goes on.
Plans and thresholds are chosen on validation drives; held-out scenes and test drives are measured once, at the end.
"""

import dataclasses
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from catseye_models.bundle import check, store
from catseye_models.bundle.manifest import GRAPH
from catseye_models.bundle.provenance import Provenance
from catseye_models.compose import sources
from catseye_models.compose.networks import Networks
from catseye_models.compose.plans import SOFTMAX
from catseye_models.compose.recipe import Composed, compose
from catseye_models.export import export_segmentation
from catseye_models.measuring import Measurement, measure_drives, operating_points, ranked
from catseye_models.scenes import draw
from catseye_models.scenes.drive import WORKING_SIZE, FrameSize
from catseye_models.scenes.manifest import Generator
from catseye_models.scenes.series import CITYSCAPES_SPLITS, LOST_AND_FOUND_SPLITS, Series, obstacle_drive
from catseye_models.scenes.truth import REGIONS
from catseye_models.spec import NetworkSpec
from catseye_models.training.data import load_cityscapes
from catseye_models.training.segmentation import (
    BEST,
    Recipe,
    SegmentationTraining,
    load_network,
    measure,
    read_checkpoint,
)

NAME: Final = "starter"
SCENES: Final = "drawn"
RUN: Final = "run"
_GOLDEN_SIZE: Final = FrameSize(640, 320)
_GOLDEN_FRAME: Final = 8
"""Of the first validation drive; an obstacle is near in it."""


@dataclass(frozen=True)
class StarterRecipe:
    """All that decides what the starter bundle becomes.

    ``temperature`` was chosen out of 1, 1.5, 2, 3, 4 and 6 by the average precision of entropy on validation drives.
    """

    seed: int = 1
    training_drives: int = 900
    held_out_drives: int = 60
    frames: int = 2
    segmentation: Recipe = field(default_factory=Recipe)
    temperature: float = 2.0
    obstacle_drives: int = 25
    obstacle_frames: int = 44
    obstacle_period_micros: int = 300_000

    def scenes(self, split: str) -> Series:
        """Return the scenes without obstacles of a split."""
        drives = self.training_drives if split == "train" else self.held_out_drives
        return Series(drives=drives, frames=self.frames, seed=self.seed, split=split, size=WORKING_SIZE)

    def drives(self, split: str, *, size: FrameSize = WORKING_SIZE) -> Series:
        """Return the drives with obstacles of a split."""
        return Series(
            drives=self.obstacle_drives,
            frames=self.obstacle_frames,
            seed=self.seed,
            split=split,
            size=size,
            period_micros=self.obstacle_period_micros,
        )


Figures: TypeAlias = Mapping[str, object]
"""What was measured on one set of data, as it stands in the manifest."""


def make_starter(recipe: StarterRecipe, *, work: Path, bundle: Path, workers: int, replace: bool) -> Sequence[Figures]:
    """Write the starter bundle; return what was measured of it."""
    scenes = work / SCENES
    for split in CITYSCAPES_SPLITS:
        if not draw.sheet_of(scenes, split).exists():
            _say(f"drawing scenes of split {split}")
            draw.draw_cityscapes(recipe.scenes(split), scenes, workers=workers)
    _say("training")
    train, validation = (load_cityscapes(scenes, split) for split in ("train", "val"))
    SegmentationTraining(recipe.segmentation, train=train, validation=validation, folder=work / RUN).run()
    return bundle_of(recipe, work=work, bundle=bundle, replace=replace)


def bundle_of(recipe: StarterRecipe, *, work: Path, bundle: Path, replace: bool) -> Sequence[Figures]:
    """Export the best network in ``work``, measure it and write its bundle; return what was measured."""
    checkpoint, exported = work / RUN / BEST, work / "exported"
    validation = load_cityscapes(work / SCENES, "val")
    export_segmentation(checkpoint, validation=validation, folder=exported, temperature=recipe.temperature)
    unmeasured = _compose(exported, recipe, plans=list(SOFTMAX), provenance=Provenance())
    measurements = []
    for split in LOST_AND_FOUND_SPLITS:
        _say(f"measuring on drives of split {split}")
        measurements.append(measure_drives(unmeasured.files[GRAPH], recipe.drives(split)))
    on_validation = measurements[0]
    plans = ranked(on_validation)
    measured = [_held_out(recipe, checkpoint, work / SCENES)]
    for measurement in measurements:
        measured += _table(measurement, plans)
    provenance = Provenance(
        data=_data_text(recipe),
        recipe=_recipe_text(recipe, checkpoint),
        measured=tuple(measured),
        operating_points={plan: operating_points(on_validation, plan) for plan in plans},
    )
    composed = _compose(exported, recipe, plans=plans, provenance=provenance)
    check.require_sound(composed.files)
    store.write(bundle, composed.files, replace=replace)
    return measured


def report(measured: Sequence[Figures]) -> str:
    """Return the figures, one line each."""
    return "\n".join(", ".join(f"{key} {value}" for key, value in row.items()) for row in measured)


def _compose(exported: Path, recipe: StarterRecipe, *, plans: list[str], provenance: Provenance) -> Composed:
    golden = obstacle_drive(recipe.drives("val", size=_GOLDEN_SIZE), 0).frame(_GOLDEN_FRAME)
    spec = NetworkSpec.read(exported / "segmentation.json")
    return compose(
        Networks(segmentation=sources.segmentation(exported / "segmentation.onnx", spec)),
        plan_names=plans,
        name=NAME,
        version="0.1.0",
        frame=golden.rgb,
        provenance=provenance,
    )


def _table(measurement: Measurement, plans: list[str]) -> list[Figures]:
    return [
        {
            "data": f"drawn drives of split {measurement.split}, {measurement.frames} frames of 512x256",
            "region": REGIONS[region],
            "plan": plan,
            **{key: round(value, 5) for key, value in dataclasses.asdict(measurement.quality(plan, region)).items()},
        }
        for region in REGIONS
        for plan in plans
    ]


def _held_out(recipe: StarterRecipe, checkpoint: Path, scenes: Path) -> Figures:
    confusion = measure(load_network(checkpoint), load_cityscapes(scenes, "test"))
    return {
        "data": f"drawn scenes of split test, {recipe.held_out_drives * recipe.frames} frames, never seen in training",
        "mean_iou": round(confusion.mean_iou(), 4),
        "accuracy": round(confusion.accuracy(), 4),
        "iou": {name: round(value, 4) for name, value in confusion.iou().items()},
    }


def _data_text(recipe: StarterRecipe) -> str:
    generator = Generator.here()
    return (
        f"Procedurally drawn street scenes of our own (catseye_models.scenes, code sha256 {generator.code}, obstacle "
        f"catalogue sha256 {generator.catalogue}), seed {recipe.seed}: "
        f"{recipe.training_drives * recipe.frames} frames to train, {recipe.held_out_drives * recipe.frames} to choose "
        "the checkpoint, as many held out. No photograph, no third-party data. Obstacles only in drives for "
        "validation and test, which share no model of an obstacle."
    )


def _recipe_text(recipe: StarterRecipe, checkpoint: Path) -> str:
    state = read_checkpoint(checkpoint)
    settings = ", ".join(f"{key} {value}" for key, value in dataclasses.asdict(recipe.segmentation).items())
    return (
        f"catseye-models train starter, commit {_commit()}: segmentation network, {settings}; AdamW, one cycle, "
        f"bfloat16; iteration {state['iteration']} was the best on the val split, after "
        f"{state['cpu_seconds'] / 60:.0f} CPU minutes; logits divided by {recipe.temperature:g}"
    )


def _commit() -> str:
    """Return the commit of the checkout that this code lies in, or `unknown`."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short=12", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _say(what: str) -> None:
    print(what, file=sys.stderr)
