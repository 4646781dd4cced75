"""Names and shapes of a network's inputs and outputs."""

from collections.abc import Mapping
from dataclasses import dataclass

Sides = tuple[int | None, ...]
"""Shape of a tensor; None is a side that may be anything, such as the batch."""


@dataclass(frozen=True, kw_only=True)
class Ends:
    """What a network file must take and give, all of it float.

    Attributes:
        inputs: all of them, by name.
        outputs: those that are used, by name.
    """

    inputs: Mapping[str, Sides]
    outputs: Mapping[str, Sides]
