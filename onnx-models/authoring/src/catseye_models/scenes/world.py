"""A street as numbers: road, sides, weather, sensor, and the things that stand and move on it.

Lengths are metres. The road runs along z, the camera looks along it; x points to the right and is
zero in the middle of the road. A world is fixed by its seed; ``drive`` moves a camera through it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from catseye_models.scenes.canvas import Sprite
from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.texture import Colour, Grain

SIGHT_M: Final = 170.0
"""How far ahead of the camera anything is drawn."""

MAX_SPEED_MPS: Final = 10.0
"""No camera drives faster, and no traffic ahead in its lane slower, so that it never runs into a car."""

LEFT: Final = -1
RIGHT: Final = 1


class Marking(Enum):
    """How lanes are divided."""

    DASHED = "dashed"
    SOLID = "solid"
    NONE = "none"


class Edging(Enum):
    """What stands between the pavement and the houses."""

    NOTHING = "nothing"
    WALL = "wall"
    FENCE = "fence"
    HEDGE = "hedge"


@dataclass(frozen=True)
class Camera:
    """A pinhole camera.

    focal_widths: focal length in widths of the picture.  centre: column of the optical axis as a
    share of the width.  horizon: row of the horizon as a share of the height.  height_m: above the
    road.
    """

    focal_widths: float
    centre: float
    horizon: float
    height_m: float


@dataclass(frozen=True)
class Patch:
    """A rectangle of repaired asphalt, ``brightness`` grey levels lighter than the road."""

    x_m: float
    z_m: float
    width_m: float
    length_m: float
    brightness: float


@dataclass(frozen=True)
class Crack:
    """A crack along the road that winds around ``x_m``."""

    x_m: float
    amplitude_m: float
    wavelength_m: float
    phase: float


@dataclass(frozen=True)
class Road:
    """The road and its pavements.

    curvature_per_m: x grows by curvature * z^2.  pavement_m, grass_m: widths left and right.
    texture_amplitude, coarse_amplitude: grey levels of fine and coarse noise.
    """

    lanes: int
    lane_m: float
    own_lane: int
    curvature_per_m: float
    pavement_m: tuple[float, float]
    grass_m: tuple[float, float]
    colour: Colour
    pavement_colour: Colour
    grass_colour: Colour
    texture_amplitude: float
    coarse_amplitude: float
    marking: Marking
    edge_lines: bool
    marking_grey: float
    crossings_m: tuple[float, ...]
    patches: tuple[Patch, ...]
    manholes: tuple[tuple[float, float], ...]
    cracks: tuple[Crack, ...]
    shadow_share: float | None
    shadow_level: float

    @property
    def half_m(self) -> float:
        """Half of the road's width."""
        return self.lanes * self.lane_m / 2

    @property
    def own_x_m(self) -> float:
        """Middle of the lane in which the camera drives."""
        return self.lane_x_m(self.own_lane)

    def lane_x_m(self, lane: int) -> float:
        """Return the middle of lane ``lane``, counted from the left."""
        return -self.half_m + self.lane_m * (lane + 0.5)


@dataclass(frozen=True)
class House:
    """One front from ``start_m`` to ``end_m`` along the road; height 0 is a gap."""

    start_m: float
    end_m: float
    height_m: float
    colour: Colour
    shop_colour: Colour
    window_colour: Colour
    window_pitch_m: tuple[float, float]
    window_share: tuple[float, float]


@dataclass(frozen=True)
class EdgeStretch:
    """Wall, fence or hedge from ``start_m`` to ``end_m`` along the road."""

    start_m: float
    end_m: float
    kind: Edging
    height_m: float
    colour: Colour


@dataclass(frozen=True)
class Side:
    """What lines one side of the road, without gaps in z."""

    houses: tuple[House, ...]
    edges: tuple[EdgeStretch, ...]


@dataclass(frozen=True)
class Weather:
    """Sky and haze; ``haze_m`` is the distance at which 63 % of a colour is lost."""

    zenith: Colour
    skyline: Colour
    haze: Colour
    haze_m: float
    far_height_m: float
    far_class: TrainId
    far_colour: Colour


@dataclass(frozen=True)
class Sensor:
    """How light becomes numbers: gain per channel, gamma, blur in pixels, noise in grey levels."""

    gain: Colour
    gamma: float
    blur_px: float
    noise: float
    vignette: float


@dataclass(frozen=True)
class Thing:
    """Something that stands at (x, z) at time 0 and moves along the road.

    instance: 0 where the class is not counted, else unique in its world.
    obstacle: Lost & Found label id of an evaluation obstacle, else 0.
    """

    sprite: Sprite
    label: int
    x_m: float
    z_m: float
    speed_mps: float = 0.0
    instance: int = 0
    obstacle: int = 0

    def z_at(self, time_s: float) -> float:
        """Return where along the road it is ``time_s`` seconds after the start."""
        return self.z_m + self.speed_mps * time_s


@dataclass(frozen=True)
class Grains:
    """The noise of every surface."""

    clouds: Grain
    skyline: Grain
    ground: Grain
    ground_blots: Grain
    shadows: Grain
    plaster: Grain
    edge_blots: Grain
    leaves: Grain


@dataclass(frozen=True)
class World:
    """Everything that a camera may see on one drive."""

    camera: Camera
    road: Road
    sides: tuple[Side, Side]
    weather: Weather
    sensor: Sensor
    things: Sequence[Thing]
    grains: Grains
    dash_phase_m: float
