"""The surfaces of a scene, from which its obstacles are painted."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from catseye_models.scenes.texture import Colour, grey
from catseye_models.scenes.vehicles import car_paint
from catseye_models.scenes.world import Road, Side

_CARS: Final = 12
_SHARES: Final = (0.4, 0.2, 0.4)
_LIGHT: Final = (0.85, 1.4)


@dataclass(frozen=True)
class Paint:
    """A colour and the grey levels of its noise."""

    colour: Colour
    grain: float


@dataclass(frozen=True)
class Palette:
    """The paints of a scene in three groups, and how often an obstacle takes its paint from each."""

    groups: tuple[tuple[Paint, ...], ...]
    shares: tuple[float, ...]

    @staticmethod
    def of(rng: np.random.Generator, *, road: Road, sides: tuple[Side, Side]) -> "Palette":
        """Return the paints of the road and what lies on it, of pavement and grass, and of town and cars."""
        surface = road.surface
        on_road = [Paint(stretch.colour, stretch.fine) for stretch in surface.stretches]
        on_road += [Paint(spot.colour, 6) for spot in surface.spots]
        on_road += [Paint(road.markings.paint, 4), Paint(grey(rng.uniform(20, 60)), 4)]
        beside = [Paint(road.pavement_colour, 6), Paint(road.grass_colour, 12), Paint(road.pavement_colour * 0.7, 6)]
        town = [Paint(car_paint(rng), 6) for _ in range(_CARS)]
        for side in sides:
            for house in side.houses:
                town += [Paint(colour, 7) for colour in (house.colour, house.shop_colour, house.window_colour)]
            town += [Paint(edge.colour, 9) for edge in side.edges]
        return Palette((tuple(on_road), tuple(beside), tuple(town)), _SHARES)

    def paint(self, rng: np.random.Generator) -> Paint:
        """Return one paint, a little lighter or darker than where it comes from."""
        group = self.groups[rng.choice(len(self.groups), p=self.shares)]
        paint = group[rng.integers(len(group))]
        colour = np.clip(paint.colour * np.float32(rng.uniform(*_LIGHT)), 0, 255)
        return Paint(np.asarray(colour, np.float32), paint.grain * rng.uniform(0.6, 1.8))
