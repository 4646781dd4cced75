"""Builds a world from a seed: which road, which houses, which cars, what weather.

Each part draws from a random stream of its own, so that a change to one part leaves the others as
they were.
"""

from typing import Final

import numpy as np

from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.texture import TILE_PX, Colour, Grain, grey, hsv, rgb
from catseye_models.scenes.things import Plan, ThingPlacer
from catseye_models.scenes.world import (
    SIGHT_M,
    Camera,
    Crack,
    EdgeStretch,
    Edging,
    Grains,
    House,
    Marking,
    Patch,
    Road,
    Sensor,
    Side,
    Weather,
    World,
)

_STREAMS: Final = ("camera", "road", "left", "right", "weather", "sensor", "things", "obstacles")

_EDGINGS: Final = (Edging.NOTHING, Edging.WALL, Edging.FENCE, Edging.HEDGE)


def build_world(seed: tuple[int, ...], *, plan: Plan) -> World:
    """Return the world of ``seed``; equal seeds and plans give equal worlds in every process."""
    streams = {name: np.random.default_rng((*seed, i)) for i, name in enumerate(_STREAMS)}
    end_m = plan.length_m + SIGHT_M
    road = _road(streams["road"], end_m=end_m)
    sides = (_side(streams["left"], end_m=end_m), _side(streams["right"], end_m=end_m))
    things = ThingPlacer(streams["things"], road=road, end_m=end_m, free_path=plan.free_path)
    things.place_everything()
    things.place_unknowns(plan.unknowns)
    if plan.obstacles:
        palette = _palette(road, sides)
        things.place_obstacles(streams["obstacles"], plan=plan, palette=palette)
    camera = _camera(streams["camera"])
    places = [int(texel) for texel in streams["camera"].integers(0, TILE_PX, 16)]
    return World(
        camera=camera,
        road=road,
        sides=sides,
        weather=_weather(streams["weather"]),
        sensor=_sensor(streams["sensor"]),
        things=tuple(things.things),
        grains=_grains(streams["camera"], places),
        dash_phase_m=places[7],
    )


def _grains(rng: np.random.Generator, places: list[int]) -> Grains:
    tile = [int(number) for number in rng.integers(0, 4, 8)]
    return Grains(
        clouds=Grain(tile[0], places[0], places[1]),
        skyline=Grain(tile[1], places[2], 0),
        ground=Grain(tile[2], places[3], places[4]),
        ground_blots=Grain(tile[3], places[5], places[6]),
        shadows=Grain(tile[4], places[13], places[14]),
        plaster=Grain(tile[5], places[8], places[9]),
        edge_blots=Grain(tile[6], places[10], places[11]),
        leaves=Grain(tile[7], places[12], places[13]),
    )


def _camera(rng: np.random.Generator) -> Camera:
    return Camera(
        focal_widths=rng.uniform(0.84, 1.02),
        centre=0.5 + rng.uniform(-0.04, 0.04),
        horizon=rng.uniform(0.38, 0.48),
        height_m=rng.uniform(1.15, 1.5),
    )


def _road(rng: np.random.Generator, *, end_m: float) -> Road:
    lanes = int(rng.integers(1, 4))
    lane_m = rng.uniform(3.0, 3.7)
    half_m = lanes * lane_m / 2
    crossings = rng.uniform(8, end_m, int(rng.poisson(0.3 * end_m / SIGHT_M)))
    patches = tuple(
        Patch(
            x_m=rng.uniform(-half_m, half_m),
            z_m=rng.uniform(3, end_m),
            width_m=rng.uniform(0.4, 2.5),
            length_m=rng.uniform(0.8, 9),
            brightness=rng.uniform(-22, 20),
        )
        for _ in range(rng.poisson(4 * end_m / SIGHT_M))
    )
    cracks = tuple(
        Crack(
            x_m=rng.uniform(-half_m, half_m),
            amplitude_m=rng.uniform(0.1, 0.6),
            wavelength_m=rng.uniform(2, 12),
            phase=rng.uniform(0, 6),
        )
        for _ in range(rng.integers(0, 4))
    )
    return Road(
        lanes=lanes,
        lane_m=lane_m,
        own_lane=int(rng.integers(lanes)),
        curvature_per_m=rng.choice([0.0, rng.uniform(-0.0022, 0.0022)]),
        pavement_m=(rng.uniform(1.6, 4), rng.uniform(1.6, 4)),
        grass_m=(
            rng.uniform(0, 3) * (rng.random() < 0.5),
            rng.uniform(0, 3) * (rng.random() < 0.5),
        ),
        colour=grey(rng.uniform(62, 140)) + rng.uniform(-5, 8, 3).astype(np.float32),
        pavement_colour=grey(rng.uniform(100, 170)) + rng.uniform(-12, 10, 3).astype(np.float32),
        grass_colour=hsv(rng.uniform(25, 50), rng.uniform(60, 140), rng.uniform(70, 140)),
        texture_amplitude=rng.uniform(3, 10),
        coarse_amplitude=rng.uniform(2.4, 9),
        marking=rng.choice(np.array(list(Marking), dtype=object), p=[0.5, 0.3, 0.2]),
        edge_lines=bool(rng.random() < 0.6),
        marking_grey=rng.uniform(150, 240),
        crossings_m=tuple(float(z) for z in crossings),
        patches=patches,
        manholes=tuple(
            (rng.uniform(-half_m + 0.6, half_m - 0.6), rng.uniform(4, end_m))
            for _ in range(rng.poisson(3 * end_m / SIGHT_M))
        ),
        cracks=cracks,
        shadow_share=rng.uniform(0.2, 0.9) if rng.random() < 0.45 else None,
        shadow_level=rng.uniform(0.5, 0.75),
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


def _weather(rng: np.random.Generator) -> Weather:
    zenith = hsv(rng.uniform(98, 118), rng.uniform(5, 130), rng.uniform(150, 250))
    skyline = np.clip(zenith * 0.4 + np.float32(rng.uniform(110, 150)), 0, 250)
    wooded = bool(rng.random() < 0.5)
    leaves = hsv(rng.uniform(28, 55), rng.uniform(50, 120), rng.uniform(60, 120))
    town = hsv(rng.choice([10, 20, 100]), rng.uniform(5, 60), rng.uniform(90, 180))
    return Weather(
        zenith=zenith,
        skyline=skyline,
        haze=np.clip(skyline * np.float32(rng.uniform(0.75, 1.0)), 0, 250),
        haze_m=rng.uniform(60, 320),
        far_height_m=rng.uniform(3, 14),
        far_class=TrainId.VEGETATION if wooded else TrainId.BUILDING,
        far_colour=leaves if wooded else town,
    )


def _sensor(rng: np.random.Generator) -> Sensor:
    white_balance = rgb(rng.uniform(0.93, 1.07), 1, rng.uniform(0.93, 1.07))
    return Sensor(
        gain=white_balance * np.float32(rng.uniform(0.62, 1.18)),
        gamma=rng.uniform(0.85, 1.2),
        blur_px=rng.uniform(0, 0.8),
        noise=float(np.exp(rng.uniform(np.log(0.6), np.log(6)))),
        vignette=rng.uniform(0, 0.3),
    )


def _palette(road: Road, sides: tuple[Side, Side]) -> list[Colour]:
    """Return colours that occur in the scene: walls, shop fronts, pavement, asphalt, grass."""
    colours = [road.colour, road.pavement_colour, road.grass_colour, grey(road.marking_grey)]
    for side in sides:
        for house in side.houses:
            colours += [house.colour, house.shop_colour, house.window_colour]
        colours += [edge.colour for edge in side.edges]
    return colours
