"""Puts the things of a world into the picture, from far to near."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.labels import VOID, TrainId
from catseye_models.scenes.picture import RIM, Picture, View, light_at
from catseye_models.scenes.shadows import in_shade
from catseye_models.scenes.world import Sun, Thing, World

_NEAREST_M: Final = 2.6
_FARTHEST_M: Final = 110.0
_SMALLEST_PX: Final = 2.0
_OPAQUE: Final = 0.5
_RIM_FROM: Final = 0.08
"""Opacity from which a pixel at an obstacle's edge is no longer pure background."""

_GROUND: Final = (TrainId.ROAD, TrainId.SIDEWALK, TrainId.TERRAIN)

_CASTS_SHADOW: Final = frozenset(
    {
        VOID,
        TrainId.CAR,
        TrainId.TRUCK,
        TrainId.BUS,
        TrainId.TRAIN,
        TrainId.MOTORCYCLE,
        TrainId.BICYCLE,
        TrainId.PERSON,
    }
)


@dataclass(frozen=True)
class _Place:
    """Where a sprite goes: its box in pixels, which may lie partly outside of the picture."""

    left: int
    top: int
    width: int
    height: int

    def inside(self, view: View) -> tuple[slice, slice] | None:
        """Return the rows and columns of the picture that it covers, or None if none."""
        rows = slice(max(0, self.top), min(view.height, self.top + self.height))
        columns = slice(max(0, self.left), min(view.width, self.left + self.width))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return None
        return rows, columns

    def own(self, rows: slice, columns: slice) -> tuple[slice, slice]:
        """Return those rows and columns counted from the corner of the sprite."""
        return (
            slice(rows.start - self.top, rows.stop - self.top),
            slice(columns.start - self.left, columns.stop - self.left),
        )


def draw_things(picture: Picture, world: World, view: View) -> None:
    """Draw every thing that is in sight."""
    depths = [(thing.z_at(view.pose.time_s) - view.pose.z_m, thing) for thing in world.things]
    in_sight = [pair for pair in depths if _NEAREST_M < pair[0] < _FARTHEST_M]
    for depth_m, thing in sorted(in_sight, key=lambda pair: -pair[0]):
        place = _place(thing, depth_m, view)
        if place is not None:
            light = _light_on(picture, world, thing, place, view, depth_m=depth_m)
            _draw_sprite(picture, world, thing, place, view, depth_m=depth_m, light=light)


def _light_on(
    picture: Picture, world: World, thing: Thing, place: _Place, view: View, *, depth_m: float
) -> NDArray[np.float32]:
    """Return the light (1, 1, 3) on a thing, after drawing its shadows."""
    if thing.label in _CASTS_SHADOW:
        _draw_contact_shadow(picture, place, view)
    light = light_at(np.full((1, 1), depth_m, np.float32), world.weather)
    sun = world.weather.sun
    if sun is None:
        return light
    if in_shade(np.array([thing.x_m]), np.array([depth_m + view.pose.z_m]), world, sun).any():
        return np.asarray(light * sun.shade, np.float32)
    _draw_cast_shadow(picture, thing, sun, view, depth_m=depth_m)
    return light


def _place(thing: Thing, depth_m: float, view: View) -> _Place | None:
    sprite = thing.sprite
    height_px = sprite.height_m * view.focal_px / depth_m
    width_px = sprite.width_m * view.focal_px / depth_m
    if height_px < _SMALLEST_PX or width_px < 1 or width_px > 2 * view.width:
        return None
    width, height = max(1, round(width_px)), max(2, round(height_px))
    left = round(view.column_of(thing.x_m, depth_m) - width_px / 2)
    return _Place(left=left, top=round(view.ground_row(depth_m)) - height, width=width, height=height)


def _draw_contact_shadow(picture: Picture, place: _Place, view: View) -> None:
    """Darken the ground where the thing touches it."""
    bottom = place.top + place.height
    radius_x = max(1, int(0.52 * place.width))
    radius_y = max(1, min(int(0.09 * place.width) + 1, int(14 * view.texel_px)))
    pad = 4
    area = _Place(
        left=place.left - pad,
        top=bottom - radius_y - 2,
        width=place.width + 2 * pad,
        height=2 * radius_y + 4,
    ).inside(view)
    if area is None:
        return
    rows, columns = area
    dark = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.float32)
    centre = (place.left + place.width // 2 - columns.start, bottom - rows.start)
    cv2.ellipse(dark, centre, (radius_x, radius_y), 0, 0, 360, (0.5,), -1)
    picture.rgb[rows, columns] *= (1 - cv2.blur(dark, (3, 3)))[..., None]


def _draw_cast_shadow(picture: Picture, thing: Thing, sun: Sun, view: View, *, depth_m: float) -> None:
    """Darken the ground where the thing keeps the sun away: its outline, sheared and laid down."""
    sprite = thing.sprite
    along_m = np.clip(sun.along * sprite.height_m, _NEAREST_M - depth_m, None)
    head_m, half_m = depth_m + float(along_m), sprite.width_m / 2
    head_x_m = thing.x_m + sun.across * sprite.height_m
    feet_row, head_row = view.ground_row(depth_m), view.ground_row(head_m)
    corners = np.array(
        [
            (view.column_of(thing.x_m - half_m, depth_m), feet_row),
            (view.column_of(thing.x_m + half_m, depth_m), feet_row),
            (view.column_of(head_x_m - half_m, head_m), head_row),
        ],
        np.float32,
    )
    low = np.minimum(corners.min(0), corners[2] + corners[1] - corners[0])
    high = np.maximum(corners.max(0), corners[2] + corners[1] - corners[0])
    left, top = (int(max(0, edge)) for edge in np.floor(low))
    right, bottom = (
        int(min(end, edge + 1)) for end, edge in zip((view.width, view.height), np.ceil(high), strict=True)
    )
    if left >= right or top >= bottom:
        return
    rows, columns = sprite.alpha.shape
    own = np.array([(0, rows), (columns, rows), (0, 0)], np.float32)
    matrix = cv2.getAffineTransform(own, corners - np.array((left, top), np.float32))
    outline = cv2.warpAffine(sprite.alpha, matrix, (right - left, bottom - top), flags=cv2.INTER_LINEAR)
    area = (slice(top, bottom), slice(left, right))
    flat = picture.label[area]
    dark = np.where(np.isin(flat, _GROUND), outline, 0).astype(np.float32)[..., None] / 255
    picture.rgb[area] *= 1 - dark * (1 - sun.shade)


def _draw_sprite(
    picture: Picture,
    world: World,
    thing: Thing,
    place: _Place,
    view: View,
    *,
    depth_m: float,
    light: NDArray[np.float32],
) -> None:
    area = place.inside(view)
    if area is None:
        return
    own = place.own(*area)
    sprite = thing.sprite
    opacity = np.divide(sprite.alpha, 255, dtype=np.float32)
    alpha = _resize(opacity, place)[own]
    colours = _resize(sprite.rgb * opacity[..., None], place)[own]
    clear = np.float32(np.exp(-depth_m / world.weather.haze_m))
    hazy = colours * light * clear + world.weather.haze * ((1 - clear) * alpha)[..., None]
    picture.rgb[area] = picture.rgb[area] * (1 - alpha)[..., None] + hazy

    solid = alpha > _OPAQUE
    picture.label[area][solid] = thing.label
    if sprite.part is not None:
        part = _resize(np.divide(sprite.part.alpha, 255, dtype=np.float32), place)[own] > _OPAQUE
        picture.label[area][solid & part] = sprite.part.label
    picture.instance[area][solid] = thing.instance
    picture.obstacle[area][solid] = thing.obstacle
    if thing.obstacle:
        picture.obstacle[area][(alpha > _RIM_FROM) & ~solid] = RIM


def _resize(plane: NDArray[np.float32], place: _Place) -> NDArray[np.float32]:
    shrinks = place.height < plane.shape[0]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    resized = cv2.resize(plane, (place.width, place.height), interpolation=how)
    return np.asarray(resized, np.float32)
