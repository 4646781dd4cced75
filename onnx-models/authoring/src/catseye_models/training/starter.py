"""The starter bundle from nothing: draw, train, export, choose, compose, measure.

Every step leaves its result in the working folder and is skipped when that is there, so an interrupted run goes on, on
another machine too. Weights, plans and thresholds are chosen on validation drives; held-out scenes and test drives are
measured once, at the end.

Networks learn twice. First on scenes as they are drawn; then, from there on, in other looks and with photographs of a
video, if there is one, so that they rely less on how we draw. The judging networks that are shipped lie between both.
"""

import dataclasses
import hashlib
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from catseye_models import tables
from catseye_models.bundle import check, store
from catseye_models.bundle.manifest import GRAPH
from catseye_models.bundle.provenance import OperatingPoint, Provenance
from catseye_models.checkout import commit
from catseye_models.compose.networks import Networks
from catseye_models.compose.plans import REDRAWN, SOFTMAX
from catseye_models.compose.recipe import Composed, compose
from catseye_models.compose.weights import MIXED, Weights
from catseye_models.ensemble.choice import choose_weights
from catseye_models.export import export_segmentation
from catseye_models.measuring import measure_drives, operating_points, ranked
from catseye_models.published import ENSEMBLE
from catseye_models.scenes import draw
from catseye_models.scenes.drive import WORKING_SIZE, FrameSize
from catseye_models.scenes.manifest import Generator
from catseye_models.scenes.series import CITYSCAPES_SPLITS, LOST_AND_FOUND_SPLITS, Series, obstacle_drive
from catseye_models.scores import Figures
from catseye_models.training import modules, pairs
from catseye_models.training.adaptation import AdaptationRecipe, AdaptationTraining
from catseye_models.training.data import LabelledFrames, load_cityscapes
from catseye_models.training.dissimilarity import DissimilarityRecipe, DissimilarityTraining
from catseye_models.training.generator import GeneratorRecipe, GeneratorTraining
from catseye_models.training.loop import BEST, LAST, MEAN, Schedule, read_checkpoint, write_mean
from catseye_models.training.pairs import PHOTOGRAPH_EVERY, ExampleRecipe
from catseye_models.training.photographs import read_photographs
from catseye_models.training.segmentation import Recipe, SegmentationTraining, load_network, measure

NAME: Final = "starter"
SCENES: Final = "drawn"
SEGMENTATION: Final = "segmentation"
GENERATOR: Final = "generator"
EXAMPLES: Final = "examples"
DISSIMILARITY: Final = "dissimilarity"
COMPARATOR: Final = "comparator"
EXPORTED: Final = "exported"
PHOTOGRAPHS: Final = "photographs"
ADAPTED: Final = "adapted"
"""Folder of what the second phase writes, under the names of the first."""

WEIGHTS: Final = "weights.json"

_VERSION: Final = "0.2.0"
_UNTOLD: Final = Provenance()
_GOLDEN_SIZE: Final = FrameSize(640, 320)
_GOLDEN_FRAME: Final = 8
"""Of the first validation drive; an obstacle is near in it."""

_ADAPTED_SEED: Final = 2000
_EXAMPLE_SEED: Final = 1000
"""Added to the recipe's seed for the scenes that the dissimilarity networks learn from: the segmentation network has
not seen them, so it errs on them as it does on any new road."""


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
    generator: GeneratorRecipe = field(default_factory=GeneratorRecipe)
    example_drives: int = 700
    graded_every: int = 16
    dissimilarity: DissimilarityRecipe = field(default_factory=DissimilarityRecipe)
    comparator: DissimilarityRecipe = field(
        default_factory=lambda: DissimilarityRecipe(iterations=1200, width=8 / 64, prior=False)
    )
    adaptation: AdaptationRecipe = field(default_factory=AdaptationRecipe)
    adapted_drives: int = 300
    adapted_examples: ExampleRecipe = field(
        default_factory=lambda: ExampleRecipe(most_pasted=8, heights=(0.03, 0.6), most_marks=6, changed=0.67)
    )
    photograph_drives: int = 100
    adapted_dissimilarity: DissimilarityRecipe = field(
        default_factory=lambda: DissimilarityRecipe(iterations=1000, learning_rate=1.2e-3, validate_every=250, seed=15)
    )
    adapted_comparator: DissimilarityRecipe = field(
        default_factory=lambda: DissimilarityRecipe(
            iterations=500, learning_rate=1.2e-3, validate_every=250, width=8 / 64, prior=False, seed=16
        )
    )
    adapted_share: float = 0.5
    obstacle_drives: int = 25
    obstacle_frames: int = 44
    obstacle_period_micros: int = 300_000

    def scenes(self, split: str) -> Series:
        """Return the scenes without obstacles of a split."""
        drives = self.training_drives if split == "train" else self.held_out_drives
        return Series(drives=drives, frames=self.frames, seed=self.seed, split=split, size=WORKING_SIZE)

    def examples(self, drives: int, seed: int = _EXAMPLE_SEED) -> Series:
        """Return scenes that the dissimilarity networks learn from; ``seed`` is added to that of the recipe."""
        return Series(
            drives=drives,
            frames=self.frames,
            seed=self.seed + seed,
            split="train",
            size=WORKING_SIZE,
        )

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

    @property
    def trainings(self) -> dict[str, Schedule]:
        """The networks that are trained, by their folders, in order."""
        return {
            SEGMENTATION: self.segmentation,
            GENERATOR: self.generator,
            DISSIMILARITY: self.dissimilarity,
            COMPARATOR: self.comparator,
            f"{ADAPTED}/{SEGMENTATION}": self.adaptation,
            f"{ADAPTED}/{DISSIMILARITY}": self.adapted_dissimilarity,
            f"{ADAPTED}/{COMPARATOR}": self.adapted_comparator,
        }


def make_starter(
    recipe: StarterRecipe, *, work: Path, bundle: Path, workers: int, replace: bool, video: Path | None = None
) -> Sequence[Figures]:
    """Write the starter bundle; return what was measured of it. ``video``: see `train`."""
    for split in CITYSCAPES_SPLITS:
        if not draw.sheet_of(work / SCENES, split).exists():
            _say(f"drawing scenes of split {split}")
            draw.draw_cityscapes(recipe.scenes(split), work / SCENES, workers=workers)
    networks = train(recipe, work=work, workers=workers, video=video)
    return bundle_of(recipe, networks, work=work, bundle=bundle, workers=workers, replace=replace, video=video)


def train(recipe: StarterRecipe, *, work: Path, workers: int, video: Path | None = None) -> Networks:
    """Train every network, each on what those before it make of drawn scenes, and again in other looks; return all.

    ``video`` has real frames without labels, for the second time; none: drawn scenes alone.
    """
    scenes, validation = (load_cityscapes(work / SCENES, split) for split in ("train", "val"))

    _say("training the segmentation network")
    SegmentationTraining(recipe.segmentation, train=scenes, validation=validation, folder=work / SEGMENTATION).run()
    _say("training the generator")
    GeneratorTraining(
        recipe.generator,
        segmentation=load_network(work / SEGMENTATION / BEST),
        train=scenes,
        validation=validation,
        folder=work / GENERATOR,
    ).run()
    networks = _redrawing(recipe, validation, work=work, folder=work)
    _say("making examples")
    series = recipe.examples(recipe.example_drives)
    examples = pairs.make(networks, series, work / EXAMPLES / "train", workers=workers)
    graded = pairs.make_validation(
        networks, recipe.drives("val"), work / EXAMPLES / "val", every=recipe.graded_every, workers=workers
    )
    for name, schedule in ((DISSIMILARITY, recipe.dissimilarity), (COMPARATOR, recipe.comparator)):
        _say(f"training the {name} network")
        DissimilarityTraining(schedule, examples=examples, validation=graded, folder=work / name).run()

    _say("training the segmentation network on, in other looks")
    folder = work / ADAPTED
    AdaptationTraining(
        recipe.adaptation,
        train=scenes,
        validation=validation,
        folder=folder / SEGMENTATION,
        start=work / SEGMENTATION / BEST,
        photographs=None if video is None else read_photographs(video, every=PHOTOGRAPH_EVERY, size=WORKING_SIZE),
    ).run()
    _judge_on(recipe, _redrawing(recipe, validation, work=work, folder=folder), work=work, workers=workers, video=video)
    mean = {name: folder / name / MEAN for name in (DISSIMILARITY, COMPARATOR)}
    for name, path in mean.items():
        write_mean(work / name / BEST, folder / name / LAST, path, share=recipe.adapted_share)
    return modules.judging(networks, dissimilarity=mean[DISSIMILARITY], comparator=mean[COMPARATOR], size=WORKING_SIZE)


def _redrawing(recipe: StarterRecipe, validation: LabelledFrames, *, work: Path, folder: Path) -> Networks:
    """Return the segmentation network of a phase, the generator and the difference, proven and ready to be joined."""
    segmentation = folder / SEGMENTATION / BEST
    export_segmentation(segmentation, validation=validation, folder=folder / EXPORTED, temperature=recipe.temperature)
    return modules.redrawing(
        modules.segmentation(folder / EXPORTED),
        segmentation=segmentation,
        generator=work / GENERATOR / BEST,
        validation=validation,
        size=WORKING_SIZE,
    )


def _judge_on(recipe: StarterRecipe, networks: Networks, *, work: Path, workers: int, video: Path | None) -> None:
    """Train the judging networks on, with examples in other looks that the adapted segmentation answers."""
    _say("making examples in other looks")
    folder, changes = work / ADAPTED, recipe.adapted_examples
    series = recipe.examples(recipe.adapted_drives, _ADAPTED_SEED)
    examples = pairs.make(networks, series, folder / EXAMPLES / "train", workers=workers, recipe=changes, video=video)
    if video is not None:
        series = dataclasses.replace(series, drives=recipe.photograph_drives)
        examples += pairs.make_of_photographs(
            networks, video, folder / EXAMPLES / PHOTOGRAPHS, recipe=changes, series=series, workers=workers
        )
    graded = pairs.make_validation(
        networks,
        recipe.drives("val"),
        folder / EXAMPLES / "val",
        every=recipe.graded_every,
        workers=workers,
        changed=True,
    )
    for name, schedule in ((DISSIMILARITY, recipe.adapted_dissimilarity), (COMPARATOR, recipe.adapted_comparator)):
        _say(f"training the {name} network on, in other looks")
        start = work / name / BEST
        DissimilarityTraining(schedule, examples=examples, validation=graded, folder=folder / name, start=start).run()


def bundle_of(
    recipe: StarterRecipe,
    networks: Networks,
    *,
    work: Path,
    bundle: Path,
    workers: int,
    replace: bool,
    video: Path | None = None,
) -> Sequence[Figures]:
    """Choose weights, measure the trained networks and write their bundle; return what was measured."""
    _say("choosing the weights of the ensembles")
    unweighed = _compose(networks, recipe, weights=dict.fromkeys(MIXED, ENSEMBLE))
    chosen = choose_weights(unweighed.files[GRAPH], recipe.drives("val"))
    chosen.write(work / WEIGHTS)

    _say("measuring")
    graph = _compose(networks, recipe, weights=chosen.weights).files[GRAPH]
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:  # a fork would share a runtime's threads
        series = [recipe.drives(split) for split in LOST_AND_FOUND_SPLITS]
        measurements = list(pool.map(partial(measure_drives, graph), series))
    plans = ranked(measurements[0])
    points: dict[str, tuple[OperatingPoint, ...]] = {plan: operating_points(measurements[0], plan) for plan in plans}
    measured = [_held_out(recipe, work), *chosen.rows]
    for measurement in measurements:
        measured += tables.rows(measurement, points)

    provenance = Provenance(
        data=_data_text(recipe, video),
        recipe=_recipe_text(recipe, work),
        measured=tuple(measured),
        operating_points=points,
    )
    composed = _compose(networks, recipe, weights=chosen.weights, plans=plans, provenance=provenance)
    check.require_sound(composed.files)
    store.write(bundle, composed.files, replace=replace)
    return measured


def report(measured: Sequence[Figures]) -> str:
    """Return the figures as tables."""
    held_out, *others = measured
    return f"{held_out['data']}: mean IoU {held_out['mean_iou']}\n{tables.text(others)}"


def _compose(
    networks: Networks,
    recipe: StarterRecipe,
    *,
    weights: Mapping[str, Weights],
    plans: Sequence[str] = (*REDRAWN, *SOFTMAX),
    provenance: Provenance = _UNTOLD,
) -> Composed:
    golden = obstacle_drive(recipe.drives("val", size=_GOLDEN_SIZE), 0).frame(_GOLDEN_FRAME)
    return compose(
        networks,
        plan_names=plans,
        weights=weights,
        name=NAME,
        version=_VERSION,
        frame=golden.rgb,
        provenance=provenance,
    )


def _held_out(recipe: StarterRecipe, work: Path) -> Figures:
    confusion = measure(load_network(work / SEGMENTATION / BEST), load_cityscapes(work / SCENES, "test"))
    return {
        "data": f"drawn scenes of split test, {recipe.held_out_drives * recipe.frames} frames, never seen in training",
        "mean_iou": round(confusion.mean_iou(), 4),
        "accuracy": round(confusion.accuracy(), 4),
        "iou": {name: round(value, 4) for name, value in confusion.iou().items()},
    }


def _data_text(recipe: StarterRecipe, video: Path | None) -> str:
    generator = Generator.here()
    photographs = "No photograph, no third-party data."
    if video is not None:
        photographs = (
            f"Besides, every {PHOTOGRAPH_EVERY}th frame of the video {video.name} (sha256 "
            f"{hashlib.sha256(video.read_bytes()).hexdigest()}), without labels, for light and colours, for pictures "
            "labelled by the network itself and as a background of random shapes. No other photograph, no label of "
            "others."
        )
    return (
        f"Procedurally drawn street scenes of our own (catseye_models.scenes, code sha256 {generator.code}, obstacle "
        f"catalogue sha256 {generator.catalogue}), seed {recipe.seed}: "
        f"{recipe.training_drives * recipe.frames} frames to train segmentation and synthesis, "
        f"{recipe.held_out_drives * recipe.frames} to choose their checkpoints, as many held out; "
        f"{recipe.example_drives * recipe.frames} frames of seed {recipe.seed + _EXAMPLE_SEED}, each used twice, to "
        f"train the dissimilarity networks, {recipe.adapted_drives * recipe.frames} of seed "
        f"{recipe.seed + _ADAPTED_SEED} to train them on. {photographs} Obstacles only in drives for "
        "validation and test, which share no model of an obstacle; what the networks learn to find are random shapes."
    )


def _recipe_text(recipe: StarterRecipe, work: Path) -> str:
    parts = []
    for name, schedule in recipe.trainings.items():
        state = read_checkpoint(work / name / BEST)
        settings = ", ".join(f"{key} {value}" for key, value in dataclasses.asdict(schedule).items())
        parts.append(
            f"{name}: {settings}; best after iteration {state['iteration']}, "
            f"{state['cpu_seconds'] / 60:.0f} CPU minutes"
        )
    return (
        f"catseye-models train starter, commit {commit()}; AdamW, one cycle, bfloat16; {'; '.join(parts)}; "
        f"logits divided by {recipe.temperature:g}; the adapted segmentation only answers the examples; the judging "
        f"networks' weights are {1 - recipe.adapted_share:g} of the first one's best and {recipe.adapted_share:g} of "
        "the adapted one's last"
    )


def _say(what: str) -> None:
    print(what, file=sys.stderr)
