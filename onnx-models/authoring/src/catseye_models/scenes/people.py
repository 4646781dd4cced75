"""Sprites of people."""

import numpy as np

from catseye_models.scenes.canvas import Canvas, Sprite
from catseye_models.scenes.texture import hsv, rgb


def person(rng: np.random.Generator) -> Sprite:
    """Draw a standing or walking person."""
    canvas = Canvas(64, 128)
    draw_human(rng, canvas, centre=32, head=2, feet=126)
    canvas.weather(rng, amplitude=8)
    return canvas.sprite(rng.uniform(1.5, 1.9))


def draw_human(rng: np.random.Generator, canvas: Canvas, *, centre: float, head: float, feet: float) -> None:
    """Draw a human figure around column ``centre`` between rows ``head`` and ``feet``, in pixels."""
    size = feet - head
    skin = rgb(205, 160, 130) * np.float32(rng.uniform(0.45, 1.1))
    hair = rgb(60, 42, 30) * np.float32(rng.uniform(0.3, 2.4))
    top = hsv(float(rng.integers(180)), rng.uniform(20, 200), rng.uniform(40, 220))
    trousers = hsv(rng.choice([110, 115, 0, 20]), rng.uniform(10, 140), rng.uniform(25, 130))
    shoes = rgb(25, 22, 20)
    stride = rng.uniform(0.02, 0.14) * size
    shoulder = rng.uniform(0.11, 0.15) * size
    hip_row = head + 0.5 * size
    for side in (-1, 1):
        hip, foot = centre + 2 * side, centre + side * stride
        leg = [(hip - 3, hip_row), (hip + 4, hip_row), (foot + 4, feet), (foot - 3, feet)]
        canvas.polygon(leg, trousers)
        canvas.rectangle(foot - 4, feet - 0.03 * size, foot + 6, feet, shoes)
    waist = 0.85 * shoulder
    collar, belt = head + 0.19 * size, head + 0.54 * size
    torso = [
        (centre - shoulder, collar),
        (centre + shoulder, collar),
        (centre + waist, belt),
        (centre - waist, belt),
    ]
    canvas.polygon(torso, top)
    for side in (-1, 1):
        swing = rng.uniform(0, 0.08) * size
        arm = [
            (centre + side * shoulder, head + 0.2 * size),
            (centre + side * (shoulder + 0.04 * size), head + 0.22 * size),
            (centre + side * (shoulder + swing + 0.03 * size), hip_row),
            (centre + side * (shoulder + swing - 0.01 * size), hip_row),
        ]
        canvas.polygon(arm, top * 0.9)
    canvas.ellipse((centre, head + 0.09 * size), (0.062 * size, 0.085 * size), skin)
    canvas.ellipse((centre, head + 0.055 * size), (0.066 * size, 0.055 * size), hair)
