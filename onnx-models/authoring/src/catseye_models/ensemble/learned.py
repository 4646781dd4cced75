"""Weights of an ensemble that are learned: those with the lowest cross-entropy of the mixed probability.

Source: Di Biase et al. 2021, appendix A.4: one scalar per map, learned with the loss of the dissimilarity network,
cross-entropy with class weights 1 / ln(1.02 + share of the class).
Deviates: probabilities are mixed (in logits of both classes the maps would cancel in the softmax); the weights are
learned behind the finished maps, on the road of validation drives.
"""

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catseye_models.ensemble.pixels import MAPS, Pixels, Values
from catseye_models.errors import AuthoringError

_GAP: Final = 1e-4
"""Nats; the cross-entropy found is no further above the lowest one."""

_MOST_STEPS: Final = 5000
_HALF_LEVEL: Final = np.float32(0.5 / 255)


def learn(pixels: Pixels) -> dict[str, float]:
    """Return the weights of `MAPS`, 0 to 1, with a sum of 1 (rounded to four digits).

    A mean of probabilities is a mixture of predictors: map m says obstacle with m, free road with 1 - m, and so does
    the mix. So expectation maximisation finds the weights: no step size, every step lowers the cross-entropy, which
    is convex. The largest gain of a map less 1 bounds the distance to the lowest one.
    """
    likelihoods, shares = _labelled(pixels)
    weights = np.full(len(MAPS), 1 / len(MAPS))
    for _ in range(_MOST_STEPS):
        gains = likelihoods @ (shares / (weights.astype(np.float32) @ likelihoods))
        if gains.max() - 1 <= _GAP:
            return {name: round(float(weight), 4) for name, weight in zip(MAPS, weights, strict=True)}
        weights = weights * gains / (weights * gains).sum()
    raise AuthoringError(f"weights not learned: {gains.max() - 1:.1e} nats to go after {_MOST_STEPS} steps")


def cross_entropy(pixels: Pixels, weights: Mapping[str, float]) -> float:
    """Return the class-weighted cross-entropy of a mix on the road, in nats."""
    likelihoods, shares = _labelled(pixels)
    factors = np.array([weights[name] for name in MAPS], np.float32)
    return float(-(shares * np.log((factors / factors.sum()) @ likelihoods)).sum())


def _labelled(pixels: Pixels) -> tuple[Values, NDArray[np.float32]]:
    """Return the probability of the true class by map [4, n] and what each pixel counts [n], with a sum of 1.

    Bytes cannot tell 0 from a little: no probability is nearer to 0 or 1 than half a level.
    """
    pixel_counts = np.array([pixels.obstacles.shape[1], pixels.road.shape[1] * pixels.share])
    if not pixel_counts.all():
        raise AuthoringError(
            f"{pixel_counts[0]} obstacle and {pixel_counts[1]} road pixels: nothing to learn weights from"
        )
    likelihoods = np.concatenate([pixels.obstacles, 1 - pixels.road], axis=1).clip(_HALF_LEVEL, 1 - _HALF_LEVEL)
    of_class = [count / math.log(1.02 + count / pixel_counts.sum()) for count in pixel_counts]
    kept = [pixels.obstacles.shape[1], pixels.road.shape[1]]
    shares = np.repeat([whole / sum(of_class) / number for whole, number in zip(of_class, kept, strict=True)], kept)
    return likelihoods, shares.astype(np.float32)
