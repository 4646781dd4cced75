"""What lens and sensor make of the light of a scene."""

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.picture import Picture
from catseye_models.scenes.world import World


def expose(picture: Picture, world: World, *, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return the frame (H, W, 3) RGB that the world's sensor makes of the picture."""
    sensor = world.sensor
    height, width = picture.label.shape
    light = np.clip(picture.rgb * sensor.gain, 0, 255) / 255
    light = np.float32(255) * np.power(light, np.float32(sensor.gamma))
    across = 2 * picture.columns / width - 1
    down = 2 * picture.rows / height - 1
    light *= (1 - sensor.vignette * (across**2 + down**2) / 2)[..., None]
    if sensor.blur_px > 0.25:
        light = cv2.GaussianBlur(light, (3, 3), sensor.blur_px)
    light += 0.7 * sensor.noise * rng.standard_normal((height, width, 1), dtype=np.float32)
    light += 0.5 * sensor.noise * rng.standard_normal((height, width, 3), dtype=np.float32)
    return np.asarray(np.clip(light, 0, 255), np.uint8)
