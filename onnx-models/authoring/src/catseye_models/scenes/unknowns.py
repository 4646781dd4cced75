"""Things of training pictures that belong to none of the 19 classes and are labelled void.

They share no outline with the catalogue of ``obstacles``: the networks must not meet an evaluation obstacle, not
even as void.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.canvas import Canvas, Sprite
from catseye_models.scenes.texture import Colour, grey, hsv, sample, tiles

_SMALLEST_PX: Final = 30


def unknown(rng: np.random.Generator) -> Sprite:
    """Draw one thing of a random kind."""
    canvas, height_m = _KINDS[rng.integers(len(_KINDS))](rng)
    canvas.weather(rng, amplitude=rng.uniform(3, 14))
    sprite = canvas.sprite(height_m)
    return sprite.mirrored() if rng.random() < 0.5 else sprite


def _bin(rng: np.random.Generator) -> tuple[Canvas, float]:
    canvas = Canvas(80, 110)
    plastic = hsv(rng.choice([55, 60, 0, 110, 25]), rng.uniform(40, 180), rng.uniform(40, 140))
    canvas.polygon([(12, 22), (68, 22), (62, 108), (18, 108)], plastic)
    canvas.rectangle(8, 10, 72, 24, plastic * 0.7)
    for x in range(18, 64, 9):
        canvas.line((x, 26), (x, 104), plastic * 0.8, 1)
    return canvas, rng.uniform(0.7, 1.2)


def _bench(rng: np.random.Generator) -> tuple[Canvas, float]:
    canvas = Canvas(160, 84)
    wood = hsv(rng.uniform(8, 20), rng.uniform(60, 160), rng.uniform(60, 160))
    for top in (6, 20, 40):
        canvas.rectangle(6, top, 154, top + 9, wood)
    for left in (14, 136):
        canvas.rectangle(left, 6, left + 7, 83, grey(41))
    return canvas, rng.uniform(0.7, 0.9)


def _planter(rng: np.random.Generator) -> tuple[Canvas, float]:
    canvas = Canvas(120, 110)
    leaves = hsv(rng.uniform(28, 60), rng.uniform(70, 170), rng.uniform(60, 130))
    stone = hsv(rng.uniform(5, 25), rng.uniform(0, 120), rng.uniform(60, 190))
    for _ in range(9):
        centre = (rng.uniform(26, 94), rng.uniform(16, 52))
        canvas.ellipse(centre, (20, 15), leaves * np.float32(rng.uniform(0.7, 1.2)))
    canvas.polygon([(14, 56), (106, 56), (96, 108), (24, 108)], stone)
    canvas.rectangle(10, 50, 110, 62, stone * 1.15)
    return canvas, rng.uniform(0.7, 1.3)


def _pram(rng: np.random.Generator) -> tuple[Canvas, float]:
    canvas = Canvas(100, 110)
    cloth = hsv(float(rng.integers(180)), rng.uniform(40, 200), rng.uniform(30, 180))
    canvas.arc((44, 46), (36, 36), cloth, start=150, end=330, thickness=-1)
    canvas.polygon([(12, 46), (84, 46), (74, 76), (22, 76)], cloth * 0.8)
    canvas.line((80, 52), (98, 20), grey(50), 4)
    for x in (26, 72):
        canvas.arc((x, 96), (11, 11), grey(25), start=0, end=360, thickness=4)
        canvas.line((x, 76), (x, 96), grey(60), 3)
    return canvas, rng.uniform(0.8, 1.1)


def _shape(rng: np.random.Generator) -> tuple[Canvas, float]:
    """Draw a random outline filled with a random pattern of two colours."""
    size = int(rng.integers(80, 130))
    canvas = Canvas(size, size)
    corners = int(rng.integers(3, 13))
    if rng.random() < 0.5:
        angles = np.sort(rng.uniform(0, 2 * np.pi, corners))
    else:
        angles = np.linspace(0, 2 * np.pi, corners, endpoint=False) + rng.uniform(0, 6)
    radii = rng.uniform(0.35, 1, corners) if rng.random() < 0.6 else np.ones(corners)
    across, down = 0.485 * size * rng.uniform(0.4, 1, 2)
    xs = size / 2 + across * radii * np.cos(angles)
    ys = size / 2 + down * radii * np.sin(angles)
    canvas.polygon(list(zip(xs.tolist(), ys.tolist(), strict=True)), grey(1))
    share = _pattern(rng, size)[..., None]
    canvas.rgb = _any_colour(rng) * (1 - share) + _any_colour(rng) * share
    rows, columns = np.nonzero(canvas.alpha)
    if len(rows) < _SMALLEST_PX:
        return _bin(rng)
    inside = (slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1))
    canvas.rgb = np.ascontiguousarray(canvas.rgb[inside])
    canvas.alpha = np.ascontiguousarray(canvas.alpha[inside])
    return canvas, rng.uniform(0.2, 0.9)


def _pattern(rng: np.random.Generator, size: int) -> NDArray[np.float32]:
    """Return the share (size, size), 0 to 1, of the second colour."""
    row, column = np.mgrid[:size, :size].astype(np.float32)
    angle, period = rng.uniform(0, np.pi), rng.uniform(6, 40)
    along = column * np.cos(angle) + row * np.sin(angle)
    turn = 2 * np.pi / period
    patterns: tuple[Callable[[], NDArray[np.generic]], ...] = (
        lambda: np.sin(along * turn) > 0,
        lambda: np.sin(column * turn) * np.sin(row * turn) > 0,
        lambda: _blots(rng, row, column),
        lambda: np.clip(along / size, 0, 1),
        lambda: (column % period - period / 2) ** 2 + (row % period - period / 2) ** 2 < (0.3 * period) ** 2,
        lambda: np.zeros_like(along),
    )
    return patterns[rng.integers(len(patterns))]().astype(np.float32)


def _blots(rng: np.random.Generator, row: NDArray[np.float32], column: NDArray[np.float32]) -> NDArray[np.bool_]:
    tile = tiles().medium[rng.integers(4)]
    noise = sample(tile, column * rng.uniform(1, 4), row * rng.uniform(1, 4))
    return noise > np.float32(rng.uniform(-0.6, 0.6))


def _any_colour(rng: np.random.Generator) -> Colour:
    return hsv(float(rng.integers(180)), rng.uniform(0, 255), rng.uniform(20, 255))


_KINDS: Final = (_bin, _bench, _planter, _pram, _shape)
