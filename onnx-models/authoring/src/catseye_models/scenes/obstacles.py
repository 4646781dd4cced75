"""Obstacles of evaluation drives: lost cargo and toys that no training picture shows.

Two catalogues without a kind in common: thresholds and plans are chosen on ``VALIDATION_OBSTACLES``,
results are reported on ``TEST_OBSTACLES``. Each kind carries a label id of Lost & Found.

Source: label ids of Lost & Found as in robin-chan/meta-ood, src/dataset/lost_and_found.py; only
hazards (train id 2) are used, so that the hazard view and the obstacle view agree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from catseye_models.scenes.canvas import Canvas, Sprite
from catseye_models.scenes.texture import Colour, grey

Paint: TypeAlias = Callable[[], Colour]
"""Draws one colour; obstacles take theirs from the scene, so that colour does not give them away."""

Drawing: TypeAlias = Callable[[np.random.Generator, Paint], tuple[Canvas, float]]
"""Draws one obstacle; returns canvas and height in metres."""


@dataclass(frozen=True)
class ObstacleKind:
    """A kind of obstacle: its name, its Lost & Found label id (2 to 43) and how it is drawn."""

    name: str
    label_id: int
    drawing: Drawing

    def draw(self, rng: np.random.Generator, *, paint: Paint) -> Sprite:
        """Draw one, weathered and mirrored at random."""
        canvas, height_m = self.drawing(rng, paint)
        canvas.weather(rng, amplitude=rng.uniform(3, 14))
        sprite = canvas.sprite(height_m)
        return sprite.mirrored() if rng.random() < 0.5 else sprite


def _box(rng: np.random.Generator, paint: Paint) -> tuple[Canvas, float]:
    canvas = Canvas(120, 100)
    front = paint()
    depth, top = rng.uniform(12, 34), rng.uniform(14, 30)
    canvas.polygon([(6, top), (6 + depth, 4), (114, 4), (114 - depth, top)], front * 1.12)
    canvas.rectangle(6, top, 114 - depth, 98, front)
    canvas.polygon([(114 - depth, top), (114, 4), (114, 80), (114 - depth, 98)], front * 0.66)
    if rng.random() < 0.7:
        left = rng.uniform(30, 60)
        canvas.rectangle(left, top, left + 10, 98, front * 0.85)
    if rng.random() < 0.5:
        canvas.rectangle(14, 60, 40, 84, paint())
        number = f"A{rng.integers(99)}"
        canvas.text(number, (15, 76), grey(20), scale=0.4, thickness=1)
    return canvas, rng.uniform(0.25, 0.7)


def _crate(rng: np.random.Generator, paint: Paint) -> tuple[Canvas, float]:
    canvas = Canvas(120, 84)
    slats = paint()
    canvas.polygon([(4, 12), (116, 12), (112, 82), (8, 82)], slats * 0.45)
    for top in range(14, 82, 18):
        canvas.rectangle(4, top, 116, top + 9, slats)
    for left in (6, 36, 66, 96):
        canvas.rectangle(left, 12, left + 12, 82, slats * 0.9)
    return canvas, rng.uniform(0.25, 0.45)


def _tyre(rng: np.random.Generator, paint: Paint) -> tuple[Canvas, float]:
    rubber, rim = grey(rng.uniform(24, 60)), paint()
    if rng.random() < 0.5:
        canvas = Canvas(120, 64)
        canvas.ellipse((60, 40), (56, 22), rubber)
        canvas.ellipse((60, 28), (56, 22), rubber * 1.5)
        canvas.ellipse((60, 28), (30, 11), rim * 0.6)
        for angle in np.radians(np.arange(0, 360, 18)):
            tread = (60 + 52 * np.cos(angle), 30 + 20 * np.sin(angle))
            canvas.ellipse(tread, (2, 2), rubber * 2.2)
        return canvas, rng.uniform(0.2, 0.32)
    canvas = Canvas(100, 100)
    canvas.ellipse((50, 50), (46, 48), rubber)
    canvas.ellipse((50, 50), (26, 27), rim)
    for angle in np.radians(np.arange(0, 360, 72)):
        end = (50 + 25 * np.cos(angle), 50 + 26 * np.sin(angle))
        canvas.line((50, 50), end, rim * 0.6, 4)
    canvas.ellipse((50, 50), (8, 8), rim * 0.4)
    return canvas, rng.uniform(0.5, 0.7)


def _toy_car(rng: np.random.Generator, paint: Paint) -> tuple[Canvas, float]:
    canvas = Canvas(130, 72)
    body, trim = paint(), paint()
    outline = [(4, 34), (40, 30), (50, 8), (92, 8), (100, 30), (126, 34), (126, 56), (4, 56)]
    canvas.polygon(outline, body)
    canvas.polygon([(54, 12), (88, 12), (94, 28), (50, 28)], trim)
    for x in (30, 100):
        canvas.ellipse((x, 55), (17, 16), grey(rng.uniform(20, 60)))
        canvas.ellipse((x, 55), (9, 8), trim)
    return canvas, rng.uniform(0.25, 0.5)


def _bag(rng: np.random.Generator, paint: Paint) -> tuple[Canvas, float]:
    canvas = Canvas(110, 100)
    cloth = paint()
    angles = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    bumps = 1 + 0.13 * rng.standard_normal(28)
    smooth = (np.roll(bumps, 1) + bumps + np.roll(bumps, -1)) / 3
    outline = np.stack([55 + 46 * smooth * np.cos(angles), 60 + 36 * smooth * np.sin(angles)], 1)
    canvas.polygon([(float(x), float(y)) for x, y in outline], cloth)
    for _ in range(9):
        start_x, start_y, end_x, end_y = rng.uniform(25, 85, 4)
        fold = cloth * np.float32(rng.uniform(0.55, 1.45))
        canvas.line((start_x, 40 + start_y / 2), (end_x, 40 + end_y / 2), fold, 2)
    if rng.random() < 0.6:
        canvas.arc((55, 26), (18, 16), cloth * 0.6, start=180, end=360, thickness=5)
    return canvas, rng.uniform(0.3, 0.6)


def _pylon(rng: np.random.Generator, paint: Paint) -> tuple[Canvas, float]:
    canvas = Canvas(84, 110)
    plastic, stripe = paint(), grey(rng.uniform(170, 242))
    canvas.rectangle(4, 98, 80, 109, plastic * 0.7)
    canvas.polygon([(37, 4), (47, 4), (68, 100), (16, 100)], plastic)
    for height in (0.32, 0.62):
        y, half = 4 + 96 * height, 5 + 16 * height
        band = [(42 - half, y), (42 + half, y), (45 + half, y + 15), (39 - half, y + 15)]
        canvas.polygon(band, stripe)
    return canvas, rng.uniform(0.4, 0.8)


def _ball(rng: np.random.Generator, paint: Paint) -> tuple[Canvas, float]:
    canvas = Canvas(90, 90)
    skin = paint()
    canvas.ellipse((45, 45), (43, 43), skin)
    canvas.ellipse((45, 45), (12, 43), paint())
    canvas.ellipse((32, 28), (10, 8), np.minimum(skin * 1.4, 255))
    return canvas, rng.uniform(0.2, 0.35)


def _pallet(rng: np.random.Generator, paint: Paint) -> tuple[Canvas, float]:
    canvas = Canvas(180, 40)
    wood = paint()
    canvas.rectangle(4, 4, 176, 11, wood * 1.1)
    canvas.rectangle(4, 31, 176, 38, wood * 0.8)
    for left in (4, 78, 152):
        canvas.rectangle(left, 10, left + 24, 32, wood * np.float32(rng.uniform(0.6, 0.95)))
    for start, end in ((28, 78), (102, 152)):
        canvas.rectangle(start, 11, end, 31, wood * 0.25)
    return canvas, rng.uniform(0.15, 0.25)


def _bumper(rng: np.random.Generator, paint: Paint) -> tuple[Canvas, float]:
    canvas = Canvas(200, 60)
    plastic = paint()
    canvas.arc((100, 58), (94, 46), plastic * 0.9, start=180, end=360, thickness=16)
    canvas.arc((100, 54), (94, 46), plastic * 1.15, start=195, end=345, thickness=4)
    if rng.random() < 0.5:
        canvas.rectangle(82, 8, 118, 20, grey(rng.uniform(120, 220)))
    return canvas, rng.uniform(0.25, 0.45)


def _styrofoam(rng: np.random.Generator, paint: Paint) -> tuple[Canvas, float]:
    canvas = Canvas(130, 90)
    foam = paint()
    corners = np.array([(8, 30), (60, 6), (122, 22), (116, 70), (64, 86), (12, 72)], np.float32)
    broken = corners + rng.uniform(-6, 6, corners.shape)
    canvas.polygon([(float(x), float(y)) for x, y in broken], foam)
    canvas.polygon([(float(x), float(y)) for x, y in broken[[0, 1, 2]]] + [(66, 40)], foam * 1.15)
    for _ in range(4):
        x, y = rng.uniform(30, 95), rng.uniform(35, 70)
        canvas.ellipse((x, y), (5, 4), foam * 0.75)
    return canvas, rng.uniform(0.25, 0.5)


TEST_OBSTACLES: Final = (
    ObstacleKind("box", 9, _box),
    ObstacleKind("crate", 10, _crate),
    ObstacleKind("tyre", 21, _tyre),
    ObstacleKind("toy car", 29, _toy_car),
    ObstacleKind("bag", 32, _bag),
)

VALIDATION_OBSTACLES: Final = (
    ObstacleKind("pylon", 17, _pylon),
    ObstacleKind("ball", 22, _ball),
    ObstacleKind("pallet", 16, _pallet),
    ObstacleKind("bumper", 8, _bumper),
    ObstacleKind("styrofoam", 35, _styrofoam),
)
