"""Sprites of cars, trucks, buses, trains, bicycles and motorcycles."""

import numpy as np

from catseye_models.scenes.canvas import Canvas, Sprite
from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.people import draw_human
from catseye_models.scenes.texture import Colour, grey, hsv, rgb

_TYRE = rgb(18, 18, 20)
_TAIL_LIGHT = rgb(190, 25, 22)
_HEADLIGHT = rgb(245, 240, 215)


def car(rng: np.random.Generator, *, rear: bool) -> Sprite:
    """Draw a car from behind (``rear``) or from the front."""
    canvas = Canvas(128, 104)
    paint = car_paint(rng)
    inset = rng.uniform(12, 26)
    for left in (10, 96):
        canvas.rectangle(left, 84, left + 22, 103, _TYRE)
    body = [(4, 52), (14, 42), (114, 42), (124, 52), (124, 92), (4, 92)]
    canvas.polygon(body, paint)
    canvas.polygon([(14, 44), (14 + inset, 6), (114 - inset, 6), (114, 44)], paint * 0.92)
    window = [(20, 42), (18 + inset, 11), (110 - inset, 11), (108, 42)]
    canvas.polygon(window, _glass(rng))
    canvas.rectangle(6, 78, 122, 92, paint * 0.6)
    for left in (6, 100):
        canvas.rectangle(left, 54, left + 22, 68, _TAIL_LIGHT if rear else _HEADLIGHT)
    if not rear:
        canvas.rectangle(34, 56, 94, 66, rgb(30, 30, 32))
    canvas.rectangle(46, 70, 82, 79, rgb(225, 225, 220))
    canvas.weather(rng, amplitude=6)
    return canvas.sprite(rng.uniform(1.4, 1.8))


def car_from_the_side(rng: np.random.Generator) -> Sprite:
    """Draw a car across the road."""
    canvas = Canvas(192, 72)
    paint = car_paint(rng)
    glass = _glass(rng)
    roof = [(4, 40), (38, 36), (62, 6), (140, 6), (172, 36), (188, 42), (188, 60), (4, 60)]
    canvas.polygon(roof, paint)
    canvas.polygon([(46, 34), (66, 10), (98, 10), (98, 34)], glass)
    canvas.polygon([(104, 34), (104, 10), (136, 10), (158, 34)], glass)
    for x in (42, 150):
        canvas.ellipse((x, 58), (14, 13), _TYRE)
        canvas.ellipse((x, 58), (7, 7), rgb(130, 130, 135))
    canvas.line((100, 36), (100, 58), paint * 0.7, 1)
    canvas.rectangle(4, 44, 12, 50, _TAIL_LIGHT)
    canvas.rectangle(180, 44, 188, 50, _HEADLIGHT)
    canvas.weather(rng, amplitude=6)
    return canvas.sprite(rng.uniform(1.4, 1.65))


def truck(rng: np.random.Generator) -> Sprite:
    """Draw a box truck from behind."""
    canvas = Canvas(112, 140)
    box = hsv(float(rng.integers(180)), rng.uniform(10, 120), rng.uniform(120, 235))
    for left in (8, 82):
        canvas.rectangle(left, 116, left + 22, 139, _TYRE)
    canvas.rectangle(4, 4, 108, 112, box)
    canvas.rectangle(4, 108, 108, 124, rgb(45, 45, 48))
    if rng.random() < 0.5:
        canvas.line((56, 6), (56, 108), box * 0.6, 2)
    for y in range(12, 108, int(rng.integers(14, 40))):
        canvas.line((6, y), (106, y), box * 0.85, 1)
    for left in (6, 92):
        canvas.rectangle(left, 112, left + 14, 120, _TAIL_LIGHT)
    canvas.weather(rng, amplitude=7)
    return canvas.sprite(rng.uniform(2.8, 3.6))


def bus(rng: np.random.Generator, *, rear: bool) -> Sprite:
    """Draw a bus from behind (``rear``) or from the front."""
    canvas = Canvas(120, 150)
    paint = _livery(rng)
    for left in (10, 90):
        canvas.rectangle(left, 130, left + 20, 149, _TYRE)
    canvas.rectangle(4, 6, 116, 138, paint)
    canvas.rectangle(10, 28, 110, 86, rgb(40, 48, 56))
    canvas.rectangle(24, 10, 96, 22, grey(20))
    canvas.text(str(rng.integers(1, 99)), (40, 21), rgb(240, 170, 40), scale=0.4, thickness=1)
    for left in (8, 98):
        canvas.rectangle(left, 112, left + 14, 124, _TAIL_LIGHT if rear else _HEADLIGHT)
    canvas.weather(rng, amplitude=6)
    return canvas.sprite(rng.uniform(2.9, 3.3))


def train(rng: np.random.Generator) -> Sprite:
    """Draw a tram or train from the side."""
    canvas = Canvas(400, 110)
    paint = hsv(rng.choice([0, 110, 20, 175]), rng.uniform(90, 200), rng.uniform(110, 220))
    canvas.rectangle(2, 8, 398, 102, paint)
    canvas.rectangle(2, 18, 398, 50, rgb(38, 44, 50))
    for x in range(8, 390, 46):
        canvas.rectangle(x, 14, x + 6, 54, paint)
    canvas.rectangle(2, 78, 398, 86, np.clip(paint * 0.5 + 120, 0, 255))
    canvas.rectangle(10, 100, 390, 109, grey(30))
    canvas.weather(rng, amplitude=6)
    return canvas.sprite(rng.uniform(3.2, 3.8))


def two_wheeler(rng: np.random.Generator, *, motor: bool, rider: bool) -> Sprite:
    """Draw a bicycle or (``motor``) a motorcycle, from the side or along the road."""
    canvas = Canvas(128, 128)
    frame = hsv(float(rng.integers(180)), rng.uniform(50, 220), rng.uniform(30, 200))
    if rng.random() < 0.55:
        _draw_from_the_side(canvas, frame, motor=motor)
        saddle = 58
    else:
        _draw_along_the_road(canvas, frame, motor=motor)
        saddle = 64
    person = canvas.layer()
    if rider:
        draw_human(rng, person, centre=saddle, head=4, feet=100)
    canvas.weather(rng, amplitude=7)
    return canvas.sprite_with_part(rng.uniform(1.65, 1.85), part=person, label=TrainId.RIDER)


def _draw_from_the_side(canvas: Canvas, frame: Colour, *, motor: bool) -> None:
    radius, rim, tube = (21, 9, 9) if motor else (24, 5, 4)
    hub = 126 - radius
    for x in (28, 98):
        canvas.arc((x, hub), (radius, radius), grey(25), start=0, end=360, thickness=rim)
    rear, front, saddle, pedals, bar = (28, hub), (98, hub), (54, 66), (62, 104), (88, 70)
    tubes = [(rear, saddle), (saddle, bar), (bar, front), (rear, pedals), (pedals, bar)]
    for start, end in [*tubes, (saddle, pedals), (bar, (86, 56))]:
        canvas.line(start, end, frame, tube)
    if motor:
        canvas.polygon([(36, 76), (90, 70), (94, 100), (40, 104)], frame)


def _draw_along_the_road(canvas: Canvas, frame: Colour, *, motor: bool) -> None:
    canvas.rectangle(60, 70, 68, 127, grey(25))
    canvas.line((44, 64), (84, 64), frame, 5)
    if motor:
        canvas.polygon([(48, 68), (80, 68), (76, 108), (52, 108)], frame)


def car_paint(rng: np.random.Generator) -> Colour:
    """Return a car's colour: grey in 55 % of cases."""
    if rng.random() < 0.55:
        tint = rng.uniform(-6, 6, 3).astype(np.float32)
        return grey(rng.uniform(25, 235)) + tint
    hue = rng.choice([0, 3, 60, 105, 110, 115, 20, 175])
    return hsv(hue, rng.uniform(100, 210), rng.uniform(60, 190))


def _livery(rng: np.random.Generator) -> Colour:
    return hsv(rng.choice([25, 0, 110, 60]), rng.uniform(120, 230), rng.uniform(120, 220))


def _glass(rng: np.random.Generator) -> Colour:
    return rgb(35, 42, 50) * np.float32(rng.uniform(0.6, 1.8))
