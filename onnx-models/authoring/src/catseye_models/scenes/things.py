"""What stands and moves along the road of a world: traffic, people, street furniture, unknowns, obstacles."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from catseye_models.scenes import people, street, vehicles
from catseye_models.scenes.canvas import Sprite
from catseye_models.scenes.labels import VOID, TrainId
from catseye_models.scenes.obstacles import ObstacleKind
from catseye_models.scenes.palette import Palette
from catseye_models.scenes.unknowns import unknown
from catseye_models.scenes.world import LEFT, MAX_SPEED_MPS, RIGHT, SIGHT_M, Road, Thing

_QUIET_SHARE: Final = 0.5
"""Share of the other lanes that stay free of traffic on drives with a free path."""

_LAST_OBSTACLE_M: Final = 60.0
"""How far ahead of the camera's last place obstacles go on."""

_OWN_PATH_M: Final = 1.7
"""Half width of the strip that stays free of traffic where the camera drives on."""


@dataclass(frozen=True)
class Plan:
    """What a world is for.

    length_m: how far the camera will drive.
    unknowns: least and most number of void things, both included.
    obstacles: kinds to place on the road ahead; empty for training.
    obstacle_gap_m: least and most distance between an obstacle and the next.
    free_path: no traffic, only obstacles and unknowns, in the camera's own lane.
    """

    length_m: float
    unknowns: tuple[int, int] = (0, 0)
    obstacles: tuple[ObstacleKind, ...] = ()
    obstacle_gap_m: tuple[float, float] = (8.0, 32.0)
    free_path: bool = False


class ThingPlacer:
    """Puts things into a world, each countable one with a number of its own."""

    def __init__(self, rng: np.random.Generator, *, road: Road, end_m: float, free_path: bool) -> None:
        self._rng = rng
        self._road = road
        self._end_m = end_m
        self._free_path = free_path
        self._count = 0
        self._quiet: list[int] = []
        self.things: list[Thing] = []

    def place_everything(self) -> None:
        """Place traffic, parked cars, people and street furniture along the whole road."""
        for side in (LEFT, RIGHT):
            self._park_cars(side)
            self._place_people(side)
            self._furnish(side)
        for lane in range(self._road.lanes.count):
            if self._free_path and (lane == self._road.lanes.own or self._rng.random() < _QUIET_SHARE):
                self._quiet.append(lane)
            else:
                self._fill_lane(lane)
        self._place_single_things()

    def place_unknowns(self, least_and_most: tuple[int, int]) -> None:
        """Place void things, a third of them on the road, the others beside it."""
        rng, half_m = self._rng, self._road.lanes.half_m
        for _ in range(rng.integers(least_and_most[0], least_and_most[1] + 1)):
            on_road = rng.random() < 0.35
            beside = rng.choice([LEFT, RIGHT]) * (half_m + rng.uniform(-0.2, 4.0))
            x_m = rng.uniform(-half_m + 0.2, half_m - 0.2) if on_road else beside
            self._add(VOID, unknown(rng), x_m=x_m, z_m=rng.uniform(5, 60), counted=True)

    def place_obstacles(self, rng: np.random.Generator, *, plan: Plan, palette: Palette) -> None:
        """Place obstacles one after another on the lanes without traffic, anywhere across them."""
        road = self._road
        z_m = rng.uniform(10, 30)
        while z_m < plan.length_m + _LAST_OBSTACLE_M:
            kind = plan.obstacles[rng.integers(len(plan.obstacles))]
            lane = self._quiet[rng.integers(len(self._quiet))]
            x_m = road.lanes.x_m(lane) + rng.uniform(-0.5, 0.5) * (road.lanes.lane_m - 0.4)
            sprite = kind.draw(rng, palette=palette)
            self._add(VOID, sprite, x_m=x_m, z_m=z_m, counted=True, obstacle=kind.label_id)
            z_m += rng.uniform(*plan.obstacle_gap_m)

    def _add(
        self,
        label: int,
        sprite: Sprite,
        *,
        x_m: float,
        z_m: float,
        speed_mps: float = 0.0,
        counted: bool = False,
        obstacle: int = 0,
    ) -> None:
        blocked = self._free_path and abs(x_m - self._road.lanes.own_x_m) < _OWN_PATH_M
        beside = abs(x_m) > self._road.lanes.half_m
        in_the_way = beside and not speed_mps and self._road.junction_at(z_m, RIGHT if x_m > 0 else LEFT)
        if (blocked or in_the_way) and label != VOID:
            return
        self._count += counted
        instance = self._count if counted else 0
        thing = Thing(sprite, int(label), float(x_m), float(z_m), speed_mps, instance, obstacle)
        self.things.append(thing)

    def _number_along(self, per_sight: float) -> int:
        """Return how many things there are along the whole road, ``per_sight`` in one sight."""
        return int(self._rng.poisson(per_sight * self._end_m / SIGHT_M))

    def _park_cars(self, side: int) -> None:
        rng = self._rng
        if rng.random() >= 0.55:
            return
        z_m = rng.uniform(5, 14)
        while z_m < self._end_m:
            if rng.random() < 0.6:
                x_m = side * (self._road.lanes.half_m + rng.uniform(0.2, 0.9))
                sprite = vehicles.car(rng, rear=bool(rng.random() < 0.65))
                self._add(TrainId.CAR, sprite, x_m=x_m, z_m=z_m, counted=True)
            z_m += rng.uniform(5.5, 11)

    def _place_people(self, side: int) -> None:
        rng = self._rng
        width_m = self._road.pavement_m[side == RIGHT]
        for _ in range(self._number_along(6)):
            x_m = side * (self._road.lanes.half_m + rng.uniform(0.5, width_m + 0.2))
            z_m, speed_mps = rng.uniform(5, self._end_m), rng.uniform(-1.4, 1.4)
            sprite = people.person(rng)
            self._add(TrainId.PERSON, sprite, x_m=x_m, z_m=z_m, speed_mps=speed_mps, counted=True)

    def _furnish(self, side: int) -> None:
        rng, half_m = self._rng, self._road.lanes.half_m
        width_m = self._road.pavement_m[side == RIGHT]
        z_m, step_m = rng.uniform(6, 22), rng.uniform(16, 34)
        while z_m < self._end_m:
            self._add(TrainId.POLE, street.lamp_post(rng), x_m=side * (half_m + 0.4), z_m=z_m)
            z_m += step_m
        for _ in range(self._number_along(4)):
            x_m, z_m = side * (half_m + rng.uniform(0.3, 1.2)), rng.uniform(7, self._end_m)
            self._add(TrainId.POLE, street.traffic_sign(rng), x_m=x_m, z_m=z_m)
        for _ in range(self._number_along(2)):
            x_m, z_m = side * (half_m + rng.uniform(0.3, 0.9)), rng.uniform(9, self._end_m)
            self._add(TrainId.POLE, street.traffic_light(rng), x_m=x_m, z_m=z_m)
        for _ in range(self._number_along(5)):
            x_m = side * (half_m + width_m + rng.uniform(-0.5, 2.5))
            self._add(TrainId.VEGETATION, street.tree(rng), x_m=x_m, z_m=rng.uniform(8, self._end_m))

    def _fill_lane(self, lane: int) -> None:
        """Fill a lane with traffic; lanes left of the camera's may be oncoming."""
        rng = self._rng
        own = lane == self._road.lanes.own
        oncoming = lane < self._road.lanes.own and rng.random() < 0.5
        z_m = rng.uniform(8, 26)
        while z_m < self._end_m:
            if rng.random() < 0.5:
                speed_mps = rng.uniform(-9, -4) if oncoming else rng.uniform(4, 12)
                place = self._road.lanes.x_m(lane) + rng.uniform(-0.3, 0.3)
                label, sprite = self._vehicle(oncoming=oncoming)
                speed_mps = max(speed_mps, MAX_SPEED_MPS) if own else speed_mps
                self._add(label, sprite, x_m=place, z_m=z_m, speed_mps=speed_mps, counted=True)
            z_m += rng.uniform(9, 32)

    def _vehicle(self, *, oncoming: bool) -> tuple[TrainId, Sprite]:
        rng = self._rng
        kind = rng.choice(5, p=[0.64, 0.11, 0.09, 0.08, 0.08])
        if kind == 0:
            return TrainId.CAR, vehicles.car(rng, rear=not oncoming)
        if kind == 1:
            return TrainId.TRUCK, vehicles.truck(rng)
        if kind == 2:
            return TrainId.BUS, vehicles.bus(rng, rear=not oncoming)
        motor = kind == 3
        label = TrainId.MOTORCYCLE if motor else TrainId.BICYCLE
        return label, vehicles.two_wheeler(rng, motor=motor, rider=True)

    def _place_single_things(self) -> None:
        """Place parked bicycles, cars across, people on the road and trams, each of them rare."""
        rng, half_m = self._rng, self._road.lanes.half_m
        for _ in range(self._number_along(2.5)):
            sprite = vehicles.two_wheeler(rng, motor=False, rider=bool(rng.random() < 0.5))
            x_m = rng.choice([LEFT, RIGHT]) * (half_m + rng.uniform(0.1, 1.5))
            z_m = rng.uniform(6, self._end_m)
            self._add(TrainId.BICYCLE, sprite, x_m=x_m, z_m=z_m, counted=True)
        for _ in range(self._number_along(0.7)):
            x_m, z_m = rng.uniform(-half_m, half_m), rng.uniform(9, self._end_m)
            self._add(TrainId.PERSON, people.person(rng), x_m=x_m, z_m=z_m, counted=True)
        for _ in range(self._number_along(0.5)):
            x_m = rng.choice([LEFT, RIGHT]) * (half_m + rng.uniform(1.2, 3.5))
            z_m = rng.uniform(12, self._end_m)
            sprite = vehicles.car_from_the_side(rng)
            self._add(TrainId.CAR, sprite, x_m=x_m, z_m=z_m, counted=True)
        for _ in range(self._number_along(0.3)):
            x_m, z_m = rng.choice([LEFT, RIGHT]) * (half_m + rng.uniform(6, 9)), rng.uniform(22, self._end_m)
            self._add(TrainId.TRAIN, vehicles.train(rng), x_m=x_m, z_m=z_m, counted=True)
