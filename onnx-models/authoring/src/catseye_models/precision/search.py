"""Which layers stay fp32: the ones that move the anomaly maps most, until the whole variant holds its bound."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Kept = Mapping[str, frozenset[str]]
"""By role: names of the layers that stay fp32."""

Alone = Callable[[str, tuple[str, ...]], float]
"""Measures the mean |difference of A| with these layers of one network narrowed and nothing else."""

PARTS = 4
FINEST = 1 / 8
"""A run of layers is divided into `PARTS` until it holds at most this share of its network."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """A run of layers of one network.

    Attributes:
        role: of the network.
        layers: their names, in order.
        effect: mean |difference of A| that they make alone.
    """

    role: str
    layers: tuple[str, ...]
    effect: float


def leave_out(
    layers: Mapping[str, Sequence[str]], *, alone: Alone, together: Callable[[Kept], float], bound: float, most: int
) -> Kept | None:
    """Return the layers to leave at fp32 so that the rest holds the bound; None when that takes more than `most`.

    Effects are taken to add up: the group with the largest is divided, or left out once it is small, until what remains
    promises to hold the bound. Then that is measured, and believed only if it does.

    Args:
        layers: by role, in order.
        alone: measures some layers of one network.
        together: measures all layers but the given ones.
        bound: largest mean |difference of A|.
        most: largest number of layers to leave out.
    """
    kept: dict[str, frozenset[str]] = {role: frozenset() for role in layers}
    mean = together(kept)
    groups: list[Group] = []
    if not mean <= bound:
        runs = [(role, tuple(some)) for role, some in layers.items() if some]
        groups = [Group(role=role, layers=run, effect=alone(role, run)) for role, run in runs]
    while not mean <= bound:
        finest = {role: max(1, int(FINEST * len(some))) for role, some in layers.items()}
        room = most - sum(len(names) for names in kept.values())
        out, groups = _parted(groups, finest=finest, alone=alone, share=bound / mean, room=room)
        if not out:
            return None
        for group in out:
            kept[group.role] |= set(group.layers)
        mean = together(kept)
    return kept


def _parted(
    groups: Sequence[Group], *, finest: Mapping[str, int], alone: Alone, share: float, room: int
) -> tuple[list[Group], list[Group]]:
    """Return the groups to leave out and the others, whose effects are at most that share of all.

    One group at least is left out, unless even the worst holds more layers than there is room for.
    """
    rest, out = list(groups), list[Group]()
    while rest and (not out or _effect(rest) > share * (_effect(rest) + _effect(out))):
        largest = max(rest, key=lambda group: group.effect)
        divide = len(largest.layers) > finest[largest.role]
        if not divide and len(largest.layers) > room:
            break
        rest.remove(largest)
        if divide:
            rest += _divided(largest, alone)
        else:
            out.append(largest)
            room -= len(largest.layers)
    return out, rest


def _effect(groups: Sequence[Group]) -> float:
    return sum(group.effect for group in groups)


def _divided(group: Group, alone: Alone) -> list[Group]:
    """Return the parts of a group, each measured."""
    size = -(-len(group.layers) // PARTS)
    runs = [group.layers[start : start + size] for start in range(0, len(group.layers), size)]
    return [Group(role=group.role, layers=run, effect=alone(group.role, run)) for run in runs]
