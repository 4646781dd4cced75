"""From fp32 networks to a variant whose difference is known and within its bound."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import onnx

from catseye_models.compose import plans
from catseye_models.compose.fuse import fuse
from catseye_models.compose.networks import Networks
from catseye_models.compose.recipe import conversion_notes, offer_of, used_by
from catseye_models.compose.weights import Weights
from catseye_models.errors import ModelError
from catseye_models.precision import half, layers, search
from catseye_models.precision.difference import PictureSet, PlanDifference, Reference, effect, worst
from catseye_models.precision.search import Kept

FULL = "fp32"

BOUNDS: Mapping[str, float] = {half.WORD: 0.002}
"""By precision: largest mean |difference of A| to fp32 that a variant may have in any of its plans."""

MOST_KEPT = 0.5
"""Share of all layers that may stay fp32; a variant that needs more is no variant any more."""

RANKING = 2
"""Pictures on which the effect of single groups of layers is measured."""

Progress = Callable[[str], None]


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
        precision: one of `BOUNDS`.
        pictures: on which the difference is measured.
    """

    plan_names: Sequence[str]
    weights: Mapping[str, Weights]
    precision: str
    pictures: PictureSet


def make(networks: Networks, request: Request, *, progress: Progress) -> Variant:
    """Return the variant; raise `ModelError`, with the numbers, when it is not within its bound.

    Args:
        networks: fp32 networks.
        request: what is wanted.
        progress: is told the name of each step.
    """
    return _Making(networks, request, progress).variant()


class _Making:
    """One variant on its way."""

    def __init__(self, networks: Networks, request: Request, progress: Progress) -> None:
        self._networks = networks
        self._request = request
        self._progress = progress
        self._plans = plans.choose(request.plan_names, offer_of(networks, weights=request.weights))
        self._used = used_by(networks, self._plans)
        self._notes = conversion_notes(self._used.values())
        self._full = {role: layers.prepared(one.model, name=one.file) for role, one in self._used.items()}
        self._layers = {role: layers.layers(model) for role, model in self._full.items()}
        self._bound = BOUNDS[request.precision]
        self._trials: list[Sequence[PlanDifference]] = []

    def variant(self) -> Variant:
        count = sum(len(some) for some in self._layers.values())
        most = int(MOST_KEPT * count)
        kept = search.leave_out(self._layers, alone=self._alone, together=self._together, bound=self._bound, most=most)
        precision, pictures = self._request.precision, self._request.pictures
        if kept is None:
            raise ModelError(
                f"{precision} is beyond its bound of {self._bound:g}, nothing was written: {worst(self._trials[0])}, "
                f"{len(pictures)} pictures; more than {most} of {count} layers would have to stay fp32"
            )
        left_out = {
            self._used[role].spec.name: [name for name in self._layers[role] if name in names]
            for role, names in kept.items()
            if names
        }
        narrowed = self._narrowed(kept)
        as_run = self._reference.measure(fuse(narrowed, self._plans).data, name=precision)
        if not effect(as_run) <= self._bound:
            raise ModelError(
                f"{precision} is beyond its bound of {self._bound:g}, nothing was written: {worst(as_run)}"
            )
        return Variant(
            networks=narrowed,
            statement={
                "to": FULL,
                "bound": self._bound,
                "plans": [one.to_json() for one in as_run],
                "plans_rounded": [one.to_json() for one in self._trials[-1]],
                "pictures": pictures.to_json(),
                "layers": count,
                "layers_at_fp32": left_out,
            },
            differences=as_run,
            notes=[*self._notes, *(f"{name}: stay fp32: {', '.join(names)}" for name, names in left_out.items())],
        )

    @cached_property
    def _reference(self) -> Reference:
        self._progress("running the fp32 graph")
        return Reference(fuse(self._networks, self._plans).data, self._request.pictures)

    @cached_property
    def _ranking(self) -> Reference:
        self._progress("running the fp32 graph")
        return Reference(fuse(self._networks, self._plans).data, self._request.pictures.part(0, RANKING))

    def _together(self, kept: Kept) -> float:
        expected = self._reference
        out = sum(len(names) for names in kept.values())
        self._progress(f"measuring {self._request.precision}" + (f", {out} layers at fp32" if out else ""))
        self._trials.append(expected.measure(self._graph(kept), name=self._request.precision))
        return effect(self._trials[-1])

    def _alone(self, role: str, some: tuple[str, ...]) -> float:
        expected = self._ranking
        self._progress(f"measuring {len(some)} layers of {role}")
        kept = {other: frozenset(names) for other, names in self._layers.items()}
        kept[role] -= set(some)
        return effect(expected.measure(self._graph(kept), name=f"{role} in {self._request.precision}"))

    def _graph(self, kept: Kept) -> bytes:
        """Return the graph that is measured: it shows what the precision costs wherever the variant will run."""
        return fuse(self._narrowed(kept, shape=half.rounded), self._plans).data

    def _narrowed(
        self, kept: Kept, *, shape: Callable[[onnx.ModelProto], onnx.ModelProto] = lambda model: model
    ) -> Networks:
        """Return the networks with all layers narrowed but those; a network that keeps all of them as it was."""
        return self._networks.with_models(
            {
                role: shape(half.narrowed(self._full[role], wide=names))
                for role, names in kept.items()
                if names != frozenset(self._layers[role])
            }
        )
