"""Grid search over the weights of an ensemble.

Source: giandbt/synboost, commit eaa4d3a: weights 0 to 3 of each map, divided by their sum; the lowest FPR95 wins.
Deviates: scores are counted as bytes, which is what a graph answers, on one pixel in `pixels.SHARE`; of mixes with the
same FPR95 the one with the better average precision is taken.
"""

import itertools
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tqdm import tqdm

from catseye_models.compose.weights import Weights
from catseye_models.ensemble.pixels import MAPS, Pixels
from catseye_models.scores import Quality

LARGEST: Final = 3
CHOSEN_ON: Final = "road"
"""Region whose figures decide."""


@dataclass(frozen=True)
class Mix:
    """Weights, and how good the scores are that they make, by region."""

    weights: Weights
    quality: dict[str, Quality]


def candidates() -> list[Weights]:
    """Return the 224 mixes of the grid in their smallest whole numbers; the plain mean is none of them."""
    vectors = itertools.product(range(LARGEST + 1), repeat=len(MAPS))
    return [
        dict(zip(MAPS, map(float, vector), strict=True))
        for vector in vectors
        if len(set(vector)) > 1 and math.gcd(*vector) == 1
    ]


def judge(weights: Weights, pixels: Pixels) -> Mix:
    """Return a mix with its figures."""
    return Mix(weights, {region: counts.quality() for region, counts in pixels.counts(weights).items()})


def search(pixels: Pixels) -> list[Mix]:
    """Return every mix of the grid with its figures; a progress bar shows on a terminal."""
    return [judge(weights, pixels) for weights in tqdm(candidates(), unit="mix", disable=not sys.stderr.isatty())]


def lowest_fpr95(mixes: Sequence[Mix]) -> Mix:
    """Return the mix that is chosen: the lowest FPR95, then the best average precision."""
    return min(mixes, key=lambda mix: (mix.quality[CHOSEN_ON].fpr95, -mix.quality[CHOSEN_ON].average_precision))


def best_ap(mixes: Sequence[Mix]) -> Mix:
    """Return the mix of the best average precision."""
    return max(mixes, key=lambda mix: mix.quality[CHOSEN_ON].average_precision)
