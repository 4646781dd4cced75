"""A small picture with transparency on which one thing of the world is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.texture import TILE_PX, Colour, tiles

Point: TypeAlias = tuple[float, float]

_Scalar = TypeVar("_Scalar", bound=np.generic)

_SUBPIXEL_BITS = 4


@dataclass(frozen=True)
class Part:
    """A part of a sprite with a class of its own: the rider on a bicycle, the sign on its pole.

    alpha: (h, w) uint8, 255 = opaque; as large as the sprite.
    """

    alpha: NDArray[np.uint8]
    label: TrainId


@dataclass(frozen=True)
class Sprite:
    """One thing of the world as a flat picture that stands upright on the ground.

    rgb: (h, w, 3) float32, 0 to 255.  alpha: (h, w) uint8, 255 = opaque.
    height_m: height of the picture in metres; its width follows from the pixels.
    """

    rgb: NDArray[np.float32]
    alpha: NDArray[np.uint8]
    height_m: float
    part: Part | None = None

    @property
    def width_m(self) -> float:
        """Width of the picture in metres."""
        rows, columns = self.alpha.shape
        return self.height_m * float(columns) / float(rows)

    def mirrored(self) -> "Sprite":
        """Return the sprite with left and right exchanged."""
        part = None if self.part is None else Part(_mirrored(self.part.alpha), self.part.label)
        return Sprite(_mirrored(self.rgb), _mirrored(self.alpha), self.height_m, part)


class Canvas:
    """Colour and opacity of ``width`` x ``height`` pixels, drawn on from back to front."""

    def __init__(self, width: int, height: int) -> None:
        self.rgb = np.zeros((height, width, 3), np.float32)
        self.alpha = np.zeros((height, width), np.uint8)

    def layer(self) -> Self:
        """Return a canvas that paints on the same colours but keeps an opacity of its own."""
        layer = type(self)(1, 1)
        layer.rgb = self.rgb
        layer.alpha = np.zeros_like(self.alpha)
        return layer

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill a polygon; points are (x, y) in pixels."""
        scaled = (np.array(points, np.float32) * (1 << _SUBPIXEL_BITS)).astype(np.int32)
        for plane, value in ((self.rgb, _scalar(colour)), (self.alpha, (255.0,))):
            cv2.fillPoly(plane, [scaled], value, lineType=cv2.LINE_AA, shift=_SUBPIXEL_BITS)

    def rectangle(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """Fill the rectangle between two corners, in pixels."""
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def ellipse(self, centre: Point, radii: Point, colour: Colour) -> None:
        """Fill an upright ellipse; centre and radii in pixels."""
        self.arc(centre, radii, colour, start=0.0, end=360.0, thickness=-1)

    def arc(self, centre: Point, radii: Point, colour: Colour, *, start: float, end: float, thickness: int) -> None:
        """Draw an arc from ``start`` to ``end`` degrees; a thickness of -1 fills its sector."""
        middle = (int(centre[0]), int(centre[1]))
        axes = (max(1, int(radii[0])), max(1, int(radii[1])))
        for plane, value in ((self.rgb, _scalar(colour)), (self.alpha, (255.0,))):
            cv2.ellipse(plane, middle, axes, 0, start, end, value, thickness, cv2.LINE_AA)

    def line(self, start: Point, end: Point, colour: Colour, thickness: int) -> None:
        """Draw a line; points and thickness in pixels."""
        first, last = (int(start[0]), int(start[1])), (int(end[0]), int(end[1]))
        for plane, value in ((self.rgb, _scalar(colour)), (self.alpha, (255.0,))):
            cv2.line(plane, first, last, value, thickness, cv2.LINE_AA)

    def text(self, text: str, origin: Point, colour: Colour, *, scale: float, thickness: int) -> None:
        """Write on what is opaque already; ``origin`` is the lower left corner in pixels."""
        corner = (int(origin[0]), int(origin[1]))
        font = cv2.FONT_HERSHEY_SIMPLEX
        ink = np.zeros_like(self.alpha)  # OpenCV 5 writes on 8-bit planes only
        cv2.putText(ink, text, corner, font, scale, (255.0,), thickness, cv2.LINE_AA)
        share = ink.astype(np.float32)[..., None] / 255
        self.rgb += (colour - self.rgb) * share

    def weather(self, rng: np.random.Generator, *, amplitude: float) -> None:
        """Add noise of ``amplitude`` grey levels and a slow change of light over the surface."""
        rows, columns = self.alpha.shape
        tile = tiles().medium[rng.integers(4)]
        top, left = rng.integers(0, TILE_PX, 2)
        row = (np.arange(rows) + top)[:, None] % TILE_PX
        column = (np.arange(columns) + left)[None] % TILE_PX
        self.rgb += amplitude * tile[row, column][..., None]
        down = np.linspace(rng.uniform(1.0, 1.15), rng.uniform(0.7, 0.95), rows, dtype=np.float32)
        across = np.linspace(rng.uniform(0.85, 1.1), rng.uniform(0.85, 1.1), columns, dtype=np.float32)
        self.rgb *= down[:, None, None] * across[None, :, None]

    def sprite(self, height_m: float) -> Sprite:
        """Return what was drawn, ``height_m`` metres high."""
        return Sprite(self.rgb, self.alpha, height_m)

    def sprite_with_part(self, height_m: float, *, part: "Canvas", label: TrainId) -> Sprite:
        """Return what was drawn; what the layer ``part`` covers has a class of its own."""
        return Sprite(self.rgb, np.maximum(self.alpha, part.alpha), height_m, Part(part.alpha, label))


def _mirrored(plane: NDArray[_Scalar]) -> NDArray[_Scalar]:
    return np.ascontiguousarray(plane[:, ::-1])


def _scalar(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = (float(component) for component in colour)
    return red, green, blue
