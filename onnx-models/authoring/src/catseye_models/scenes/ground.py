"""Sky, skyline, road and pavements of one frame."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.picture import Mask, Picture, View, haze, shade
from catseye_models.scenes.texture import TILE_PX, Plane, sample, tiles
from catseye_models.scenes.world import LEFT, RIGHT, Marking, World

_SKYLINE_M: Final = 165.0
_SKYLINE_ROW: Final = 11
"""Row of a coarse tile whose ups and downs are those of the skyline."""

_DASH_M: Final = 4.0
_DASH_PERIOD_M: Final = 9.0
_KERB_M: Final = 0.16
_GUTTER_M: Final = 0.12


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
    picture.rgb[far] = haze(colour, np.full(colour.shape[0], 150, np.float32), weather)
    picture.label[far] = weather.far_class


@dataclass(frozen=True)
class _Ground:
    """What lies under each pixel below the horizon; planes (rows, W).

    depth_m: ahead of the camera.  x_m, z_m: on the road.  fine, coarse: noise, fading with depth.
    """

    depth_m: Plane
    x_m: NDArray[np.floating]
    z_m: Plane
    fine: Plane
    coarse: Plane


def draw_ground(picture: Picture, world: World, view: View) -> None:
    """Draw road, pavements and verges, with their labels."""
    top = int(np.ceil(view.horizon_px + 0.8 * view.texel_px))
    ground = _look_down(picture, world, view, top=top)
    road = world.road
    from_middle = np.abs(ground.x_m)
    pavement_m = np.where(ground.x_m > 0, road.pavement_m[1], road.pavement_m[0])
    on_road = from_middle < road.half_m
    on_pavement = ~on_road & (from_middle < road.half_m + pavement_m)

    label = np.full(ground.depth_m.shape, TrainId.TERRAIN, np.uint8)
    label[on_road] = TrainId.ROAD
    label[on_pavement] = TrainId.SIDEWALK
    grass = shade(road.grass_colour, 1 + 0.18 * ground.fine + 0.14 * ground.coarse)
    colours = grass.copy()
    colours[on_road] = _road_colours(ground, world)[on_road]
    colours[on_pavement] = _pavement_colours(ground, world)[on_pavement]
    kerb = (from_middle > road.half_m) & (from_middle < road.half_m + _KERB_M)
    colours[kerb] = colours[kerb] * 0.6 + 70
    gutter = on_road & (from_middle > road.half_m - _GUTTER_M)
    colours[gutter] *= 0.72
    for side, width_m, pavement in zip((LEFT, RIGHT), road.grass_m, road.pavement_m, strict=True):
        beyond_kerb = side * ground.x_m - road.half_m - 0.5
        verge = (beyond_kerb > 0) & (beyond_kerb < min(width_m, pavement / 2)) & (width_m > 0.3)
        label[verge] = TrainId.TERRAIN
        colours[verge] = grass[verge]
    if road.shadow_share is not None:
        pattern = world.grains.shadows.of(tiles().coarse, 6 * ground.x_m, 5 * ground.z_m)
        colours[pattern > road.shadow_share] *= road.shadow_level
    picture.rgb[top:] = haze(colours, ground.depth_m, world.weather)
    picture.label[top:] = label


def _look_down(picture: Picture, world: World, view: View, *, top: int) -> _Ground:
    rows, columns = picture.rows[top:], picture.columns[top:]
    depth_m = view.focal_px * view.camera_height_m / (rows - view.horizon_px)
    across_m = (columns - view.centre_px) * depth_m / view.focal_px
    x_m = across_m - view.curvature_per_m * depth_m**2 + view.pose.x_m
    z_m = depth_m + view.pose.z_m
    fine = world.grains.ground.of(tiles().fine, 38 * x_m, 38 * z_m)
    coarse = world.grains.ground_blots.of(tiles().medium, 14 * x_m, 9 * z_m)
    return _Ground(
        depth_m=depth_m,
        x_m=x_m,
        z_m=z_m,
        fine=fine * np.clip(9 / depth_m, 0.05, 1),
        coarse=coarse * np.clip(40 / depth_m, 0.1, 1),
    )


def _road_colours(ground: _Ground, world: World) -> NDArray[np.float32]:
    """Return the asphalt (rows, W, 3) with patches, cracks, manholes and markings."""
    road = world.road
    grain = road.texture_amplitude * ground.fine + road.coarse_amplitude * ground.coarse
    for patch in road.patches:
        inside = (np.abs(ground.x_m - patch.x_m) < patch.width_m / 2) & (
            np.abs(ground.z_m - patch.z_m) < patch.length_m / 2
        )
        grain += patch.brightness * inside
    fading = np.clip(40 / ground.depth_m, 0.1, 1)
    for crack in road.cracks:
        bend_m = crack.amplitude_m * np.sin(ground.z_m / crack.wavelength_m + crack.phase)
        from_crack = np.abs(ground.x_m - crack.x_m - bend_m - 0.15 * ground.coarse)
        grain -= 28 * fading * (from_crack < 0.03 + 0.0006 * ground.depth_m)
    colours = (road.colour + grain[..., None]).astype(np.float32)
    for x_m, z_m in road.manholes:
        lid = (ground.x_m - x_m) ** 2 + (ground.z_m - z_m) ** 2 < 0.34**2
        colours[lid] = colours[lid] * 0.55 + 8
    painted = _markings(ground, world)
    colours[painted] = colours[painted] * 0.25 + road.marking_grey * 0.75
    return colours


def _markings(ground: _Ground, world: World) -> Mask:
    road = world.road
    half_line_m = 0.07 + 0.0009 * ground.depth_m
    painted = np.zeros(ground.depth_m.shape, bool)
    if road.marking is not Marking.NONE:
        dashes = np.mod(ground.z_m + world.dash_phase_m, _DASH_PERIOD_M) < _DASH_M
        visible = dashes if road.marking is Marking.DASHED else np.ones_like(dashes)
        for lane in range(1, road.lanes):
            from_line_m = np.abs(ground.x_m + road.half_m - lane * road.lane_m)
            painted |= (from_line_m < half_line_m) & visible
    if road.edge_lines:
        painted |= np.abs(np.abs(ground.x_m) - road.half_m + 0.25) < half_line_m
    for crossing_m in road.crossings_m:
        stripe = np.mod(ground.x_m + 50, 1.0) < 0.5
        painted |= (np.abs(ground.z_m - crossing_m) < 1.6) & stripe
    worn: Mask = ground.coarse < -1.0
    return painted & ~worn


def _pavement_colours(ground: _Ground, world: World) -> NDArray[np.float32]:
    """Return the paving stones (rows, W, 3); their joints are seen up to 22 m ahead."""
    grain = 4.5 * ground.fine + 6 * ground.coarse
    colours = (world.road.pavement_colour + grain[..., None]).astype(np.float32)
    along = np.mod(ground.x_m + 60, 0.8) < 0.03 + 0.0006 * ground.depth_m
    across = np.mod(ground.z_m, 0.8) < 0.03 + 0.002 * ground.depth_m
    colours[(along | across) & (ground.depth_m < 22)] *= 0.84
    return colours
