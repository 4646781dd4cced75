"""Teaches what an unknown thing is: pastes shapes onto roads, exchanges the classes of things.

Nothing here looks at the obstacle catalogue; shapes are random outlines, filled with pieces of other pictures or random
patterns, so that neither outline nor colour gives them away.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.labels import VOID, TrainId, to_train_ids
from catseye_models.scenes.unknowns import unknown

NORMAL, ANOMALOUS, IGNORED = 0, 1, 255
"""Values of a truth plane."""

HEIGHTS: Final = (0.04, 0.7)
"""Of pasted things, as shares; see `paste`."""

_SMALLEST_PX: Final = 3
_FINER: Final = 4
"""Outlines are drawn this many times finer than the picture."""

_MOST_MIXED: Final = 0.6
"""A pixel that a thing covers to at most this share, but not at all to 0, belongs to neither side."""

_REPLACEMENTS: Final = to_train_ids(
    np.array([7] * 3 + [8, 11, 12, 13, 20, 21, 22] + [24] * 3 + [25] + [26] * 7 + [27, 28, 32, 33], np.uint8)
)
"""Classes that an exchanged thing is given, by how often they are drawn. Source: giandbt/synboost, commit eaa4d3a."""

_COUNTABLE: Final = tuple(range(TrainId.PERSON, TrainId.BICYCLE + 1))


def paste(
    rgb: NDArray[np.uint8],
    train_ids: NDArray[np.uint8],
    truth: NDArray[np.uint8],
    *,
    count: int,
    rng: np.random.Generator,
    heights: tuple[float, float] = HEIGHTS,
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return copies of a picture (H, W, 3) and its truth (H, W) with ``count`` things more on the road.

    Sizes follow the perspective: a thing stands on a road pixel, and its height is a share, within ``heights``, of how
    far that pixel lies below the farthest road.
    """
    rgb, truth = rgb.copy(), truth.copy()
    rows, columns = np.nonzero(train_ids == TrainId.ROAD)
    if not len(rows):
        return rgb, truth
    farthest = int(rows.min())
    for _ in range(count):
        place = rng.integers(len(rows))
        bottom, middle = int(rows[place]) + 1, int(columns[place])
        height = max(_SMALLEST_PX, round((bottom - farthest) * float(np.exp(rng.uniform(*np.log(heights))))))
        width = max(_SMALLEST_PX, round(height * float(np.exp(rng.uniform(np.log(0.4), np.log(2.5))))))
        _stand(rgb, truth, _thing(rgb, width, height, rng), left=middle - width // 2, bottom=bottom, rng=rng)
    return rgb, truth


def exchange(
    train_ids: NDArray[np.uint8],
    answered: NDArray[np.uint8],
    instances: NDArray[np.uint16],
    truth: NDArray[np.uint8],
    *,
    rng: np.random.Generator,
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return copies of ``answered`` and ``truth`` in which some things have another class and are anomalous.

    All planes (H, W); ``train_ids`` and ``instances`` are the ground truth. None up to all but one of the things of
    countable classes are exchanged, as drawn.

    Source: Di Biase et al. 2021, 3.4; facts of the code: n = floor(U x things). Deviates: the classes around are those
    that the network answers, not the ground truth, so that label errors of ordinary pictures occur on both sides.
    """
    answered, truth = answered.copy(), truth.copy()
    things = np.unique(instances[np.isin(train_ids, _COUNTABLE) & (instances > 0)])
    for thing in rng.permutation(things)[: int(rng.random() * len(things))]:
        inside = instances == thing
        own = int(np.bincount(train_ids[inside]).argmax())
        answered[inside] = rng.choice(_REPLACEMENTS[own != _REPLACEMENTS])
        truth[inside] = ANOMALOUS
    return answered, truth


def truth_of(train_ids: NDArray[np.uint8], instances: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Return the truth (H, W) of a training scene: the drawn unknown things are void with an instance number."""
    return np.where((train_ids == VOID) & (instances > 0), ANOMALOUS, NORMAL).astype(np.uint8)


def _thing(
    rgb: NDArray[np.uint8], width: int, height: int, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return colours (height, width, 3), 0 to 255, and opacity (height, width), 0 to 1."""
    if rng.random() < 0.35:
        sprite = unknown(rng)
        size = (width, height)
        alpha = cv2.resize(sprite.alpha, size, interpolation=cv2.INTER_AREA)
        colours = cv2.resize(sprite.rgb, size, interpolation=cv2.INTER_AREA)
        return np.clip(colours, 0, 255).astype(np.float32), _unit(alpha)
    return _piece(rgb, width, height, rng), _outline(width, height, rng)


def _piece(rgb: NDArray[np.uint8], width: int, height: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return a piece of the picture itself, somewhat brighter or darker: its colours are those of the scene."""
    rows, columns = rgb.shape[:2]
    zoom = rng.uniform(0.5, 2.0)
    high, wide = (min(limit, max(2, round(side * zoom))) for side, limit in ((height, rows), (width, columns)))
    top, left = rng.integers(rows - high + 1), rng.integers(columns - wide + 1)
    piece = rgb[top : top + high, left : left + wide].astype(np.float32)
    piece = np.asarray(cv2.resize(piece, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    shade = np.linspace(rng.uniform(0.9, 1.2), rng.uniform(0.6, 1.0), height, dtype=np.float32)
    return np.clip(piece * shade[:, None, None] * np.float32(rng.uniform(0.8, 1.25)), 0, 255)


def _outline(width: int, height: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return the opacity (height, width), 0 to 1, of a random outline that reaches all sides."""
    corners = int(rng.integers(3, 14))
    angles = np.sort(rng.uniform(0, 2 * np.pi, corners)) if rng.random() < 0.5 else _even(corners, rng)
    radii = rng.uniform(0.45, 1, corners) if rng.random() < 0.6 else np.ones(corners)
    points = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)
    points = (points - points.min(0)) / np.maximum(points.max(0) - points.min(0), 1e-3)
    fine = np.zeros((height * _FINER, width * _FINER), np.uint8)
    cv2.fillPoly(fine, [(points * (fine.shape[1] - 1, fine.shape[0] - 1)).astype(np.int32)], (255.0,))
    return _unit(cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA))


def _unit(alpha: NDArray[np.generic]) -> NDArray[np.float32]:
    return np.asarray(np.asarray(alpha, np.float32) / np.float32(255), np.float32)


def _even(corners: int, rng: np.random.Generator) -> NDArray[np.float64]:
    return np.linspace(0, 2 * np.pi, corners, endpoint=False) + rng.uniform(0, 6)


def _stand(
    rgb: NDArray[np.uint8],
    truth: NDArray[np.uint8],
    thing: tuple[NDArray[np.float32], NDArray[np.float32]],
    *,
    left: int,
    bottom: int,
    rng: np.random.Generator,
) -> None:
    """Blend a thing into a picture, in place, with a shadow where it stands."""
    colours, alpha = thing
    if rng.random() < 0.5:
        colours = np.asarray(cv2.GaussianBlur(colours, (3, 3), rng.uniform(0.3, 0.9)), np.float32)
    height, width = alpha.shape
    columns = truth.shape[1]
    if rng.random() < 0.7:
        _shadow(rgb, left=left, bottom=bottom, width=width, strength=rng.uniform(0.2, 0.6))
    top, first, last = bottom - height, max(0, left), min(columns, left + width)
    above = max(0, -top)
    inside = (slice(top + above, bottom), slice(first, last))
    cut = (slice(above, height), slice(first - left, last - left))
    share = alpha[cut][..., None]
    rgb[inside] = (rgb[inside] * (1 - share) + colours[cut] * share).astype(np.uint8)
    plane = truth[inside]
    plane[(alpha[cut] > 0) & (plane != ANOMALOUS)] = IGNORED
    plane[alpha[cut] > _MOST_MIXED] = ANOMALOUS


def _shadow(rgb: NDArray[np.uint8], *, left: int, bottom: int, width: int, strength: float) -> None:
    darker = np.zeros(rgb.shape[:2], np.float32)
    radii = (max(1, round(width * 0.55)), max(1, round(width * 0.08)))
    cv2.ellipse(darker, (left + width // 2, bottom - 1), radii, 0, 0, 360, (strength,), -1, cv2.LINE_AA)
    top, end = max(0, bottom - 2 * radii[1] - 2), min(len(rgb), bottom + 2 * radii[1] + 2)
    rgb[top:end] = (rgb[top:end] * (1 - darker[top:end, :, None])).astype(np.uint8)
