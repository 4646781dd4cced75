"""The plans that `compose` knows: name, formula, what it needs, and how its score is made."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import onnx_ir as ir
from onnxscript import OpBuilder

from catseye_models.compose import maps, weights
from catseye_models.compose.maps import PixelStatistics
from catseye_models.compose.networks import EXTERNAL, SEGMENTATION
from catseye_models.compose.parts import Parts
from catseye_models.compose.weights import Weights
from catseye_models.errors import UsageError
from catseye_models.labels import CITYSCAPES
from catseye_models.published import ENSEMBLE
from catseye_models.spec import NetworkSpec

SOFTMAX = ("entropy", "distance", "msp", "max-logit")
"""Plans that need a segmentation network and nothing else.

Source: Hendrycks and Gimpel 2017 (msp), Hendrycks et al. 2022 (max-logit), SynBoost eq. 1 and 2 (entropy, distance).
Deviates: SynBoost scales entropy and distance by the extremes of each frame; here they are absolute, so that one
threshold means the same in every frame.
"""

REDRAWN = ("synboost-light", "synboost-e2e", "resynthesis")
"""Plans that redraw the picture.

Source: Di Biase et al. 2021 (SynBoost, its light networks; the weights learned end to end: appendix A.4, mixing
probabilities), Lis et al. 2019 (Image Resynthesis, as rebuilt by SynBoost).
"""

PLANS = (*SOFTMAX, *REDRAWN, EXTERNAL)
"""The last one is the plan of an anomaly network of somebody else."""

Score = Callable[[Parts], ir.Value]
"""Builds an unclipped score, float32 [N, 1, h, w]."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One way to an anomaly score.

    Attributes:
        name: as on the command line and in the bundle.
        formula: the score in words of the bundle; p are softmax probabilities, largest first.
        score: builds the unclipped score.
        needs: networks that it runs.
        extras: outputs that the graph offers beside the plan's own, names of `extras.EXTRAS`.
        class_map: the one of them that shows the classes at the size of the score; None when there is none.
    """

    name: str
    formula: str
    score: Score
    needs: tuple[str, ...] = (SEGMENTATION,)
    extras: tuple[str, ...] = ("class_map",)
    class_map: str | None = "class_map"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What plans can be chosen from.

    Attributes:
        segmentation: spec of the segmentation network, None when there is none.
        networks: roles of all networks, as `Plan.needs` has them.
        weights: per plan that mixes maps.
    """

    segmentation: NetworkSpec | None
    networks: Collection[str] = (SEGMENTATION,)
    weights: Mapping[str, Weights] = field(default_factory=lambda: weights.PUBLISHED)


def choose(names: Sequence[str], offer: Offer) -> list[Plan]:
    """Return the plans of `names`, in that order; raise `UsageError` for all that cannot be had."""
    problems = [f"plan {name!r} is none of {', '.join(PLANS)}" for name in names if name not in PLANS]
    problems += [f"plan {name} is named {names.count(name)} times" for name in PLANS if names.count(name) > 1]
    if not names:
        problems.append(f"no plan named; there are {', '.join(PLANS)}")
    catalogue = {plan.name: plan for plan in _catalogue(offer)}
    for name in PLANS:
        if name in names:
            problems += [f"plan {name} {problem}" for problem in _obstacles(catalogue[name], offer)]
    if problems:
        raise UsageError(*problems)
    return [catalogue[name] for name in names]


def _obstacles(plan: Plan, offer: Offer) -> list[str]:
    problems = []
    missing = [name for name in plan.needs if name not in offer.networks]
    if missing:
        problems.append(f"needs {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not there")
    spec = offer.segmentation
    if plan.name == "max-logit" and spec is not None and spec.max_logit_range is None:
        problems.append("needs max_logit_range in the spec")
    if plan.name in REDRAWN and spec is not None and spec.labels != CITYSCAPES:
        problems.append(f"redraws the classes of {CITYSCAPES.name}; the spec says {spec.labels.name}")
    if plan.name in weights.MIXED and plan.name not in offer.weights:
        problems.append("needs its weights: a file for --weights")
    return problems


def _catalogue(offer: Offer) -> list[Plan]:
    return [*_softmax(offer.segmentation), *_redrawn(offer.weights), _external()]


def _softmax(spec: NetworkSpec | None) -> list[Plan]:
    low, high = (spec.max_logit_range if spec else None) or (0.0, 1.0)

    def plan(name: str, formula: str, build: Callable[[OpBuilder, PixelStatistics], ir.Value]) -> Plan:
        def score(parts: Parts) -> ir.Value:
            return parts.assembly.glue(name, build, parts.statistics)

        return Plan(name=name, formula=formula, score=score)

    return [
        plan("entropy", "H / ln C", maps.entropy),
        plan("distance", "1 - (p1 - p2)", maps.distance),
        plan("msp", "1 - p1", maps.msp),
        plan("max-logit", "(hi - max logit) / (hi - lo), clipped", partial(maps.max_logit, low=low, high=high)),
    ]


def _redrawn(chosen: Mapping[str, Weights]) -> list[Plan]:
    pictures = ("semantic", "synthesis")

    def mixed(name: str) -> Plan:
        mix = chosen.get(name, ENSEMBLE)
        return Plan(
            name=name,
            formula=f"{weights.formula(mix)}; entropy and distance scaled frame by frame",
            score=lambda parts: parts.redrawn.mixed(mix, scope=name),
            needs=(SEGMENTATION, "synthesis", "perceptual", "dissimilarity"),
            extras=("class_map", *pictures, "entropy", "distance", "perceptual", "dissimilarity", "q"),
            class_map="semantic",
        )

    resynthesis = Plan(
        name="resynthesis",
        formula="probability of an anomaly, by the network without uncertainty",
        score=lambda parts: parts.redrawn.comparison,
        needs=(SEGMENTATION, "synthesis", "comparator"),
        extras=("class_map", *pictures),
        class_map="semantic",
    )
    return [mixed("synboost-light"), mixed("synboost-e2e"), resynthesis]


def _external() -> Plan:
    return Plan(
        name=EXTERNAL,
        formula="answer of the network, from its range to 0 to 1",
        score=lambda parts: parts.foreign,
        needs=(EXTERNAL,),
        extras=(),
        class_map=None,
    )
