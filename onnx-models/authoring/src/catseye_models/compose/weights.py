"""Weights of the maps that a plan mixes."""

from collections.abc import Mapping
from pathlib import Path

from catseye_models.fields import Fields, read_object
from catseye_models.published import ENSEMBLE

Weights = Mapping[str, float]
"""By map: `dissimilarity`, `entropy`, `perceptual`, `distance`; their sum is above 0."""

MIXED = ("synboost-light", "synboost-e2e")
"""Plans that mix maps."""

PUBLISHED: Mapping[str, Weights] = {"synboost-light": ENSEMBLE}
"""Those that hold unless a file says otherwise; the end-to-end weights were never published."""


def read(path: Path) -> dict[str, Weights]:
    """Return `{PLAN: {MAP: weight}}` of a JSON file, over the published ones; a map left out has weight 0.

    Raises `UsageError` with every mistake.
    """
    fields = Fields(read_object(path), known=MIXED)
    found = {plan: _weights(fields, plan) for plan in MIXED if fields.has(plan)}
    fields.require_sound(path.name)
    return {**PUBLISHED, **found}


def formula(weights: Weights) -> str:
    """Return the mix in words of the bundle."""
    whole = sum(weights.values())
    return " + ".join(f"{weight / whole:.4g} {name}" for name, weight in weights.items() if weight)


def _weights(fields: Fields, plan: str) -> Weights:
    value = fields.values[plan]
    if not isinstance(value, dict):
        fields.wrong(plan, f"{value!r} is not an object with one weight per map")
        return ENSEMBLE
    inner = Fields(value, known=tuple(ENSEMBLE))
    weights = {name: inner.factor(name) for name in ENSEMBLE}
    if not sum(weights.values()) > 0 and not inner.problems:
        fields.wrong(plan, f"the weights add up to {sum(weights.values()):g}, which is not above 0")
    fields.problems.extend(f"{plan}.{problem}" for problem in inner.problems)
    return weights
