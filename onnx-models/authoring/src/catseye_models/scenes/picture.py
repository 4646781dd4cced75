"""The picture in the making: colours and labels of one frame, and the camera that looks."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.texture import Colour, Plane
from catseye_models.scenes.world import Camera, Weather

Mask: TypeAlias = NDArray[np.bool_]

RIM: Final = 255
"""Obstacle value of pixels in which obstacle and background mix; ignored in evaluation."""

_HEADLIGHT_REACH_M: Final = np.float32(22)

_REFERENCE_WIDTH_PX: Final = 512
"""Width at which noise that is fixed to the picture has one texel per pixel."""


@dataclass(frozen=True)
class Pose:
    """Where the camera is: along the road, across it, and when; ``nod`` moves the horizon, as a share of the height."""

    z_m: float
    x_m: float
    time_s: float
    nod: float = 0.0


@dataclass(frozen=True)
class View:
    """A camera at a pose, in pixels of a picture of ``width`` x ``height``."""

    width: int
    height: int
    focal_px: float
    centre_px: float
    horizon_px: float
    camera_height_m: float
    curvature_per_m: float
    pose: Pose

    @staticmethod
    def of(camera: Camera, *, curvature_per_m: float, pose: Pose, width: int, height: int) -> "View":
        """Return the view of ``camera`` on a road of the given curvature."""
        return View(
            width=width,
            height=height,
            focal_px=camera.focal_widths * width,
            centre_px=camera.centre * width,
            horizon_px=(camera.horizon + pose.nod) * height,
            camera_height_m=camera.height_m,
            curvature_per_m=curvature_per_m,
            pose=pose,
        )

    @property
    def texel_px(self) -> float:
        """Pixels per texel of noise that is fixed to the picture."""
        return self.width / _REFERENCE_WIDTH_PX

    def column_of(self, x_m: float, depth_m: float) -> float:
        """Return the column at which road position ``x_m`` appears ``depth_m`` ahead."""
        across_m = x_m - self.pose.x_m + self.curvature_per_m * depth_m**2
        return self.centre_px + self.focal_px * across_m / depth_m

    def ground_row(self, depth_m: float) -> float:
        """Return the row at which the ground appears ``depth_m`` ahead."""
        return self.horizon_px + self.focal_px * self.camera_height_m / depth_m

    def height_at(self, rows: Plane, depth_m: Plane) -> Plane:
        """Return the height above ground, in metres, seen in ``rows`` at ``depth_m``."""
        return self.camera_height_m - (rows - self.horizon_px) * depth_m / self.focal_px


@dataclass(frozen=True)
class Picture:
    """Colours and labels of one frame, drawn from far to near.

    rgb: (H, W, 3) float32.  label: (H, W) uint8 train ids, 255 = void.
    instance: (H, W) uint16, 0 = none.  obstacle: (H, W) uint8, 0 = none, else the Lost & Found
    label id, ``RIM`` where it mixes with the background.
    """

    rgb: NDArray[np.float32]
    label: NDArray[np.uint8]
    instance: NDArray[np.uint16]
    obstacle: NDArray[np.uint8]
    rows: Plane
    columns: Plane

    @staticmethod
    def empty(width: int, height: int) -> "Picture":
        """Return a picture of nothing but unlit sky."""
        rows, columns = np.mgrid[:height, :width].astype(np.float32)
        return Picture(
            rgb=np.zeros((height, width, 3), np.float32),
            label=np.full((height, width), TrainId.SKY, np.uint8),
            instance=np.zeros((height, width), np.uint16),
            obstacle=np.zeros((height, width), np.uint8),
            rows=rows,
            columns=columns,
        )


def lit(colours: NDArray[np.float32], depth_m: Plane, weather: Weather) -> NDArray[np.float32]:
    """Return ``colours`` (..., 3) as they look ``depth_m`` (...) ahead, in the light there and through the air."""
    clear = np.exp(-depth_m / np.float32(weather.haze_m))[..., None]
    hazy: NDArray[np.float32] = weather.haze + (colours * light_at(depth_m, weather) - weather.haze) * clear
    return hazy.astype(np.float32)


def light_at(depth_m: Plane, weather: Weather) -> NDArray[np.float32]:
    """Return the factors (..., 3) of colours ``depth_m`` (...) ahead."""
    light = weather.light
    reach = np.exp(-np.asarray(depth_m, np.float32) / _HEADLIGHT_REACH_M)[..., None]
    return np.asarray(light.ambient + light.headlights * reach, np.float32)


def shade(colour: Colour, factor: Plane) -> NDArray[np.float32]:
    """Return ``colour`` times ``factor`` (...), as (..., 3)."""
    return (colour * factor[..., None]).astype(np.float32)
