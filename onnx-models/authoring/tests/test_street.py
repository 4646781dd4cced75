"""Parts of a street in a frame: side roads, shade, light, and the rows that show a stretch of ground."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("cv2", reason="needs the `draw` extra")

from catseye_models.scenes.asphalt import Ground
from catseye_models.scenes.build import build_world
from catseye_models.scenes.ground import draw_ground
from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.picture import Picture, Pose, View, light_at, lit
from catseye_models.scenes.shadows import in_shade
from catseye_models.scenes.texture import grey, rgb
from catseye_models.scenes.things import Plan
from catseye_models.scenes.world import HOUSE_FROM_ROAD_M, RIGHT, House, Junction, Light, Side, Sun, World

WIDTH, HEIGHT = 256, 128


@pytest.fixture(scope="module")
def world() -> World:
    built = build_world((1,), plan=Plan(length_m=10))
    return replace(built, road=replace(built.road, curvature_per_m=0.0))


def view_of(world: World) -> View:
    pose = Pose(z_m=0, x_m=0, time_s=0)
    return View.of(world.camera, curvature_per_m=0.0, pose=pose, width=WIDTH, height=HEIGHT)


def label_at(world: World, x_m: float, depth_m: float) -> int:
    """Return the train id of the ground at a place."""
    picture, view = Picture.empty(WIDTH, HEIGHT), view_of(world)
    draw_ground(picture, world, view)
    return int(picture.label[round(view.ground_row(depth_m)), round(view.column_of(x_m, depth_m))])


def test_side_road_is_road_on_its_own_side_only(world: World) -> None:
    junction = Junction(start_m=12, end_m=22, left=False, right=True)
    crossed = replace(world, road=replace(world.road, junctions=(junction,)))
    beside_m = world.road.lanes.half_m + 0.8
    assert label_at(crossed, beside_m, 16) == TrainId.ROAD
    assert label_at(crossed, -beside_m, 16) != TrainId.ROAD
    assert label_at(crossed, beside_m, 30) != TrainId.ROAD
    assert crossed.road.junction_at(16, RIGHT)


def house_of(height_m: float) -> Side:
    house = House(-1000, 1000, height_m, grey(90), grey(90), grey(90), (2, 3), (0.5, 0.5))
    return Side(houses=(house,), edges=())


def test_house_shades_the_ground_as_far_as_the_sun_says(world: World) -> None:
    sun = Sun(across=0.5, along=0.2, shade=rgb(0.5, 0.5, 0.6))
    street = replace(world, sides=(house_of(10), house_of(0)), weather=replace(world.weather, sun=sun, foliage=None))
    front_m = -(world.road.lanes.half_m + world.road.pavement_m[0] + HOUSE_FROM_ROAD_M)
    x_m = front_m + np.array([-1.0, 1.0, 4.9, 5.1])
    assert in_shade(x_m, np.full(4, 20.0), street, sun).tolist() == [False, True, True, False]


def test_headlights_reach_near_ground_only(world: World) -> None:
    weather = replace(world.weather, haze_m=1e6, light=Light(ambient=grey(0.3), headlights=grey(0.8)))
    near, far = light_at(np.array([2.0, 200.0], np.float32), weather)[:, 0]
    assert near > 1.0
    assert far == pytest.approx(0.3, abs=0.01)
    colours = np.full((1, 3), 100, np.float32)
    assert lit(colours, np.array([200.0], np.float32), weather)[0, 0] == pytest.approx(30, abs=0.5)


def test_rows_between_are_those_that_show_the_stretch() -> None:
    depth_m = np.array([[40.0], [20.0], [10.0], [5.0], [2.5]], np.float32)
    ground = Ground(depth_m, np.zeros_like(depth_m), depth_m, np.zeros_like(depth_m), np.zeros_like(depth_m))
    assert ground.rows_between(4, 21) == slice(1, 4)
    assert ground.rows_between(50, 60) == slice(0, 0)
