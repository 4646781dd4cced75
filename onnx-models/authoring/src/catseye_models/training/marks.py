"""What lies flat on a road and is no obstacle: joints, patches, reflections of light on a wet surface."""

from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.labels import TrainId

Plane: TypeAlias = NDArray[np.float32]
"""Factor of the light at each pixel (H, W)."""

_FLATTEST, _STEEPEST = 0.06, 0.25
"""Height of a patch in the picture as a share of its width: it lies down."""


def mark(rgb: NDArray[np.uint8], train_ids: NDArray[np.uint8], *, count: int, rng: np.random.Generator) -> None:
    """Change, in place, the light of the road in ``count`` places of a picture (H, W, 3); train ids (H, W)."""
    on_road = train_ids == TrainId.ROAD
    rows, columns = np.nonzero(on_road)
    if not len(rows):
        return
    factor = np.ones(train_ids.shape, np.float32)
    for _ in range(count):
        place = rng.integers(len(rows))
        middle = int(columns[place]), int(rows[place])
        _MARKS[rng.integers(len(_MARKS))](factor, middle, rng)
    seen = rgb[on_road] * factor[on_road, None]
    rgb[on_road] = np.clip(seen, 0, 255).astype(np.uint8)


def _joint(factor: Plane, middle: tuple[int, int], rng: np.random.Generator) -> None:
    """A straight line of another brightness."""
    reach = rng.uniform(10, 300)
    angle = rng.uniform(0, np.pi)
    along = np.array([np.cos(angle), 0.4 * np.sin(angle)]) * reach
    ends = [(np.array(middle) + side * along).astype(int).tolist() for side in (-1, 1)]
    line = np.zeros_like(factor)
    cv2.line(line, ends[0], ends[1], (1.0,), int(rng.integers(1, 4)), cv2.LINE_AA)
    _blend(factor, line, rng)


def _patch(factor: Plane, middle: tuple[int, int], rng: np.random.Generator) -> None:
    """An even area with straight or round sides."""
    width = float(np.exp(rng.uniform(np.log(8), np.log(250))))
    height = width * rng.uniform(_FLATTEST, _STEEPEST)
    corners = int(rng.integers(4, 12))
    angles = np.sort(rng.uniform(0, 2 * np.pi, corners))
    points = np.stack([np.cos(angles) * width / 2, np.sin(angles) * height / 2], axis=1) + middle
    area = np.zeros_like(factor)
    cv2.fillPoly(area, [points.astype(np.int32)], (1.0,), cv2.LINE_AA)
    _blend(factor, cv2.GaussianBlur(area, (0, 0), rng.uniform(0.3, 2)), rng)


def _reflection(factor: Plane, middle: tuple[int, int], rng: np.random.Generator) -> None:
    """A streak of light towards the camera."""
    height, width = factor.shape
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    across = (columns - middle[0]) / np.float32(rng.uniform(2, 25))
    along = (rows - middle[1]) / np.float32(rng.uniform(10, 60))
    factor += np.float32(rng.uniform(0.2, 1.2)) * np.exp(-(across**2) - along**2)


def _blend(factor: Plane, share: NDArray[np.generic], rng: np.random.Generator) -> None:
    factor *= 1 + np.asarray(share, np.float32) * np.float32(rng.uniform(-0.6, 0.6))


_MARKS: Final = (_joint, _patch, _reflection)
