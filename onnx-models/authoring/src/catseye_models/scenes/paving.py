"""Builds the surface of a road from a random stream."""

from typing import Final

import numpy as np

from catseye_models.scenes.canvas import Point
from catseye_models.scenes.surface import Band, Crack, Leaves, Spot, Stretch, Surface, Symbol
from catseye_models.scenes.texture import Colour, grey, hsv, rgb
from catseye_models.scenes.world import SIGHT_M, Lanes

_FIRST_M: Final = -20.0

_PAINTS: Final = (rgb(168, 66, 52), rgb(178, 96, 70), rgb(62, 128, 78), rgb(58, 98, 150), rgb(196, 156, 60))
"""Coloured asphalt and paint: cycle lanes, bus lanes, school crossings."""

_SPRAYS: Final = (rgb(225, 90, 40), rgb(210, 60, 120), rgb(70, 120, 210), rgb(90, 190, 90), rgb(220, 200, 60))
"""Marks that surveyors and road workers spray on asphalt."""

_ARROW: Final = (
    ((-0.08, 0.0), (0.08, 0.0), (0.08, 2.6), (-0.08, 2.6)),
    ((-0.36, 2.6), (0.36, 2.6), (0.0, 4.2)),
)


_STAIN_SHARES: Final = (0.3, 0.14, 0.12, 0.12, 0.12, 0.2)
"""Of oil, sand, rust, moss, washed-out asphalt and spilled paint of any colour."""

_LARGEST_STAIN_M: Final = 1.1
_LARGEST_SPILL_M: Final = 0.35


class Paver:
    """Lays one road: every call draws from the stream in a fixed order."""

    def __init__(self, rng: np.random.Generator, *, lanes: Lanes, end_m: float, sky: Colour) -> None:
        self._rng = rng
        self._lanes = lanes
        self._end_m = end_m
        self._sky = sky

    def surface(self) -> Surface:
        """Return the surface from behind the start to ``end_m``."""
        rng = self._rng
        stretches = self._stretches()
        return Surface(
            stretches=stretches,
            bands=(*self._tracks(), *self._coloured_lanes(), *self._coloured_zones()),
            spots=(*self._repairs(), *self._stains(stretches), *self._covers(), *self._puddles()),
            cracks=self._cracks(),
            symbols=(*self._arrows(), *self._sprayed()),
            leaves=self._leaves(),
            wetness=float(rng.uniform(0.2, 0.9)) if rng.random() < 0.2 else 0.0,
            wear=float(rng.uniform(0.05, 0.7)),
        )

    def _number(self, per_sight: float) -> int:
        return int(self._rng.poisson(per_sight * self._end_m / SIGHT_M))

    def _x_m(self) -> float:
        half_m = self._lanes.half_m
        return float(self._rng.uniform(-half_m, half_m))

    def _z_m(self) -> float:
        return float(self._rng.uniform(2, self._end_m))

    def _stretches(self) -> tuple[Stretch, ...]:
        rng = self._rng
        usual_m = rng.choice([25, 60, 150])
        level, tint = rng.uniform(58, 140), rng.uniform(-7, 7, 3)
        stretches, z_m = [], _FIRST_M
        while z_m < self._end_m:
            z_m += rng.uniform(0.4, 1.6) * usual_m
            reddish = rng.random() < 0.12
            own_tint = np.array([24, 2, -10]) * rng.uniform(0.4, 1) if reddish else tint + rng.uniform(-6, 6, 3)
            colour = grey(level * rng.uniform(0.8, 1.22)) + own_tint.astype(np.float32)
            slab_m = float(rng.choice([0, 5.0])) if rng.random() < 0.2 else 0.0
            stretches.append(Stretch(z_m, colour, rng.uniform(3, 10), rng.uniform(2.4, 9), slab_m))
        return tuple(stretches)

    def _tracks(self) -> list[Band]:
        """Return the tyre tracks of every lane, darker or polished."""
        rng, bands = self._rng, []
        if rng.random() < 0.6:
            level = rng.uniform(30, 70) if rng.random() < 0.7 else rng.uniform(130, 170)
            strength = rng.uniform(0.05, 0.25)
            for lane in range(self._lanes.count):
                for side in (-0.75, 0.75):
                    x_m = self._lanes.x_m(lane) + side
                    bands.append(Band(x_m - 0.22, x_m + 0.22, _FIRST_M, self._end_m, grey(level), strength))
        return bands

    def _coloured_lanes(self) -> list[Band]:
        rng, half_m = self._rng, self._lanes.half_m
        bands = []
        for side in (-1, 1):
            if rng.random() < 0.3:
                paint = _PAINTS[rng.integers(len(_PAINTS))] * np.float32(rng.uniform(0.7, 1.1))
                start_m = rng.uniform(_FIRST_M, 0.5 * self._end_m)
                length_m = rng.uniform(25, 120)
                inner_m = half_m - rng.uniform(0.7, 1.6)
                left_m, right_m = (-half_m, -inner_m) if side < 0 else (inner_m, half_m)
                bands.append(Band(left_m, right_m, start_m, start_m + length_m, paint, rng.uniform(0.35, 0.9)))
        return bands

    def _coloured_zones(self) -> list[Band]:
        """Return coloured bars across the whole road: crossings, humps, entries of zones."""
        rng, half_m = self._rng, self._lanes.half_m
        bands = []
        for _ in range(self._number(0.9)):
            paint = _PAINTS[rng.integers(len(_PAINTS))] * np.float32(rng.uniform(0.7, 1.1))
            start_m = self._z_m()
            bands.append(Band(-half_m, half_m, start_m, start_m + rng.uniform(1.5, 8), paint, rng.uniform(0.25, 0.8)))
        return bands

    def _repairs(self) -> list[Spot]:
        rng = self._rng
        return [
            Spot(
                x_m=self._x_m(),
                z_m=self._z_m(),
                half_m=rng.uniform(0.15, 1.3),
                half_length_m=rng.uniform(0.3, 5),
                colour=grey(rng.uniform(45, 165)) + rng.uniform(-8, 8, 3).astype(np.float32),
                strength=rng.uniform(0.3, 0.85),
                ragged=float(rng.choice([0.0, 0.05])),
                square=True,
            )
            for _ in range(self._number(8))
        ]

    def _stains(self, stretches: tuple[Stretch, ...]) -> list[Spot]:
        """Return oil, sand, rust, moss, washed-out asphalt and spilled paint, ragged and of every size."""
        rng = self._rng
        stains = []
        for _ in range(self._number(rng.choice([10, 25, 45]))):
            own = stretches[rng.integers(len(stretches))].colour
            kinds = (
                own * np.float32(rng.uniform(0.3, 0.7)) + rgb(0, 2, 8),
                rgb(172, 148, 108) * np.float32(rng.uniform(0.7, 1.1)),
                rgb(150, 88, 52) * np.float32(rng.uniform(0.7, 1.1)),
                rgb(84, 104, 58) * np.float32(rng.uniform(0.7, 1.2)),
                own * np.float32(rng.uniform(1.2, 1.7)),
                hsv(float(rng.integers(180)), rng.uniform(40, 190), rng.uniform(60, 200)),
            )
            kind = rng.choice(len(kinds), p=_STAIN_SHARES)
            largest_m = _LARGEST_SPILL_M if kind == len(kinds) - 1 else _LARGEST_STAIN_M
            half_m = float(np.exp(rng.uniform(np.log(0.06), np.log(largest_m))))
            stains.append(
                Spot(
                    x_m=self._x_m(),
                    z_m=self._z_m(),
                    half_m=half_m,
                    half_length_m=half_m * rng.uniform(0.7, 3.5),
                    colour=kinds[kind],
                    strength=rng.uniform(0.2, 0.85),
                    ragged=rng.uniform(0.2, 0.7),
                )
            )
        return stains

    def _covers(self) -> list[Spot]:
        """Return manhole covers, drains and valve caps."""
        rng = self._rng
        covers = []
        for _ in range(self._number(5)):
            half_m = rng.choice([0.1, 0.24, 0.33])
            colour = rgb(62, 56, 52) * np.float32(rng.uniform(0.6, 1.5)) + rng.uniform(-6, 10, 3).astype(np.float32)
            x_m, z_m, square = self._x_m(), self._z_m(), bool(rng.random() < 0.3)
            collar = grey(rng.uniform(60, 150))
            covers.append(Spot(x_m, z_m, 1.35 * half_m, 1.35 * half_m, collar, 0.6, square=bool(rng.random() < 0.5)))
            covers.append(Spot(x_m, z_m, half_m, half_m, colour, 0.85, square=square))
        return covers

    def _puddles(self) -> list[Spot]:
        rng = self._rng
        if rng.random() < 0.6:
            return []
        return [
            Spot(
                x_m=self._x_m(),
                z_m=self._z_m(),
                half_m=rng.uniform(0.2, 1.4),
                half_length_m=rng.uniform(0.4, 4),
                colour=self._sky * np.float32(rng.uniform(0.55, 0.95)),
                strength=rng.uniform(0.3, 0.75),
                ragged=rng.uniform(0.3, 0.7),
            )
            for _ in range(self._number(7))
        ]

    def _cracks(self) -> tuple[Crack, ...]:
        rng = self._rng
        return tuple(
            Crack(
                x_m=self._x_m(),
                amplitude_m=rng.uniform(0.1, 0.6),
                wavelength_m=rng.uniform(2, 12),
                phase=rng.uniform(0, 6),
                half_m=rng.choice([0.02, 0.05]),
            )
            for _ in range(rng.integers(0, 5))
        )

    def _arrows(self) -> list[Symbol]:
        rng = self._rng
        symbols = []
        for _ in range(self._number(1.5)):
            x_m, z_m = self._lanes.x_m(int(rng.integers(self._lanes.count))), self._z_m()
            symbols.append(Symbol(_moved(_ARROW, x_m, z_m), grey(rng.uniform(150, 235)), rng.uniform(0.4, 0.9)))
        return symbols

    def _sprayed(self) -> list[Symbol]:
        """Return surveyors' lines and crosses."""
        rng = self._rng
        symbols = []
        for _ in range(self._number(rng.choice([0, 6, 16]))):
            paint = _SPRAYS[rng.integers(len(_SPRAYS))]
            strokes = tuple(self._stroke() for _ in range(rng.integers(1, 4)))
            symbols.append(Symbol(_moved(strokes, self._x_m(), self._z_m()), paint, rng.uniform(0.3, 0.85)))
        return symbols

    def _stroke(self) -> tuple[Point, ...]:
        rng = self._rng
        angle, half_m, width_m = rng.uniform(0, np.pi), rng.uniform(0.15, 0.8), rng.uniform(0.04, 0.1)
        across, along = half_m * np.cos(angle), 2 * half_m * np.sin(angle)
        side_x, side_z = -width_m * np.sin(angle), 2 * width_m * np.cos(angle)
        return (
            (-across - side_x, -along - side_z),
            (across - side_x, along - side_z),
            (across + side_x, along + side_z),
            (-across + side_x, -along + side_z),
        )

    def _leaves(self) -> Leaves | None:
        rng = self._rng
        if rng.random() < 0.55:
            return None
        autumn = rng.random() < 0.7
        hue = rng.uniform(8, 24) if autumn else rng.uniform(25, 45)
        first = hsv(hue, rng.uniform(90, 190), rng.uniform(80, 190))
        second = hsv(hue + rng.uniform(-6, 8), rng.uniform(90, 190), rng.uniform(60, 160))
        return Leaves(at_edge=rng.uniform(0.03, 0.4), in_middle=rng.uniform(0, 0.05), colours=(first, second))


def _moved(polygons: tuple[tuple[Point, ...], ...], x_m: float, z_m: float) -> tuple[tuple[Point, ...], ...]:
    return tuple(tuple((x_m + x, z_m + z) for x, z in polygon) for polygon in polygons)
