"""The starter bundle from nothing: draw, train, export, compose, measure.

Every step leaves its result in the working folder and is skipped when that is there, so an interrupted run goes on.
Plans and thresholds are chosen on validation drives; held-out scenes and test drives are measured once, at the end.
"""

import dataclasses
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from catseye_models.bundle import check, store
from catseye_models.bundle.manifest import GRAPH
from catseye_models.bundle.provenance import OperatingPoint, Provenance
from catseye_models.compose.plans import PLANS
from catseye_models.compose.recipe import Composed, compose
from catseye_models.export import export_segmentation
from catseye_models.runtime import Session
from catseye_models.scenes import draw
from catseye_models.scenes.drive import WORKING_SIZE, DrawnFrame, FrameSize
from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.picture import RIM
from catseye_models.scores import Quality, ScoreCounts, threshold_of
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
REGIONS: Final = {
    "road": "ground-truth road and obstacles",
    "all": "all pixels but those that mix obstacle and background",
}

_FALSE_ALARM_RATE: Final = 0.001
_HIT_RATE: Final = 0.95
_GOLDEN_SIZE: Final = FrameSize(640, 320)
_GOLDEN_FRAME: Final = 12


@dataclass(frozen=True)
class StarterRecipe:
    """All that decides what the starter bundle becomes."""

    seed: int = 1
    training_drives: int = 900
    held_out_drives: int = 60
    frames: int = 2
    segmentation: Recipe = field(default_factory=Recipe)
    obstacle_drives: int = 24
    obstacle_frames: int = 30
    obstacle_period_micros: int = 300_000

    def scenes(self, split: str) -> draw.Series:
        """Return the scenes without obstacles of a split."""
        drives = self.training_drives if split == "train" else self.held_out_drives
        return draw.Series(drives=drives, frames=self.frames, seed=self.seed, split=split, size=WORKING_SIZE)

    def drives(self, split: str, *, size: FrameSize = WORKING_SIZE) -> draw.Series:
        """Return the drives with obstacles of a split."""
        return draw.Series(
            drives=self.obstacle_drives,
            frames=self.obstacle_frames,
            seed=self.seed,
            split=split,
            size=size,
            period_micros=self.obstacle_period_micros,
        )


Figures: TypeAlias = Mapping[str, object]
"""What was measured on one set of data, as it stands in the manifest."""

Counts: TypeAlias = dict[tuple[str, str], ScoreCounts]
"""Counts by (plan, region)."""


@dataclass(frozen=True)
class Measurement:
    """What was measured on the drives of one split."""

    split: str
    frames: int
    counts: Counts = field(repr=False)

    def quality(self, plan: str, region: str) -> Quality:
        """Return the figures of one plan on one region."""
        return self.counts[plan, region].quality()


def make_starter(recipe: StarterRecipe, *, work: Path, bundle: Path, workers: int, replace: bool) -> Sequence[Figures]:
    """Write the starter bundle; return what was measured of it."""
    scenes = work / SCENES
    for split in draw.CITYSCAPES_SPLITS:
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
    export_segmentation(checkpoint, validation=load_cityscapes(work / SCENES, "val"), folder=exported)
    unmeasured = _compose(exported, recipe, plans=list(PLANS), provenance=Provenance())
    measurements = []
    for split in draw.LOST_AND_FOUND_SPLITS:
        _say(f"measuring on drives of split {split}")
        measurements.append(measure_drives(unmeasured, recipe.drives(split)))
    on_validation = measurements[0]
    plans = ranked(on_validation)
    measured = [_held_out(recipe, checkpoint, work / SCENES)]
    for measurement in measurements:
        measured += _table(measurement, plans)
    provenance = Provenance(
        data=_data_text(recipe),
        recipe=_recipe_text(recipe, checkpoint),
        measured=(
            _held_out(recipe, checkpoint, work / SCENES),
            *(row for one in measurements for row in _table(one, plans)),
        ),
        operating_points={plan: operating_points(on_validation, plan) for plan in plans},
    )
    composed = _compose(exported, recipe, plans=plans, provenance=provenance)
    check.require_sound(composed.files)
    store.write(bundle, composed.files, replace=replace)
    return measured


def measure_drives(composed: Composed, series: draw.Series) -> Measurement:
    """Return how the bundle's graph scores every frame of drives with obstacles."""
    session = Session(composed.files[GRAPH], name=NAME)
    plans = [name.removesuffix(".anomaly") for name in session.outputs if name.endswith(".anomaly")]
    counts: Counts = {(plan, region): ScoreCounts() for plan in plans for region in REGIONS}
    for frame in _frames(series):
        answers = session.run(frames=frame.rgb[None])
        anomalous, normal_by_region = truth_of(frame)
        for (plan, region), count in counts.items():
            count.add(answers[f"{plan}.anomaly"][0], anomalous=anomalous, normal=normal_by_region[region])
    return Measurement(series.split, series.drives * series.frames, counts)


def truth_of(frame: DrawnFrame) -> tuple[NDArray[np.bool_], dict[str, NDArray[np.bool_]]]:
    """Return the anomalous pixels (H, W), and the normal ones by region."""
    anomalous = (frame.obstacles > 0) & (frame.obstacles != RIM)
    elsewhere = frame.obstacles == 0
    return anomalous, {"road": elsewhere & (frame.train_ids == TrainId.ROAD), "all": elsewhere}


def ranked(measurement: Measurement) -> list[str]:
    """Return the plans, best average precision on the road first."""
    plans = {plan for plan, _ in measurement.counts}
    return sorted(plans, key=lambda plan: -measurement.quality(plan, "road").average_precision)


def operating_points(measurement: Measurement, plan: str) -> tuple[OperatingPoint, OperatingPoint]:
    """Return the cut with few false alarms, which is the default, and the one that finds 95 % of obstacle pixels."""
    counts = measurement.counts[plan, "road"]
    levels = {
        "road-fpr-0.001": counts.level_of_false_alarm_rate(_FALSE_ALARM_RATE),
        "tpr95": counts.level_of_hit_rate(_HIT_RATE),
    }
    few, most = (
        OperatingPoint(
            name=name,
            threshold=round(threshold_of(level), 5),
            source=f"drawn drives of split {measurement.split}: finds {counts.hit_rate(level):.3f} of obstacle pixels, "
            f"alarms on {counts.false_alarm_rate(level):.5f} of free road pixels",
        )
        for name, level in levels.items()
    )
    return few, most


def report(measured: Sequence[Figures]) -> str:
    """Return the figures, one line each."""
    return "\n".join(", ".join(f"{key} {value}" for key, value in row.items()) for row in measured)


def _compose(exported: Path, recipe: StarterRecipe, *, plans: list[str], provenance: Provenance) -> Composed:
    golden = draw.obstacle_drive(recipe.drives("val", size=_GOLDEN_SIZE), 0).frame(_GOLDEN_FRAME)
    return compose(
        exported / "segmentation.onnx",
        spec=NetworkSpec.read(exported / "segmentation.json"),
        plan_names=plans,
        name=NAME,
        version="0.1.0",
        frame=golden.rgb,
        provenance=provenance,
    )


def _frames(series: draw.Series) -> Iterator[DrawnFrame]:
    total = series.drives * series.frames
    with tqdm(total=total, unit="frame", disable=not sys.stderr.isatty()) as bar:
        for number in range(series.drives):
            for frame in draw.obstacle_drive(series, number):
                yield frame
                bar.update()


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
    return (
        f"Procedurally drawn street scenes of our own (catseye_models.scenes), seed {recipe.seed}: "
        f"{recipe.training_drives * recipe.frames} frames to train, {recipe.held_out_drives * recipe.frames} to choose "
        "the checkpoint, as many held out. No photograph, no third-party data. Obstacles only in drives for "
        "validation and test, which share no kind of obstacle."
    )


def _recipe_text(recipe: StarterRecipe, checkpoint: Path) -> str:
    state = read_checkpoint(checkpoint)
    settings = ", ".join(f"{key} {value}" for key, value in dataclasses.asdict(recipe.segmentation).items())
    return (
        f"catseye-models train starter, commit {_commit()}: segmentation network, {settings}; AdamW, one cycle, "
        f"bfloat16; iteration {state['iteration']} was the best on the val split, after "
        f"{state['cpu_seconds'] / 60:.0f} CPU minutes"
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
