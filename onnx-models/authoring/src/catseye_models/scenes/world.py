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
from catseye_models.scenes.surface import Surface
from catseye_models.scenes.texture import Colour, Grain

SIGHT_M: Final = 170.0
"""How far ahead of the camera anything is drawn."""

MAX_SPEED_MPS: Final = 10.0
"""No camera drives faster, and no traffic ahead in its lane slower, so that it never runs into a car."""

HOUSE_FROM_ROAD_M: Final = 3.2
"""From the outer edge of the pavement to the house fronts."""

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
    road.  nod: how far the horizon moves on bumps, as a share of the height.
    """

    focal_widths: float
    centre: float
    horizon: float
    height_m: float
    nod: float = 0.0


@dataclass(frozen=True)
class Lanes:
    """The lanes of a road: how many, how wide, and in which the camera drives, counted from the left."""

    count: int
    lane_m: float
    own: int

    @property
    def half_m(self) -> float:
        """Half of the road's width."""
        return self.count * self.lane_m / 2

    @property
    def own_x_m(self) -> float:
        """Middle of the lane in which the camera drives."""
        return self.x_m(self.own)

    def x_m(self, lane: int) -> float:
        """Return the middle of lane ``lane``."""
        return -self.half_m + self.lane_m * (lane + 0.5)


@dataclass(frozen=True)
class Junction:
    """A side road between ``start_m`` and ``end_m`` along the road, to the left, to the right or both."""

    start_m: float
    end_m: float
    left: bool
    right: bool

    def opens(self, side: int) -> bool:
        """Return whether there is a side road to the ``LEFT`` or ``RIGHT``."""
        return self.left if side == LEFT else self.right


@dataclass(frozen=True)
class Markings:
    """Lines on the road; paint is a colour, crossings and stop lines are places along the road."""

    kind: Marking
    edge_lines: bool
    paint: Colour
    crossings_m: tuple[float, ...]
    stop_lines_m: tuple[float, ...]
    dash_phase_m: float


@dataclass(frozen=True)
class Road:
    """The road and its pavements.

    curvature_per_m: x grows by curvature * z^2.  pavement_m, grass_m: widths left and right.
    """

    lanes: Lanes
    curvature_per_m: float
    pavement_m: tuple[float, float]
    grass_m: tuple[float, float]
    pavement_colour: Colour
    grass_colour: Colour
    surface: Surface
    markings: Markings
    junctions: tuple[Junction, ...]

    def junction_at(self, z_m: float, side: int) -> bool:
        """Return whether a side road opens to ``side`` at ``z_m``."""
        return any(j.opens(side) and j.start_m < z_m < j.end_m for j in self.junctions)


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
class Sun:
    """Where shadows fall and what is left of the light in them.

    across, along: metres to the right and ahead per metre of height.  shade: factor per channel.
    """

    across: float
    along: float
    shade: Colour


@dataclass(frozen=True)
class Light:
    """The light of a time of day: factors per channel of everything, and of what the headlights reach."""

    ambient: Colour
    headlights: Colour


@dataclass(frozen=True)
class Weather:
    """Sky, light and haze; ``haze_m`` is the distance at which 63 % of a colour is lost.

    sun: None under clouds and at night.  foliage: share of the road in the shadow of leaves, or None.
    rain: strength of the streaks, 0 to 1.
    """

    zenith: Colour
    skyline: Colour
    haze: Colour
    haze_m: float
    far_height_m: float
    far_class: TrainId
    far_colour: Colour
    light: Light
    sun: Sun | None
    foliage: float | None
    rain: float


@dataclass(frozen=True)
class Bonnet:
    """The car's own bonnet at the bottom of the picture; heights are shares of the picture's height."""

    middle: float
    ends: float
    colour: Colour


@dataclass(frozen=True)
class Sensor:
    """How light becomes numbers.

    gain: per channel; it drifts by ``drift`` over some seconds.  gamma, blur in pixels, noise in grey levels.
    saturation: 1 = as it is.  sharpening: share of the detail that is added again.
    distortion: of the lens; straight lines bend outwards (positive) or inwards.
    """

    gain: Colour
    drift: float
    gamma: float
    saturation: float
    blur_px: float
    sharpening: float
    noise: float
    vignette: float
    distortion: float
    bonnet: Bonnet | None


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
    litter: Grain


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
