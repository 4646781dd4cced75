"""Sky, skyline, road and pavements of one frame."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.asphalt import Ground, road_colours
from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.picture import Mask, Picture, View, lit, shade
from catseye_models.scenes.shadows import shade_ground
from catseye_models.scenes.texture import TILE_PX, sample, tiles
from catseye_models.scenes.world import LEFT, RIGHT, World

_SKYLINE_M: Final = 165.0
_SKYLINE_ROW: Final = 11
"""Row of a coarse tile whose ups and downs are those of the skyline."""

_KERB_M: Final = 0.16
_SIDE_ROAD_M: Final = 45.0


def draw_sky(picture: Picture, world: World, view: View) -> None:
    """Fill the picture with sky, clouds and the far skyline."""
    weather, rows, columns = world.weather, picture.rows, picture.columns
    texel = view.texel_px
    grains = world.grains
    down = np.clip(rows / view.horizon_px, 0, 1)
    picture.rgb[:] = shade(weather.zenith, 1 - down) + shade(weather.skyline, down)
    clouds = grains.clouds.of(tiles().coarse, 0.5 * columns / texel, 1.4 * rows / texel)
    picture.rgb[:] += 16 * np.clip(clouds, 0, 2)[..., None]

    profile = tiles().coarse[grains.skyline.tile][_SKYLINE_ROW]
    across = np.floor(np.arange(view.width) / texel).astype(np.int64) + grains.skyline.u
    ridge_m = weather.far_height_m * (1 + 0.35 * profile[across % TILE_PX])
    ridge_px = ridge_m * view.focal_px / _SKYLINE_M
    below_sky = rows < view.horizon_px + 2 * texel
    far = below_sky & (rows > view.horizon_px - ridge_px[None])
    grain = sample(tiles().fine[grains.skyline.tile], columns[far] / texel, rows[far] / texel)
    colour = shade(weather.far_colour, 1 + 0.12 * grain)
    picture.rgb[far] = lit(colour, np.full(colour.shape[0], 150, np.float32), weather)
    picture.label[far] = weather.far_class


def draw_ground(picture: Picture, world: World, view: View) -> None:
    """Draw road, side roads, pavements and verges, with their labels."""
    top = int(np.ceil(view.horizon_px + 0.8 * view.texel_px))
    ground = _look_down(picture, world, view, top=top)
    road, half_m = world.road, world.road.lanes.half_m
    from_middle = np.abs(ground.x_m)
    pavement_m = np.where(ground.x_m > 0, road.pavement_m[1], road.pavement_m[0])
    side_road = _side_roads(ground, world)
    on_road = (from_middle < half_m) | side_road
    on_pavement = ~on_road & (from_middle < half_m + pavement_m)

    label = np.full(ground.depth_m.shape, TrainId.TERRAIN, np.uint8)
    label[on_road] = TrainId.ROAD
    label[on_pavement] = TrainId.SIDEWALK
    grass = shade(road.grass_colour, 1 + 0.18 * ground.fine + 0.14 * ground.coarse)
    colours = grass.copy()
    colours[on_road] = road_colours(ground, world, view, top=top)[on_road]
    colours[on_pavement] = _pavement_colours(ground, world)[on_pavement]
    kerb = (from_middle > half_m) & (from_middle < half_m + _KERB_M) & ~side_road
    colours[kerb] = colours[kerb] * 0.6 + 70
    for side, width_m, pavement in zip((LEFT, RIGHT), road.grass_m, road.pavement_m, strict=True):
        beyond_kerb = side * ground.x_m - half_m - 0.5
        verge = (beyond_kerb > 0) & (beyond_kerb < min(width_m, pavement / 2)) & (width_m > 0.3) & ~side_road
        label[verge] = TrainId.TERRAIN
        colours[verge] = grass[verge]
    shade_ground(colours, ground, world)
    picture.rgb[top:] = lit(colours, ground.depth_m, world.weather)
    picture.label[top:] = label


def _side_roads(ground: Ground, world: World) -> Mask:
    """Return the ground (rows, W) that belongs to side roads."""
    inside = np.zeros(ground.x_m.shape, bool)
    for junction in world.road.junctions:
        rows = ground.rows_between(junction.start_m, junction.end_m)
        x_m = ground.x_m[rows]
        reach_m = world.road.lanes.half_m - 0.01
        for side in (LEFT, RIGHT):
            if junction.opens(side):
                inside[rows] |= (side * x_m > reach_m) & (side * x_m < _SIDE_ROAD_M)
    return inside


def _look_down(picture: Picture, world: World, view: View, *, top: int) -> Ground:
    rows, columns = picture.rows[top:], picture.columns[top:]
    depth_m = view.focal_px * view.camera_height_m / (rows - view.horizon_px)
    across_m = (columns - view.centre_px) * depth_m / view.focal_px
    x_m = across_m - view.curvature_per_m * depth_m**2 + view.pose.x_m
    z_m = depth_m + view.pose.z_m
    fine = world.grains.ground.of(tiles().fine, 38 * x_m, 38 * z_m)
    coarse = world.grains.ground_blots.of(tiles().medium, 14 * x_m, 9 * z_m)
    return Ground(
        depth_m=depth_m,
        x_m=x_m,
        z_m=z_m,
        fine=fine * np.clip(9 / depth_m, 0.05, 1),
        coarse=coarse * np.clip(40 / depth_m, 0.1, 1),
    )


def _pavement_colours(ground: Ground, world: World) -> NDArray[np.float32]:
    """Return the paving stones (rows, W, 3); their joints are seen up to 22 m ahead."""
    grain = 4.5 * ground.fine + 6 * ground.coarse
    colours = (world.road.pavement_colour + grain[..., None]).astype(np.float32)
    along = np.mod(ground.x_m + 60, 0.8) < 0.03 + 0.0006 * ground.depth_m
    across = np.mod(ground.z_m, 0.8) < 0.03 + 0.002 * ground.depth_m
    colours[(along | across) & (ground.depth_m < 22)] *= 0.84
    return colours
