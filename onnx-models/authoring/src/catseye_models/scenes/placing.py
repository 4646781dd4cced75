"""Puts the things of a world into the picture, from far to near."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.labels import VOID, TrainId
from catseye_models.scenes.picture import RIM, Picture, View
from catseye_models.scenes.world import Thing, World

_NEAREST_M: Final = 2.6
_FARTHEST_M: Final = 110.0
_SMALLEST_PX: Final = 2.0
_OPAQUE: Final = 0.5
_RIM_FROM: Final = 0.08
"""Opacity from which a pixel at an obstacle's edge is no longer pure background."""

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
            if thing.label in _CASTS_SHADOW:
                _draw_contact_shadow(picture, place, view)
            _draw_sprite(picture, world, thing, place, view, depth_m=depth_m)


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


def _draw_sprite(picture: Picture, world: World, thing: Thing, place: _Place, view: View, *, depth_m: float) -> None:
    area = place.inside(view)
    if area is None:
        return
    own = place.own(*area)
    sprite = thing.sprite
    opacity = np.divide(sprite.alpha, 255, dtype=np.float32)
    alpha = _resize(opacity, place)[own]
    colours = _resize(sprite.rgb * opacity[..., None], place)[own]
    clear = np.float32(np.exp(-depth_m / world.weather.haze_m))
    hazy = colours * clear + world.weather.haze * ((1 - clear) * alpha)[..., None]
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
