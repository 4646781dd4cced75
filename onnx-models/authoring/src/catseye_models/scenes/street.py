"""Sprites of what stands beside the road: lamp posts, traffic lights, signs and trees."""

import numpy as np

from catseye_models.scenes.canvas import Canvas, Sprite
from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.texture import TILE_PX, Colour, grey, hsv, rgb, sample, tiles

_RED = rgb(205, 25, 30)
_WHITE = rgb(240, 240, 240)


def lamp_post(rng: np.random.Generator) -> Sprite:
    """Draw a pole, in 60 % of cases with a lamp on an arm."""
    canvas = Canvas(96, 256)
    metal = grey(rng.uniform(50, 150)) * rng.uniform(0.9, 1.1, 3).astype(np.float32)
    half = rng.uniform(1.5, 3.5)
    foot = 1.4 * half
    canvas.polygon([(48 - half, 10), (48 + half, 10), (48 + foot, 255), (48 - foot, 255)], metal)
    if rng.random() < 0.6:
        side = rng.choice([-1, 1])
        canvas.polygon([(48, 10), (48 + side * 40, 6), (48 + side * 40, 10), (48, 15)], metal)
        canvas.rectangle(48 + side * 30, 6, 48 + side * 44, 13, metal * 0.7)
    canvas.weather(rng, amplitude=5)
    return canvas.sprite(rng.uniform(4.5, 8))


def traffic_light(rng: np.random.Generator) -> Sprite:
    """Draw a traffic light on its pole; one of the three lamps is lit."""
    canvas = Canvas(64, 256)
    metal = grey(rng.uniform(60, 130))
    canvas.polygon([(30, 40), (34, 40), (35, 255), (29, 255)], metal)
    housing = canvas.layer()
    housing.rectangle(20, 4, 44, 70, rgb(22, 24, 22))
    lit = rng.integers(3)
    lamps = (rgb(235, 40, 30), rgb(240, 180, 40), rgb(40, 220, 110))
    for place, colour in enumerate(lamps):
        brightness = 1.0 if place == lit else 0.22
        housing.ellipse((32, 16 + 21 * place), (8, 8), colour * np.float32(brightness))
    height_m = rng.uniform(2.8, 4.2)
    return canvas.sprite_with_part(height_m, part=housing, label=TrainId.TRAFFIC_LIGHT)


def traffic_sign(rng: np.random.Generator) -> Sprite:
    """Draw one of five kinds of traffic sign on its pole."""
    canvas = Canvas(80, 220)
    canvas.rectangle(38, 40, 42, 219, grey(rng.uniform(90, 160)))
    plate = canvas.layer()
    kind = rng.integers(5)
    if kind == 0:
        plate.ellipse((40, 34), (30, 30), _RED)
        plate.ellipse((40, 34), (22, 22), _WHITE)
        limit = str(rng.choice([30, 50, 60, 70]))
        plate.text(limit, (26, 40), grey(10), scale=0.6, thickness=2)
    elif kind == 1:
        plate.polygon([(40, 4), (72, 60), (8, 60)], _RED)
        plate.polygon([(40, 16), (62, 54), (18, 54)], _WHITE)
    elif kind == 2:
        plate.ellipse((40, 34), (30, 30), rgb(30, 70, 180))
        plate.rectangle(36, 18, 44, 50, _WHITE)
    elif kind == 3:
        plate.rectangle(8, 6, 72, 62, rgb(25, 80, 190))
        plate.rectangle(20, 18, 60, 26, _WHITE)
    else:
        plate.polygon([(40, 4), (72, 34), (40, 64), (8, 34)], _WHITE)
        plate.polygon([(40, 11), (64, 34), (40, 57), (16, 34)], rgb(240, 200, 40))
    height_m = rng.uniform(2.2, 3.2)
    return canvas.sprite_with_part(height_m, part=plate, label=TrainId.TRAFFIC_SIGN)


def tree(rng: np.random.Generator) -> Sprite:
    """Draw a tree with a ragged crown."""
    canvas = Canvas(160, 220)
    leaves = hsv(rng.uniform(28, 60), rng.uniform(70, 170), rng.uniform(60, 130))
    bark: Colour = rgb(75, 58, 42) * np.float32(rng.uniform(0.6, 1.2))
    row, column = np.mgrid[:220, :160].astype(np.float32)
    middle = 220 * rng.uniform(0.3, 0.4)
    across, down = rng.integers(0, TILE_PX, 2)
    ragged = sample(tiles().medium[rng.integers(4)], 1.5 * column + across, 1.5 * row + down)
    distance = ((column - 80) / 70) ** 2 + ((row - middle) / (0.98 * middle)) ** 2
    crown = distance + 0.28 * ragged < 0.85
    trunk = (np.abs(column - 80) < 5) & (row > middle)
    grain = sample(tiles().fine[rng.integers(4)], 2 * column + down, 2 * row + across)
    light = 1 + 0.22 * grain - 0.25 * (row - middle) / middle
    canvas.rgb[trunk] = bark
    canvas.rgb[crown] = leaves * light[crown][:, None]
    canvas.alpha[trunk | crown] = 255
    return canvas.sprite(rng.uniform(4, 9))
