"""Fractal noise tiles from which every surface gets its texture, and colour helpers."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Colour: TypeAlias = NDArray[np.float32]
"""RGB, shape (3,), 0 to 255; values a little outside are clipped when a frame is exposed."""

Plane: TypeAlias = NDArray[np.float32]
"""One float per pixel, shape (H, W)."""

TILE_PX: Final = 512
"""Side of a tile in texels; a power of two, so that wrapping around is a bit mask."""

_TILE_SEED: Final = 7


@dataclass(frozen=True)
class Tiles:
    """Periodic noise, mean about 0 and deviation about 1, four tiles (512, 512) of each grain."""

    coarse: tuple[Plane, ...]
    medium: tuple[Plane, ...]
    fine: tuple[Plane, ...]


@lru_cache(maxsize=1)
def tiles() -> Tiles:
    """Return the tiles; the same in every process."""
    rng = np.random.default_rng(_TILE_SEED)
    medium = tuple(_fractal(rng, octaves=7, first=4, persistence=0.6) for _ in range(4))
    fine = tuple(_fractal(rng, octaves=3, first=64, persistence=0.9) for _ in range(4))
    coarse = tuple(_fractal(rng, octaves=4, first=4, persistence=0.5) for _ in range(4))
    return Tiles(coarse=coarse, medium=medium, fine=fine)


@dataclass(frozen=True)
class Grain:
    """Which noise a surface of one world has: number of the tile, 0 to 3, and the place in it, in texels."""

    tile: int
    u: int
    v: int

    def of(self, stack: tuple[Plane, ...], u: NDArray[np.floating], v: NDArray[np.floating]) -> Plane:
        """Return the noise at each (u, v), in texels from the place, out of the tiles of one coarseness."""
        return sample(stack[self.tile], u + self.u, v + self.v)


def sample(tile: Plane, u: NDArray[np.floating], v: NDArray[np.floating]) -> Plane:
    """Return the texel of each (u, v), in texels, wrapped around; the shape is that of ``u``."""
    column = np.floor(u).astype(np.int64) & (TILE_PX - 1)
    row = np.floor(v).astype(np.int64) & (TILE_PX - 1)
    return np.asarray(tile[row, column], np.float32)


def hsv(hue: float, saturation: float, value: float) -> Colour:
    """Return the RGB of a colour with hue in degrees / 2 (0 to 179), the others 0 to 255."""
    pixel = np.array([[[int(hue) % 180, int(saturation), int(value)]]], np.uint8)
    return cast(Colour, cv2.cvtColor(pixel, cv2.COLOR_HSV2RGB)[0, 0].astype(np.float32))


def grey(value: float) -> Colour:
    """Return a grey of ``value``, 0 to 255."""
    return np.full(3, value, np.float32)


def rgb(red: float, green: float, blue: float) -> Colour:
    """Return a colour of components 0 to 255."""
    return np.array([red, green, blue], np.float32)


def _fractal(rng: np.random.Generator, *, octaves: int, first: int, persistence: float) -> Plane:
    """Sum ``octaves`` of periodic noise; the first has ``first`` cells along a side, a power of 2."""
    total = np.zeros((TILE_PX, TILE_PX), np.float32)
    amplitude, energy = 1.0, 0.0
    for octave in range(octaves):
        cells = first * 2**octave
        if cells > TILE_PX:
            break
        lattice = np.pad(rng.standard_normal((cells, cells)).astype(np.float32), 2, mode="wrap")
        step = TILE_PX // cells
        smooth = cv2.resize(lattice, None, fx=step, fy=step, interpolation=cv2.INTER_CUBIC)
        inner = slice(2 * step, 2 * step + TILE_PX)
        total += amplitude * smooth[inner, inner]
        energy += amplitude**2
        amplitude *= persistence
    return np.asarray(total / np.sqrt(energy), np.float32)
