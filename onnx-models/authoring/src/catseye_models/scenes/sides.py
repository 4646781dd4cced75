"""House fronts, walls, fences and hedges along both sides of the road."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.picture import Mask, Picture, View, lit
from catseye_models.scenes.texture import Plane, tiles
from catseye_models.scenes.world import HOUSE_FROM_ROAD_M, LEFT, EdgeStretch, Edging, House, Side, World

_NEVER_M: Final = 1e9
_NEAREST_M: Final = 1.0
_FARTHEST_M: Final = 160.0
_EDGE_BEHIND_PAVEMENT_M: Final = 1.2
_BRICK_M: Final = (0.6, 0.28)
_PALING_M: Final = 0.22

_EDGE_LABELS: Final = {
    Edging.WALL: TrainId.WALL,
    Edging.FENCE: TrainId.FENCE,
    Edging.HEDGE: TrainId.VEGETATION,
}


@dataclass(frozen=True)
class _Screen:
    """The columns in which an upright plane along the road is seen.

    columns: (n,) indices.  depth_m, z_m: (n,), ahead of the camera and along the road.
    height_m: (H, n), above ground.
    """

    columns: NDArray[np.int64]
    depth_m: Plane
    z_m: Plane
    height_m: Plane

    def paint(self, picture: Picture, world: World, *, where: Mask, colours: Plane, label: NDArray[np.uint8]) -> None:
        """Write colours (H, n, 3) and labels (H, n) where the mask (H, n) is set."""
        depth_m = np.broadcast_to(self.depth_m[None], self.height_m.shape)
        seen = lit(colours, depth_m, world.weather)
        below = picture.rgb[:, self.columns]
        picture.rgb[:, self.columns] = np.where(where[..., None], seen, below)
        picture.label[:, self.columns] = np.where(where, label, picture.label[:, self.columns])


def draw_sides(picture: Picture, world: World, view: View) -> None:
    """Draw both sides, houses first."""
    for index, (sign, side) in enumerate(zip((LEFT, 1), world.sides, strict=True)):
        pavement_m = world.road.lanes.half_m + world.road.pavement_m[index]
        houses = _screen(picture, world, view, x_m=sign * (pavement_m + HOUSE_FROM_ROAD_M), sign=sign)
        if houses is not None:
            _draw_houses(picture, world, houses, side, light=0.85 if sign == LEFT else 1.05)
        edges = _screen(picture, world, view, x_m=sign * (pavement_m + _EDGE_BEHIND_PAVEMENT_M), sign=sign)
        if edges is not None:
            _draw_edges(picture, world, edges, side)


def _screen(picture: Picture, world: World, view: View, *, x_m: float, sign: int) -> _Screen | None:
    """Return where the plane at road position ``x_m`` is seen, side roads left open, or None if nowhere."""
    slope = (np.arange(view.width) - view.centre_px) / view.focal_px
    depth = _plane_depth(slope, x_m - view.pose.x_m, view.curvature_per_m)
    z_m = depth + view.pose.z_m
    visible = (depth > _NEAREST_M) & (depth < _FARTHEST_M)
    for junction in world.road.junctions:
        if junction.opens(sign):
            visible &= (z_m < junction.start_m) | (z_m > junction.end_m)
    columns = np.nonzero(visible)[0]
    if not len(columns):
        return None
    depth_m = depth[columns].astype(np.float32)
    return _Screen(
        columns=columns,
        depth_m=depth_m,
        z_m=depth_m + np.float32(view.pose.z_m),
        height_m=view.height_at(picture.rows[:, columns], depth_m[None]),
    )


def _plane_depth(slope: NDArray[np.floating], across_m: float, curvature: float) -> NDArray[np.float64]:
    """Solve slope * z = across + curvature * z^2 for the nearest z > 0; ``_NEVER_M`` if none."""
    if abs(curvature) < 1e-6:
        safe = np.where(np.abs(slope) < 1e-6, 1e-6, slope)
        return np.where(slope * across_m > 1e-4, across_m / safe, _NEVER_M)
    discriminant = slope**2 - 4 * curvature * across_m
    root = np.sqrt(np.maximum(discriminant, 0))
    depths = [(slope + sign * root) / (2 * curvature) for sign in (-1, 1)]
    nearest = np.minimum(*[np.where(depth > 0, depth, _NEVER_M) for depth in depths])
    return np.where(discriminant > 0, nearest, _NEVER_M)


def _draw_houses(picture: Picture, world: World, screen: _Screen, side: Side, *, light: float) -> None:
    ends = np.array([house.end_m for house in side.houses])
    index = np.clip(np.searchsorted(ends, screen.z_m), 0, len(ends) - 1)
    seen = [side.houses[i] for i in index]

    def column(value: Callable[[House], object]) -> Plane:
        return np.array([value(house) for house in seen], np.float32)

    height, z_m = screen.height_m, np.broadcast_to(screen.z_m[None], screen.height_m.shape)
    pitch, share = column(lambda house: house.window_pitch_m), column(lambda h: h.window_share)
    along = np.mod((z_m - column(lambda house: house.start_m)) / pitch[:, 0], 1)
    up = np.mod(height / pitch[:, 1] + 0.25, 1)
    window = (along < share[:, 0]) & (up < share[:, 1]) & (height > 3.2)
    shop = (height < 3.0) & (height > 0.4)
    door = (np.mod(z_m / 3.3, 1) < 0.55) & (height < 2.4) & (height > 0.1)

    front = column(lambda house: house.shop_colour)
    colours = np.where(shop[..., None], front, column(lambda house: house.colour))
    colours = np.where(door[..., None], front * 0.45, colours)
    colours = np.where(window[..., None], column(lambda house: house.window_colour), colours)
    plaster = world.grains.plaster.of(tiles().medium, 12 * z_m, 12 * height)
    colours = (colours * (light * (1 + 0.07 * plaster))[..., None]).astype(np.float32)
    inside = (height >= -0.1) & (height < column(lambda house: house.height_m))
    label = np.full(height.shape, TrainId.BUILDING, np.uint8)
    screen.paint(picture, world, where=inside, colours=colours, label=label)


def _draw_edges(picture: Picture, world: World, screen: _Screen, side: Side) -> None:
    ends = np.array([edge.end_m for edge in side.edges])
    index = np.clip(np.searchsorted(ends, screen.z_m), 0, len(ends) - 1)
    seen: list[EdgeStretch] = [side.edges[i] for i in index]
    kinds = np.array([edge.kind.value for edge in seen])
    top_m = np.array([edge.height_m for edge in seen], np.float32)
    plain = np.array([edge.colour for edge in seen], np.float32)

    height, z_m = screen.height_m, np.broadcast_to(screen.z_m[None], screen.height_m.shape)
    rough = world.grains.edge_blots.of(tiles().medium, 9 * z_m, 9 * height)
    leaves = world.grains.leaves.of(tiles().fine, 22 * z_m, 22 * height)
    hedge = kinds == Edging.HEDGE.value
    light = np.select(
        [kinds == Edging.WALL.value, kinds == Edging.FENCE.value],
        [_bricks(height, z_m, screen.depth_m), _palings(z_m)],
        1 + 0.28 * leaves,
    )
    colours = (plain * (light * (1 + 0.05 * rough))[..., None]).astype(np.float32)
    ragged_top_m = top_m + np.where(hedge, 0.5 * rough, 0)
    inside = (height >= -0.05) & (height < ragged_top_m) & (kinds != Edging.NOTHING.value)
    label = np.zeros(len(seen), np.uint8)
    for kind, train_id in _EDGE_LABELS.items():
        label[kinds == kind.value] = train_id
    screen.paint(picture, world, where=inside, colours=colours, label=np.broadcast_to(label, height.shape))


def _bricks(height_m: Plane, z_m: Plane, depth_m: Plane) -> Plane:
    """Return the light (H, n) on brickwork; joints are seen up to 25 m ahead."""
    length_m, course_m = _BRICK_M
    shifted = z_m + np.floor(height_m / course_m) * length_m / 2
    joint = (np.mod(height_m, course_m) < 0.05) | (np.mod(shifted, length_m) < 0.05)
    return np.where(joint & (depth_m < 25), 0.8, 1.0).astype(np.float32)


def _palings(z_m: Plane) -> Plane:
    return np.where(np.mod(z_m, _PALING_M) < 0.1, 1.05, 0.55).astype(np.float32)
