"""Where houses and leaves keep the sun away."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.asphalt import Ground
from catseye_models.scenes.picture import Mask
from catseye_models.scenes.texture import tiles
from catseye_models.scenes.world import HOUSE_FROM_ROAD_M, LEFT, RIGHT, Sun, World

_LOWEST: Final = 0.05
"""Least metres across per metre of height for which houses cast a shadow; along the road they cast none."""


def shade_ground(colours: NDArray[np.float32], ground: Ground, world: World) -> None:
    """Darken the ground (rows, W, 3) in place where houses and leaves keep the sun away."""
    if world.weather.sun is not None:
        colours[in_shade(ground.x_m, ground.z_m, world, world.weather.sun)] *= world.weather.sun.shade


def in_shade(x_m: NDArray[np.floating], z_m: NDArray[np.floating], world: World, sun: Sun) -> Mask:
    """Return whether houses or leaves keep the sun from the ground at each place."""
    dark = np.zeros(x_m.shape, bool)
    if abs(sun.across) > _LOWEST:
        index = 0 if sun.across > 0 else 1
        side = (LEFT, RIGHT)[index]
        front_m = side * (world.road.lanes.half_m + world.road.pavement_m[index] + HOUSE_FROM_ROAD_M)
        height_m = (x_m - front_m) / sun.across
        houses = world.sides[index].houses
        ends = np.array([house.end_m for house in houses])
        tops = np.array([house.height_m for house in houses])
        casting = np.clip(np.searchsorted(ends, z_m - sun.along * height_m), 0, len(ends) - 1)
        dark = (height_m > 0) & (height_m < tops[casting])
    if world.weather.foliage is not None:
        dark |= world.grains.shadows.of(tiles().coarse, 6 * x_m, 5 * z_m) > world.weather.foliage
    return dark
