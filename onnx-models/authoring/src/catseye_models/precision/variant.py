"""From fp32 networks to a variant whose difference is known and within its bound."""

import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import onnx

from catseye_models.bundle.precision import FP16, FP32, INT8
from catseye_models.compose import plans
from catseye_models.compose.fuse import fuse, fuse_inputs
from catseye_models.compose.networks import Networks
from catseye_models.compose.recipe import conversion_notes, offer_of, used_by
from catseye_models.compose.weights import Weights
from catseye_models.errors import ModelError, UsageError
from catseye_models.precision import layers, search
from catseye_models.precision.difference import PictureSet, PlanDifference, Reference, effect, worst
from catseye_models.precision.half import Halves
from catseye_models.precision.int8 import Quantised
from catseye_models.precision.search import Kept
from catseye_models.runtime import Array, Session

MOST_KEPT = 0.5
"""Share of all layers that may stay fp32; a variant that needs more is no variant any more."""

RANKING = 1
"""Pictures on which the effect of single groups of layers is measured: ranking them takes no more, and many trials."""

Progress = Callable[[str], None]


class Narrowing(Protocol):
    """A way to narrow the networks of some roles.

    Attributes:
        operators: those whose nodes are layers, which can be narrowed one by one.
        bound: largest mean |difference of A| to fp32 that a variant may have in any of its plans.
    """

    @property
    def operators(self) -> Collection[str]: ...  # noqa: D102

    @property
    def bound(self) -> float: ...  # noqa: D102

    def written(self, role: str, *, wide: Collection[str]) -> onnx.ModelProto:
        """Return a network with all layers narrowed but `wide` ones, as the bundle gets it."""

    def measured(self, role: str, *, wide: Collection[str]) -> onnx.ModelProto:
        """Return the same as it is measured: it shows what the precision costs wherever the variant will run."""


@dataclass(frozen=True, kw_only=True)
class Variant:
    """Networks in another precision, proven.

    Attributes:
        networks: those of the plans narrowed, others as they were.
        statement: what the bundle says of the difference.
        differences: the same, plan by plan.
        notes: what the user should know, one sentence each.
    """

    networks: Networks
    statement: Mapping[str, object]
    differences: Sequence[PlanDifference]
    notes: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is wanted.

    Attributes:
        plan_names: as `recipe.compose` takes them.
        weights: per plan that mixes maps.
        precision: `fp16` or `int8`.
        pictures: on which the difference is measured.
        calibration: on which int8 finds its ranges and ranks its layers; None for fp16.
    """

    plan_names: Sequence[str]
    weights: Mapping[str, Weights]
    precision: str
    pictures: PictureSet
    calibration: PictureSet | None = None

    def __post_init__(self) -> None:
        """Raise `UsageError` for pictures that would flatter the variant."""
        if (self.precision == INT8) != (self.calibration is not None):
            raise ValueError("int8, and nothing else, is calibrated")
        shared = self.calibration.shared(self.pictures) if self.calibration else []
        if shared:
            raise UsageError(
                f"calibration and measurement share {len(shared)} pictures ({', '.join(shared[:3])}): "
                "a difference measured on calibration pictures flatters"
            )


def make(networks: Networks, request: Request, *, progress: Progress) -> Variant:
    """Return the variant; raise `ModelError`, with the numbers, when it is not within its bound.

    Args:
        networks: fp32 networks.
        request: what is wanted.
        progress: is told the name of each step.
    """
    with tempfile.TemporaryDirectory(prefix="catseye.") as folder:
        return _Making(networks, request, progress, folder=Path(folder)).variant()


class _Making:
    """One variant on its way."""

    def __init__(self, networks: Networks, request: Request, progress: Progress, *, folder: Path) -> None:
        self._networks = networks
        self._request = request
        self._progress = progress
        self._folder = folder
        self._plans = plans.choose(request.plan_names, offer_of(networks, weights=request.weights))
        self._used = used_by(networks, self._plans)
        self._notes = conversion_notes(self._used.values())
        self._full = {role: layers.prepared(one.model, name=one.file) for role, one in self._used.items()}
        self._narrowing: Narrowing = (
            Quantised(self._full, self._inputs(request.calibration), folder=folder)
            if request.calibration
            else Halves(self._full)
        )
        operators = self._narrowing.operators
        self._layers = {role: layers.narrowable(model, operators) for role, model in self._full.items()}
        self._trials: list[Sequence[PlanDifference]] = []

    def variant(self) -> Variant:
        """Search, measure, and return what holds the bound."""
        bound, precision = self._narrowing.bound, self._request.precision
        count = sum(len(some) for some in self._layers.values())
        most = int(MOST_KEPT * count)
        kept = search.leave_out(self._layers, alone=self._alone, together=self._together, bound=bound, most=most)
        if kept is None:
            raise ModelError(
                f"{precision} is beyond its bound of {bound:g}, nothing was written: {worst(self._trials[0])}, "
                f"{len(self._request.pictures)} pictures; more than {most} of {count} layers would have to stay {FP32}"
            )
        narrowed = self._narrowed(kept, self._narrowing.written)
        self._progress(f"measuring {precision} as it will be written")
        graph = fuse(narrowed, self._plans)
        if graph.precision != precision:
            raise ModelError(f"none of {count} layers can be narrowed to {precision}; nothing was written")
        as_run = self._reference.measure(graph.data, name=precision)
        if not effect(as_run) <= bound:
            raise ModelError(f"{precision} is beyond its bound of {bound:g}, nothing was written: {worst(as_run)}")
        left_out = {
            self._used[role].spec.name: [name for name in self._layers[role] if name in names]
            for role, names in kept.items()
            if names
        }
        return Variant(
            networks=narrowed,
            statement={**self._statement(as_run), "layers": count, "left_out": left_out},
            differences=as_run,
            notes=[*self._notes, *(f"{name}: stay {FP32}: {', '.join(names)}" for name, names in left_out.items())],
        )

    def _statement(self, as_run: Sequence[PlanDifference]) -> dict[str, object]:
        calibration = self._request.calibration
        rounded = {"plans_rounded": [one.to_json() for one in self._trials[-1]]}
        return {
            "to": FP32,
            "bound": self._narrowing.bound,
            "plans": [one.to_json() for one in as_run],
            **(rounded if self._request.precision == FP16 else {}),
            "pictures": self._request.pictures.to_json(),
            **({"calibration": calibration.to_json()} if calibration else {}),
        }

    def _inputs(self, pictures: PictureSet) -> dict[str, list[dict[str, Array]]]:
        """Return what each network is given on each picture, by role."""
        self._progress("running the fp32 graph for the calibration")
        session = Session(fuse_inputs(self._networks, self._plans), name=FP32)
        answers = [session.run(frames=frame[None]) for frame in pictures]
        return {
            role: [{end: answer[f"{one.spec.name}.{end}"] for end in one.spec.ends.inputs} for answer in answers]
            for role, one in self._used.items()
        }

    @cached_property
    def _reference(self) -> Reference:
        self._progress(f"running the {FP32} graph")
        return Reference(fuse(self._networks, self._plans).data, self._request.pictures)

    @cached_property
    def _ranking(self) -> Reference:
        self._progress(f"running the {FP32} graph")
        pictures = self._request.calibration or self._request.pictures
        return Reference(fuse(self._networks, self._plans).data, pictures.part(0, RANKING))

    def _together(self, kept: Kept) -> float:
        expected = self._reference
        out = sum(len(names) for names in kept.values())
        self._progress(f"measuring {self._request.precision}" + (f", {out} layers at {FP32}" if out else ""))
        self._trials.append(expected.measure(self._graph(kept), name=self._request.precision))
        return effect(self._trials[-1])

    def _alone(self, role: str, some: tuple[str, ...]) -> float:
        expected = self._ranking
        self._progress(f"measuring {len(some)} layers of {role}")
        kept = {other: frozenset(names) for other, names in self._layers.items()}
        kept[role] -= set(some)
        return effect(expected.measure(self._graph(kept), name=f"{role} in {self._request.precision}"))

    def _graph(self, kept: Kept) -> bytes:
        return fuse(self._narrowed(kept, self._narrowing.measured), self._plans).data

    def _narrowed(self, kept: Kept, narrow: Callable[..., onnx.ModelProto]) -> Networks:
        """Return the networks with all layers narrowed but those; a network that keeps all of them as it was."""
        return self._networks.with_models(
            {role: narrow(role, wide=names) for role, names in kept.items() if names != frozenset(self._layers[role])}
        )
