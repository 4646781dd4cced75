"""The search for layers that stay fp32, on effects that are made up."""

from collections.abc import Mapping

import pytest

from catseye_models.precision.search import Kept, leave_out

NETWORKS = {"first": [f"f{number}" for number in range(32)], "second": ["s0", "s1"]}


class Effects:
    """Layers whose effects add up, unless `together_more` is added to what they do together."""

    def __init__(self, effects: Mapping[str, float], *, together_more: float = 0.0) -> None:
        self._effects = effects
        self._more = together_more
        self.asked: list[tuple[str, ...]] = []

    def alone(self, _: str, layers: tuple[str, ...]) -> float:
        self.asked.append(layers)
        return sum(self._effects.get(name, 0.0) for name in layers)

    def together(self, kept: Kept) -> float:
        left = [name for role, names in NETWORKS.items() for name in names if name not in kept[role]]
        return sum(self._effects.get(name, 0.0) for name in left) + (self._more if left else 0.0)

    def search(self, *, bound: float, most: int = 17) -> dict[str, list[str]] | None:
        kept = leave_out(NETWORKS, alone=self.alone, together=self.together, bound=bound, most=most)
        return None if kept is None else {role: sorted(names) for role, names in kept.items()}


def test_variant_within_its_bound_keeps_no_layer_and_measures_nothing_more() -> None:
    effects = Effects({"f3": 0.01})
    assert effects.search(bound=0.01) == {"first": [], "second": []}
    assert effects.asked == []


def test_worst_layers_are_found_among_many_and_nothing_else_is_left_out() -> None:
    effects = Effects({"f9": 0.5, "f10": 0.4, "s1": 0.005, "f30": 0.001})
    kept = effects.search(bound=0.01)
    assert kept == {"first": ["f10", "f11", "f8", "f9"], "second": []}  # runs of four are not divided
    assert len(effects.asked) < 16


def test_effects_that_do_not_add_up_are_measured_until_the_bound_holds() -> None:
    effects = Effects({"s0": 0.03, "s1": 0.02}, together_more=0.005)
    assert effects.search(bound=0.008) == {"first": [], "second": ["s0", "s1"]}


def test_effects_that_overlap_are_measured_before_the_search_gives_up() -> None:
    class Overlapping(Effects):
        def together(self, kept: Kept) -> float:
            return 0.0 if "f9" in kept["first"] else 0.1

    effects = Overlapping({f"f{number}": 0.1 + (number == 9) for number in range(32)})
    kept = effects.search(bound=0.01)
    assert kept is not None
    assert "f9" in kept["first"]
    assert len(kept["first"]) <= 17


@pytest.mark.parametrize("effects", [{f"f{number}": 0.1 for number in range(32)}, {}])
def test_search_ends_when_too_many_layers_would_stay(effects: dict[str, float]) -> None:
    assert Effects(effects, together_more=1.0).search(bound=0.01) is None
