"""Builds a world from a seed: which road, which houses, which cars, what weather.

Each part draws from a random stream of its own, so that a change to one part leaves the others as
they were.
"""

from collections.abc import Iterator
from dataclasses import fields
from typing import Final

import numpy as np

from catseye_models.scenes.climate import build_weather
from catseye_models.scenes.palette import Palette
from catseye_models.scenes.paving import Paver
from catseye_models.scenes.texture import TILE_PX, Colour, Grain, grey, hsv, rgb
from catseye_models.scenes.things import Plan, ThingPlacer
from catseye_models.scenes.world import (
    SIGHT_M,
    Bonnet,
    Camera,
    EdgeStretch,
    Edging,
    Grains,
    House,
    Junction,
    Lanes,
    Marking,
    Markings,
    Road,
    Sensor,
    Side,
    World,
)

_STREAMS: Final = (
    "camera",
    "road",
    "left",
    "right",
    "weather",
    "sensor",
    "things",
    "obstacles",
    "paving",
    "palette",
    "grains",
)

_EDGINGS: Final = (Edging.NOTHING, Edging.WALL, Edging.FENCE, Edging.HEDGE)


def build_world(seed: tuple[int, ...], *, plan: Plan) -> World:
    """Return the world of ``seed``; equal seeds and plans give equal worlds in every process."""
    streams = {name: np.random.default_rng((*seed, i)) for i, name in enumerate(_STREAMS)}
    end_m = plan.length_m + SIGHT_M
    weather = build_weather(streams["weather"])
    road = _road(streams["road"], end_m=end_m, sky=weather.skyline, paving=streams["paving"])
    sides = (_side(streams["left"], end_m=end_m), _side(streams["right"], end_m=end_m))
    things = ThingPlacer(streams["things"], road=road, end_m=end_m, free_path=plan.free_path)
    things.place_everything()
    things.place_unknowns(plan.unknowns)
    if plan.obstacles:
        palette = Palette.of(streams["palette"], road=road, sides=sides)
        things.place_obstacles(streams["obstacles"], plan=plan, palette=palette)
    return World(
        camera=_camera(streams["camera"]),
        road=road,
        sides=sides,
        weather=weather,
        sensor=_sensor(streams["sensor"]),
        things=tuple(things.things),
        grains=_grains(streams["grains"]),
    )


def _grains(rng: np.random.Generator) -> Grains:
    names = [field.name for field in fields(Grains)]
    return Grains(
        **{name: Grain(*(int(number) for number in rng.integers(0, (4, TILE_PX, TILE_PX)))) for name in names}
    )


def _camera(rng: np.random.Generator) -> Camera:
    return Camera(
        focal_widths=rng.uniform(0.84, 1.02),
        centre=0.5 + rng.uniform(-0.04, 0.04),
        horizon=rng.uniform(0.38, 0.48),
        height_m=rng.uniform(1.15, 1.5),
        nod=rng.uniform(0, 0.006),
    )


def _road(rng: np.random.Generator, *, end_m: float, sky: Colour, paving: np.random.Generator) -> Road:
    count = int(rng.integers(1, 4))
    lanes = Lanes(count=count, lane_m=rng.uniform(3.0, 3.7), own=int(rng.integers(count)))
    junctions = tuple(_junctions(rng, end_m=end_m))
    return Road(
        lanes=lanes,
        curvature_per_m=rng.choice([0.0, rng.uniform(-0.0022, 0.0022)]),
        pavement_m=(rng.uniform(1.6, 4), rng.uniform(1.6, 4)),
        grass_m=(
            rng.uniform(0, 3) * (rng.random() < 0.5),
            rng.uniform(0, 3) * (rng.random() < 0.5),
        ),
        pavement_colour=grey(rng.uniform(100, 170)) + rng.uniform(-12, 10, 3).astype(np.float32),
        grass_colour=hsv(rng.uniform(25, 50), rng.uniform(60, 140), rng.uniform(70, 140)),
        surface=Paver(paving, lanes=lanes, end_m=end_m, sky=sky).surface(),
        markings=_markings(rng, junctions, end_m=end_m),
        junctions=junctions,
    )


def _junctions(rng: np.random.Generator, *, end_m: float) -> Iterator[Junction]:
    z_m = rng.uniform(10, 90)
    while z_m < end_m:
        width_m = rng.uniform(6, 13)
        side = rng.integers(3)
        yield Junction(z_m, z_m + width_m, left=bool(side != 0), right=bool(side != 1))
        z_m += width_m + rng.uniform(45, 160)


def _markings(rng: np.random.Generator, junctions: tuple[Junction, ...], *, end_m: float) -> Markings:
    crossings = rng.uniform(8, end_m, int(rng.poisson(0.3 * end_m / SIGHT_M)))
    yellow = rng.random() < 0.2
    white = grey(rng.uniform(150, 240)) + rng.uniform(-8, 6, 3).astype(np.float32)
    paint = rgb(220, 180, 60) * np.float32(rng.uniform(0.75, 1.05)) if yellow else white
    return Markings(
        kind=rng.choice(np.array(list(Marking), dtype=object), p=[0.5, 0.3, 0.2]),
        edge_lines=bool(rng.random() < 0.6),
        paint=paint,
        crossings_m=tuple(float(z) for z in crossings),
        stop_lines_m=tuple(junction.start_m - 1.5 for junction in junctions if rng.random() < 0.5),
        dash_phase_m=rng.uniform(0, 9),
    )


def _side(rng: np.random.Generator, *, end_m: float) -> Side:
    houses, start_m = [], -10.0
    while start_m < end_m + 40:
        length_m = rng.uniform(8, 26)
        gap = rng.random() < 0.18
        houses.append(
            House(
                start_m=start_m,
                end_m=start_m + length_m,
                height_m=0.0 if gap else rng.uniform(5, 19),
                colour=hsv(rng.choice([8, 12, 18, 22, 100, 0]), rng.uniform(5, 110), rng.uniform(70, 215)),
                shop_colour=hsv(float(rng.integers(180)), rng.uniform(20, 160), rng.uniform(50, 190)),
                window_colour=rgb(40, 50, 62) * np.float32(rng.uniform(0.6, 2.2)),
                window_pitch_m=(rng.uniform(1.6, 3.4), rng.uniform(2.6, 3.6)),
                window_share=(rng.uniform(0.35, 0.65), rng.uniform(0.4, 0.6)),
            )
        )
        start_m += length_m
    edges, start_m = [], -10.0
    while start_m < end_m:
        length_m = rng.uniform(6, 30)
        kind = _EDGINGS[rng.choice(4, p=[0.5, 0.14, 0.14, 0.22])]
        built = kind in (Edging.WALL, Edging.FENCE)
        brick = hsv(rng.choice([10, 20, 0, 100]), rng.uniform(5, 80), rng.uniform(70, 190))
        leaves = hsv(rng.uniform(28, 55), rng.uniform(70, 170), rng.uniform(55, 120))
        edges.append(
            EdgeStretch(
                start_m=start_m,
                end_m=start_m + length_m,
                kind=kind,
                height_m=rng.uniform(0.9, 2.2) if built else rng.uniform(1.2, 6),
                colour=brick if built else leaves,
            )
        )
        start_m += length_m
    return Side(houses=tuple(houses), edges=tuple(edges))


def _sensor(rng: np.random.Generator) -> Sensor:
    white_balance = rgb(rng.uniform(0.93, 1.07), 1, rng.uniform(0.93, 1.07))
    middle = rng.uniform(0.02, 0.1)
    bonnet = Bonnet(
        middle=middle,
        ends=middle * rng.uniform(0.1, 0.9),
        colour=grey(rng.uniform(15, 190)) + rng.uniform(-8, 8, 3).astype(np.float32),
    )
    return Sensor(
        gain=white_balance * np.float32(rng.uniform(0.7, 1.2)),
        drift=rng.uniform(0, 0.06),
        gamma=rng.uniform(0.85, 1.2),
        saturation=rng.uniform(0.6, 1.15),
        blur_px=rng.uniform(0, 0.8),
        sharpening=rng.choice([0.0, rng.uniform(0.2, 0.9)]),
        noise=float(np.exp(rng.uniform(np.log(0.6), np.log(6)))),
        vignette=rng.uniform(0, 0.3),
        distortion=rng.choice([0.0, rng.uniform(-0.05, 0.12)]),
        bonnet=bonnet if rng.random() < 0.4 else None,
    )
