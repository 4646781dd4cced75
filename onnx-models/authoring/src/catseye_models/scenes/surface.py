"""What a road is made of, as numbers: asphalt of several ages, repairs, stains, puddles, leaves and paint.

Lengths are metres, x across and z along the road as in ``world``. A road whose own colours vary is what keeps
obstacles from being told by colour alone.
"""

from dataclasses import dataclass

from catseye_models.scenes.canvas import Point
from catseye_models.scenes.texture import Colour


@dataclass(frozen=True)
class Stretch:
    """A length of road laid at one time, up to ``end_m``.

    fine, coarse: grey levels of noise.  slab_m: distance of the joints across the road, 0 = none.
    """

    end_m: float
    colour: Colour
    fine: float
    coarse: float
    slab_m: float


@dataclass(frozen=True)
class Band:
    """A strip along the road, between two x and two z: a cycle lane, a coloured crossing, a tyre track.

    strength: share of the colour, 0 to 1, less where it is worn.
    """

    left_m: float
    right_m: float
    start_m: float
    end_m: float
    colour: Colour
    strength: float


@dataclass(frozen=True)
class Spot:
    """A flat patch of another colour: repair, oil, sand, rust, moss, puddle, manhole cover.

    half_m, half_length_m: across and along the road.  ragged: how far noise moves the edge, 0 = not.
    square: a rectangle instead of an ellipse.
    """

    x_m: float
    z_m: float
    half_m: float
    half_length_m: float
    colour: Colour
    strength: float
    ragged: float = 0.0
    square: bool = False


@dataclass(frozen=True)
class Crack:
    """A crack along the road that winds around ``x_m``; sealed ones are wider."""

    x_m: float
    amplitude_m: float
    wavelength_m: float
    phase: float
    half_m: float


@dataclass(frozen=True)
class Symbol:
    """Something painted on the road: polygons of (x, z) points in metres, and the colour of the paint."""

    polygons: tuple[tuple[Point, ...], ...]
    colour: Colour
    strength: float


@dataclass(frozen=True)
class Leaves:
    """Leaves on the road: share of it that they cover at the edges and in the middle, 0 to 1, and their colours."""

    at_edge: float
    in_middle: float
    colours: tuple[Colour, Colour]


@dataclass(frozen=True)
class Surface:
    """Everything that lies on a road or was done to it; stretches follow each other without gaps.

    wetness: 0 = dry, 1 = the sky is mirrored in the distance.  wear: share of markings that is rubbed off, 0 to 1.
    """

    stretches: tuple[Stretch, ...]
    bands: tuple[Band, ...]
    spots: tuple[Spot, ...]
    cracks: tuple[Crack, ...]
    symbols: tuple[Symbol, ...]
    leaves: Leaves | None
    wetness: float
    wear: float
