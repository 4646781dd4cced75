"""What lens, sensor and the camera's own processing make of the light of a scene."""

from typing import Final, TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.labels import VOID
from catseye_models.scenes.picture import Picture
from catseye_models.scenes.texture import sample, tiles
from catseye_models.scenes.world import Bonnet, World

_Plane = TypeVar("_Plane", NDArray[np.float32], NDArray[np.uint8], NDArray[np.uint16])

_GREY: Final = np.array((0.299, 0.587, 0.114), np.float32)
_DRIFT_PERIOD_S: Final = 5.0
_STREAK_FROM: Final = np.float32(2.2)


def cover_with_bonnet(picture: Picture, bonnet: Bonnet) -> None:
    """Draw the car's own bonnet over the picture; it is void."""
    height, width = picture.label.shape
    across = 2 * (picture.columns[:1] + 0.5) / width - 1
    top = height * (1 - bonnet.ends - (bonnet.middle - bonnet.ends) * (1 - across**2))
    covered = picture.rows >= top
    light = 0.7 + 0.6 * np.exp(-(((picture.rows - top) / (0.02 * height)) ** 2))
    picture.rgb[covered] = (bonnet.colour * light[..., None])[covered]
    picture.label[covered] = VOID
    picture.instance[covered] = 0
    picture.obstacle[covered] = 0


def bend(picture: Picture, distortion: float) -> Picture:
    """Return the picture through a lens that bends straight lines outwards (positive) or inwards."""
    height, width = picture.label.shape
    middle = np.float32((width - 1) / 2), np.float32((height - 1) / 2)
    x, y = picture.columns - middle[0], picture.rows - middle[1]
    corner = float(middle[0] ** 2 + middle[1] ** 2)
    scale = (1 + distortion * (x**2 + y**2) / corner) / (1 + max(distortion, 0))
    source = (x * scale + middle[0]).astype(np.float32), (y * scale + middle[1]).astype(np.float32)

    def through_lens(plane: _Plane, how: int) -> _Plane:
        return cast(_Plane, cv2.remap(plane, *source, how, borderMode=cv2.BORDER_REPLICATE))

    return Picture(
        rgb=through_lens(picture.rgb, cv2.INTER_LINEAR),
        label=through_lens(picture.label, cv2.INTER_NEAREST),
        instance=through_lens(picture.instance, cv2.INTER_NEAREST),
        obstacle=through_lens(picture.obstacle, cv2.INTER_NEAREST),
        rows=picture.rows,
        columns=picture.columns,
    )


def expose(picture: Picture, world: World, *, rng: np.random.Generator, time_s: float) -> NDArray[np.uint8]:
    """Return the frame (H, W, 3) RGB that the world's sensor makes of the picture."""
    sensor = world.sensor
    height, width = picture.label.shape
    drift = 1 + sensor.drift * np.sin(2 * np.pi * time_s / _DRIFT_PERIOD_S)
    share = np.clip(picture.rgb * (sensor.gain * np.float32(drift)), 0, 255) / np.float32(255)
    light: NDArray[np.float32] = np.float32(255) * np.power(share, np.float32(sensor.gamma))
    if world.weather.rain:
        _rain(light, picture, world.weather.rain, rng)
    grey = (light @ _GREY)[..., None]
    light = np.asarray(grey + (light - grey) * np.float32(sensor.saturation), np.float32)
    across = 2 * picture.columns / width - 1
    down = 2 * picture.rows / height - 1
    light *= (1 - sensor.vignette * (across**2 + down**2) / 2)[..., None]
    if sensor.blur_px > 0.25:
        light = np.asarray(cv2.GaussianBlur(light, (3, 3), sensor.blur_px), np.float32)
    light += 0.7 * sensor.noise * rng.standard_normal((height, width, 1), dtype=np.float32)
    light += 0.5 * sensor.noise * rng.standard_normal((height, width, 3), dtype=np.float32)
    if sensor.sharpening:
        light += np.float32(sensor.sharpening) * (light - cv2.GaussianBlur(light, (0, 0), 1.2))
    return np.asarray(np.clip(light, 0, 255), np.uint8)


def _rain(light: NDArray[np.float32], picture: Picture, strength: float, rng: np.random.Generator) -> None:
    """Draw streaks of falling drops, elsewhere in every frame."""
    across, down = rng.integers(0, 512, 2)
    noise = sample(tiles().fine[rng.integers(4)], 2 * picture.columns + across, 0.18 * picture.rows + down)
    light += (np.float32(14 * strength) * np.clip(noise - _STREAK_FROM, 0, 1))[..., None]
