"""The plans that `compose` knows: name, formula, and how the score is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import onnx_ir as ir
from onnxscript import OpBuilder

from catseye_models.compose import maps
from catseye_models.errors import UsageError
from catseye_models.spec import NetworkSpec


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One way to turn pixel statistics into an anomaly score.

    Attributes:
        name: as on the command line and in the bundle.
        formula: the score in words of the bundle; p are softmax probabilities, largest first.
        raw: builds the unclipped score, float32 [N, 1, H, W].
    """

    name: str
    formula: str
    raw: Callable[[OpBuilder, maps.PixelStatistics, NetworkSpec], ir.Value]


def _max_logit(op: OpBuilder, pixels: maps.PixelStatistics, spec: NetworkSpec) -> ir.Value:
    if spec.max_logit_range is None:
        raise ValueError(f"{spec.name}: no max_logit_range")
    low, high = spec.max_logit_range
    return maps.max_logit(op, pixels, low=low, high=high)


PLANS = {
    plan.name: plan
    for plan in (
        Plan(name="entropy", formula="H / ln C", raw=lambda op, pixels, _: maps.entropy(op, pixels)),
        Plan(name="distance", formula="1 - (p1 - p2)", raw=lambda op, pixels, _: maps.distance(op, pixels)),
        Plan(name="msp", formula="1 - p1", raw=lambda op, pixels, _: maps.msp(op, pixels)),
        Plan(name="max-logit", formula="(hi - max logit) / (hi - lo), clipped", raw=_max_logit),
    )
}
"""Source: Hendrycks and Gimpel 2017 (msp), Hendrycks et al. 2022 (max-logit), SynBoost eq. 1 and 2 (entropy, distance).

Deviates: SynBoost scales entropy and distance by the extremes of each frame; here they are absolute, so that one
threshold means the same in every frame.
"""


def choose(names: Sequence[str], *, spec: NetworkSpec) -> list[Plan]:
    """Return the plans of `names`, in that order; raise `UsageError` for all that cannot be had."""
    problems = [f"plan {name!r} is none of {', '.join(PLANS)}" for name in names if name not in PLANS]
    problems += [f"plan {name} is named {names.count(name)} times" for name in PLANS if names.count(name) > 1]
    if "max-logit" in names and spec.max_logit_range is None:
        problems.append("plan max-logit needs max_logit_range in the spec")
    if not names:
        problems.append(f"no plan named; there are {', '.join(PLANS)}")
    if problems:
        raise UsageError(*problems)
    return [PLANS[name] for name in names]
