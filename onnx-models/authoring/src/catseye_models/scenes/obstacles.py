"""Obstacles of evaluation drives: lost cargo, animals, toys and debris that no training picture shows.

The models stand in ``obstacles.json``, one list for validation and one for test without a model in common: thresholds
and plans are chosen on the one, results are reported on the other. A model is a list of parts drawn from back to front:

* one shape, in pixels of a picture of ``size``: ``rectangle`` [left, top, right, bottom], ``polygon`` [[x, y] ...],
  ``ellipse`` and ``blob`` [centre x, y, radius x, y], ``arc`` the same and its two angles in degrees, ``line``
  [x, y, x, y];
* ``paint`` a, b or c, each a surface of the scene chosen anew for each obstacle, and ``light``, a factor of its colour;
* optional: ``width`` of lines and arcs in pixels, ``rough`` of a blob's outline, ``jitter`` of a polygon's corners in
  pixels, ``chance`` that the part is there at all, ``repeat`` [times, step x, step y].

Label ids are those of Lost & Found, the nearest object where the list has no such thing; only hazards (train id 2) are
used, so that the hazard view and the obstacle view agree.

Source: label ids as in robin-chan/meta-ood, src/dataset/lost_and_found.py.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, TypeAlias

import cv2
import numpy as np

from catseye_models.scenes.canvas import Canvas, Point, Sprite
from catseye_models.scenes.palette import Paint, Palette

Shape: TypeAlias = Callable[[Canvas, np.random.Generator, "Part", Point, Paint], None]

_BLOB_CORNERS: Final = 28
_STRETCH: Final = (0.8, 1.25)


@dataclass(frozen=True)
class Part:
    """One part of a model; ``numbers`` are the coordinates of its shape as they stand in the catalogue."""

    shape: str
    numbers: tuple[float, ...]
    paint: str
    light: float
    width: float = 1.0
    rough: float = 0.0
    jitter: float = 0.0
    chance: float = 1.0
    repeat: tuple[int, float, float] = (1, 0.0, 0.0)


@dataclass(frozen=True)
class ObstacleKind:
    """A kind of obstacle: name, Lost & Found label id (2 to 43), least and greatest height in metres, its model."""

    name: str
    label_id: int
    size: tuple[int, int]
    height_m: tuple[float, float]
    tilt_degrees: float
    parts: tuple[Part, ...]

    def draw(self, rng: np.random.Generator, *, palette: Palette) -> Sprite:
        """Draw one: painted, weathered, tilted, stretched and mirrored at random; heights are log-uniform."""
        canvas = Canvas(*self.size)
        paints = {name: palette.paint(rng) for name in "abc"}
        for part in self.parts:
            if rng.random() < part.chance:
                times, step_x, step_y = part.repeat
                for i in range(times):
                    _SHAPES[part.shape](canvas, rng, part, (i * step_x, i * step_y), paints[part.paint])
        canvas.weather(rng, amplitude=paints["a"].grain)
        height_m = float(np.exp(rng.uniform(*np.log(self.height_m))))
        sprite = _tilted(rng, canvas, degrees=self.tilt_degrees).sprite(height_m)
        return sprite.mirrored() if rng.random() < 0.5 else sprite


@lru_cache(maxsize=1)
def catalogue() -> dict[str, tuple[ObstacleKind, ...]]:
    """Return the kinds of each split, ``val`` and ``test``, in the order of the catalogue."""
    kinds: dict[str, list[ObstacleKind]] = {"val": [], "test": []}
    for entry in json.loads(catalogue_bytes()):
        split, parts = entry.pop("split"), tuple(_part(dict(part)) for part in entry.pop("parts"))
        size, height_m = tuple(entry.pop("size")), tuple(entry.pop("height_m"))
        kinds[split].append(ObstacleKind(**entry, size=size, height_m=height_m, parts=parts))
    return {split: tuple(of_split) for split, of_split in kinds.items()}


def catalogue_bytes() -> bytes:
    """Return the catalogue as it was committed."""
    return files("catseye_models.scenes").joinpath("obstacles.json").read_bytes()


def _part(entry: dict[str, object]) -> Part:
    (shape,) = entry.keys() & _SHAPES.keys()
    numbers = tuple(float(number) for number in np.ravel(np.array(entry.pop(shape))))
    if "repeat" in entry:
        entry["repeat"] = tuple(np.array(entry["repeat"]).tolist())
    return Part(shape=shape, numbers=numbers, **entry)  # type: ignore[arg-type]


def _tilted(rng: np.random.Generator, canvas: Canvas, *, degrees: float) -> Canvas:
    """Return what was drawn, turned and stretched a little, on a canvas without empty rows and columns."""
    rows, columns = canvas.alpha.shape
    side = int(np.ceil(1.3 * np.hypot(rows, columns)))
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), rng.uniform(-degrees, degrees), 1.0)
    matrix[0] *= rng.uniform(*_STRETCH)
    matrix[:, 2] = side / 2 - matrix[:, :2] @ (columns / 2, rows / 2)
    share = canvas.alpha.astype(np.float32) / 255
    turned = Canvas(side, side)
    alpha = cv2.warpAffine(share, matrix, (side, side))
    rgb = cv2.warpAffine(canvas.rgb * share[..., None], matrix, (side, side))
    seen_rows, seen_columns = np.nonzero(alpha > 0.5)
    inside = (slice(seen_rows.min(), seen_rows.max() + 1), slice(seen_columns.min(), seen_columns.max() + 1))
    turned.rgb = np.ascontiguousarray((rgb / np.maximum(alpha, 1e-3)[..., None])[inside])
    turned.alpha = np.ascontiguousarray((255 * alpha[inside]).astype(np.uint8))
    return turned


def _rectangle(canvas: Canvas, _: np.random.Generator, part: Part, step: Point, paint: Paint) -> None:
    left, top, right, bottom = part.numbers
    canvas.rectangle(left + step[0], top + step[1], right + step[0], bottom + step[1], paint.colour * part.light)


def _polygon(canvas: Canvas, rng: np.random.Generator, part: Part, step: Point, paint: Paint) -> None:
    points = np.reshape(part.numbers, (-1, 2)) + step
    points = points + rng.uniform(-part.jitter, part.jitter, points.shape)
    canvas.polygon([(float(x), float(y)) for x, y in points], paint.colour * part.light)


def _ellipse(canvas: Canvas, _: np.random.Generator, part: Part, step: Point, paint: Paint) -> None:
    x, y, radius_x, radius_y = part.numbers
    canvas.ellipse((x + step[0], y + step[1]), (radius_x, radius_y), paint.colour * part.light)


def _blob(canvas: Canvas, rng: np.random.Generator, part: Part, step: Point, paint: Paint) -> None:
    x, y, radius_x, radius_y = part.numbers
    angles = np.linspace(0, 2 * np.pi, _BLOB_CORNERS, endpoint=False)
    bumps = 1 + part.rough * rng.standard_normal(_BLOB_CORNERS)
    smooth = (np.roll(bumps, 1) + bumps + np.roll(bumps, -1)) / 3
    xs = x + step[0] + radius_x * smooth * np.cos(angles)
    ys = y + step[1] + radius_y * smooth * np.sin(angles)
    canvas.polygon(list(zip(xs.tolist(), ys.tolist(), strict=True)), paint.colour * part.light)


def _arc(canvas: Canvas, _: np.random.Generator, part: Part, step: Point, paint: Paint) -> None:
    x, y, radius_x, radius_y, start, end = part.numbers
    centre, radii = (x + step[0], y + step[1]), (radius_x, radius_y)
    canvas.arc(centre, radii, paint.colour * part.light, start=start, end=end, thickness=round(part.width))


def _line(canvas: Canvas, _: np.random.Generator, part: Part, step: Point, paint: Paint) -> None:
    x, y, end_x, end_y = part.numbers
    start, end = (x + step[0], y + step[1]), (end_x + step[0], end_y + step[1])
    canvas.line(start, end, paint.colour * part.light, round(part.width))


_SHAPES: Final[dict[str, Shape]] = {
    "rectangle": _rectangle,
    "polygon": _polygon,
    "ellipse": _ellipse,
    "blob": _blob,
    "arc": _arc,
    "line": _line,
}
