"""Colours of the road's surface in one frame: asphalt, what was painted on it and what lies on it."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.picture import Mask, View
from catseye_models.scenes.surface import Leaves, Spot, Symbol
from catseye_models.scenes.texture import Colour, Plane, tiles
from catseye_models.scenes.world import Marking, World

_DASH_M: Final = 4.0
_DASH_PERIOD_M: Final = 9.0
_GUTTER_M: Final = 0.12
_NEAREST_SYMBOL_M: Final = 1.5
_SUBPIXEL_BITS: Final = 4


@dataclass(frozen=True)
class Ground:
    """What lies under each pixel below the horizon; planes (rows, W).

    depth_m: ahead of the camera.  x_m, z_m: on the road.  fine, coarse: noise, fading with depth.
    """

    depth_m: Plane
    x_m: NDArray[np.floating]
    z_m: Plane
    fine: Plane
    coarse: Plane

    @property
    def rows_z_m(self) -> Plane:
        """Place along the road of each row (rows,); it falls from row to row."""
        return self.z_m[:, 0]

    def rows_between(self, start_m: float, end_m: float) -> slice:
        """Return the rows that show the ground between two places along the road."""
        nearer = -self.rows_z_m
        first, last = np.searchsorted(nearer, (-end_m, -start_m))
        return slice(int(first), int(last))


def road_colours(ground: Ground, world: World, view: View, *, top: int) -> NDArray[np.float32]:
    """Return the road (rows, W, 3) as if it were everywhere; ``top`` is the row of the picture that comes first."""
    surface = world.road.surface
    colours = _laid(ground, world)
    for band in surface.bands:
        rows = ground.rows_between(band.start_m, band.end_m)
        x_m = ground.x_m[rows]
        share = band.strength * ((x_m > band.left_m) & (x_m < band.right_m))
        share *= 1 - surface.wear * np.clip(0.5 - 0.5 * ground.coarse[rows], 0, 1)
        _blend(colours[rows], band.colour, share)
    for spot in surface.spots:
        _draw_spot(colours, ground, spot)
    _draw_cracks(colours, ground, world)
    painted = _markings(ground, world) * _unworn(ground, surface.wear)
    _blend(colours, world.road.markings.paint, np.float32(0.75) * painted)
    for symbol in surface.symbols:
        _draw_symbol(colours, ground, symbol, view, wear=surface.wear, top=top)
    half_m = world.road.lanes.half_m
    colours[np.abs(ground.x_m) > half_m - _GUTTER_M] *= 0.72
    if surface.leaves is not None:
        _draw_leaves(colours, ground, world, surface.leaves)
    if surface.wetness:
        _wet(colours, ground, world)
    return colours


def _laid(ground: Ground, world: World) -> NDArray[np.float32]:
    """Return the bare asphalt or concrete of every stretch, with its noise."""
    stretches = world.road.surface.stretches
    ends = np.array([stretch.end_m for stretch in stretches])
    index = np.clip(np.searchsorted(ends, ground.rows_z_m), 0, len(ends) - 1)
    seen = [stretches[i] for i in index]
    colour = np.array([stretch.colour for stretch in seen], np.float32)[:, None]
    fine = np.array([stretch.fine for stretch in seen], np.float32)[:, None]
    coarse = np.array([stretch.coarse for stretch in seen], np.float32)[:, None]
    slab_m = np.array([stretch.slab_m for stretch in seen], np.float32)[:, None]
    grain = fine * ground.fine + coarse * ground.coarse
    joint = (slab_m > 0) & (np.mod(ground.z_m, np.maximum(slab_m, 1)) < 0.04 + 0.004 * ground.depth_m)
    grain -= 22 * np.clip(30 / ground.depth_m, 0, 1) * joint
    return np.asarray(colour + grain[..., None], np.float32)


def _blend(colours: NDArray[np.float32], colour: Colour, share: NDArray[np.floating]) -> None:
    """Move colours (..., 3) towards one by a share (...), in place."""
    colours += (colour - colours) * share[..., None].astype(np.float32)


def _draw_spot(colours: NDArray[np.float32], ground: Ground, spot: Spot) -> None:
    reach_m = spot.half_length_m * (1 + spot.ragged)
    rows = ground.rows_between(spot.z_m - reach_m, spot.z_m + reach_m)
    if rows.start >= rows.stop:
        return
    across = np.abs(ground.x_m[rows] - spot.x_m) / spot.half_m
    columns = np.flatnonzero((across < 1 + spot.ragged).any(0))
    if not len(columns):
        return
    area = (rows, slice(int(columns[0]), int(columns[-1]) + 1))
    across = across[:, area[1]]
    along = np.abs(ground.z_m[area] - spot.z_m) / spot.half_length_m
    distance = np.maximum(across, along) if spot.square else np.hypot(across, along)
    inside = distance + spot.ragged * (0.4 * ground.coarse[area] + 0.25 * ground.fine[area]) < 1
    _blend(colours[area], spot.colour, spot.strength * inside)


def _draw_cracks(colours: NDArray[np.float32], ground: Ground, world: World) -> None:
    fading = np.clip(40 / ground.depth_m, 0.1, 1)
    for crack in world.road.surface.cracks:
        bend_m = crack.amplitude_m * np.sin(ground.z_m / crack.wavelength_m + crack.phase)
        from_crack = np.abs(ground.x_m - crack.x_m - bend_m - 0.15 * ground.coarse)
        colours -= (28 * fading * (from_crack < crack.half_m + 0.0006 * ground.depth_m))[..., None]


def _unworn(ground: Ground, wear: float) -> Plane:
    """Return how much of the paint is left, 0.15 to 1; a share of ``wear`` is rubbed off."""
    rubbed = _uniform(ground.coarse + 0.5 * ground.fine) < wear
    return np.where(rubbed, 0.15, 1).astype(np.float32)


def _uniform(noise: Plane) -> Plane:
    """Return noise of deviation 1 as a share of 0 to 1, each equally likely."""
    return np.asarray(1 / (1 + np.exp(-1.702 * noise)), np.float32)


def _markings(ground: Ground, world: World) -> Mask:
    lanes, markings = world.road.lanes, world.road.markings
    half_line_m = 0.07 + 0.0009 * ground.depth_m
    painted = np.zeros(ground.depth_m.shape, bool)
    if markings.kind is not Marking.NONE:
        dashes = np.mod(ground.z_m + markings.dash_phase_m, _DASH_PERIOD_M) < _DASH_M
        visible = dashes if markings.kind is Marking.DASHED else np.ones_like(dashes)
        for lane in range(1, lanes.count):
            from_line_m = np.abs(ground.x_m + lanes.half_m - lane * lanes.lane_m)
            painted |= (from_line_m < half_line_m) & visible
    if markings.edge_lines:
        painted |= np.abs(np.abs(ground.x_m) - lanes.half_m + 0.25) < half_line_m
    for junction in world.road.junctions:
        rows = ground.rows_between(junction.start_m, junction.end_m)
        painted[rows] = False
    for crossing_m in markings.crossings_m:
        rows = ground.rows_between(crossing_m - 1.6, crossing_m + 1.6)
        painted[rows] |= np.mod(ground.x_m[rows] + 50, 1.0) < 0.5
    for stop_m in markings.stop_lines_m:
        rows = ground.rows_between(stop_m - 0.25, stop_m + 0.25)
        painted[rows] |= np.abs(ground.x_m[rows] - lanes.own_x_m) < 0.46 * lanes.lane_m
    return painted


def _draw_symbol(
    colours: NDArray[np.float32], ground: Ground, symbol: Symbol, view: View, *, wear: float, top: int
) -> None:
    """Blend the polygons of a symbol over the rows and columns that they cover."""
    outlines = []
    for polygon in symbol.polygons:
        depths = [z_m - view.pose.z_m for _, z_m in polygon]
        if min(depths) > _NEAREST_SYMBOL_M:
            pairs = zip(polygon, depths, strict=True)
            outlines.append([(view.column_of(x_m, depth), view.ground_row(depth) - top) for (x_m, _), depth in pairs])
    if not outlines:
        return
    corners = np.concatenate([np.array(outline) for outline in outlines])
    rows, columns = colours.shape[:2]
    left, upper = (int(max(0, edge)) for edge in np.floor(corners.min(0)))
    right, lower = (int(min(end, edge + 2)) for end, edge in zip((columns, rows), np.ceil(corners.max(0)), strict=True))
    if left >= right or upper >= lower:
        return
    ink = np.zeros((lower - upper, right - left), np.float32)
    for outline in outlines:
        scaled = ((np.array(outline) - (left, upper)) * (1 << _SUBPIXEL_BITS)).astype(np.int32)
        cv2.fillPoly(ink, [scaled], (symbol.strength,), lineType=cv2.LINE_8, shift=_SUBPIXEL_BITS)
    area = (slice(upper, lower), slice(left, right))
    worn = np.where(_uniform(ground.coarse[area] + 0.5 * ground.fine[area]) < wear, 0.15, 1)
    _blend(colours[area], symbol.colour, ink * worn)


def _draw_leaves(colours: NDArray[np.float32], ground: Ground, world: World, leaves: Leaves) -> None:
    """Draw single leaves near the camera, and their mean colour where they are smaller than a pixel."""
    from_edge_m = np.abs(world.road.lanes.half_m - np.abs(ground.x_m))
    share = leaves.in_middle + (leaves.at_edge - leaves.in_middle) * np.exp(-from_edge_m / 0.5)
    share *= np.clip(1 + 0.8 * ground.coarse, 0, 2)
    litter = world.grains.litter.of(tiles().fine, 24 * ground.x_m, 24 * ground.z_m)
    single = 1 - _uniform(litter) < share
    near = np.clip(12 / ground.depth_m, 0, 1)
    other = world.grains.litter.of(tiles().medium, 60 * ground.x_m, 60 * ground.z_m) > 0
    covered = 0.9 * (single * near + share * (1 - near))
    _blend(colours, leaves.colours[0], covered * other)
    _blend(colours, leaves.colours[1], covered * ~other)


def _wet(colours: NDArray[np.float32], ground: Ground, world: World) -> None:
    """Darken the road and mirror the sky in it, the more the flatter it is seen."""
    wetness = world.road.surface.wetness
    colours *= 1 - 0.35 * wetness
    mirrored = np.clip(ground.depth_m / 45, 0, 0.6) * wetness * np.clip(0.8 + 0.3 * ground.coarse, 0, 1)
    _blend(colours, world.weather.skyline, mirrored)
