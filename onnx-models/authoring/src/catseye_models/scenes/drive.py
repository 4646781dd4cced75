"""A camera that drives through a world and takes frames at a fixed rate."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.build import build_world
from catseye_models.scenes.exposure import bend, cover_with_bonnet, expose
from catseye_models.scenes.ground import draw_ground, draw_sky
from catseye_models.scenes.obstacles import ObstacleKind
from catseye_models.scenes.picture import RIM, Picture, Pose, View
from catseye_models.scenes.placing import draw_things
from catseye_models.scenes.sides import draw_sides
from catseye_models.scenes.things import Plan
from catseye_models.scenes.world import MAX_SPEED_MPS, World

SMALLEST_OBSTACLE_PX: Final = 10
"""Visible pixels, of a frame 512 wide, from which on an obstacle counts; a smaller one is void."""

_MIN_SPEED_MPS: Final = 5.0
_SWAY_M: Final = 0.15
_SWAY_PERIOD_S: Final = 7.0
_NOD_PERIOD_S: Final = 1.3
_DRIVE_STREAM: Final = 100
_NOISE_STREAM: Final = 101


@dataclass(frozen=True)
class FrameSize:
    """Width and height of the frames of a drive, in pixels."""

    width: int
    height: int


WORKING_SIZE: Final = FrameSize(512, 256)


@dataclass(frozen=True)
class DrawnFrame:
    """One frame with its ground truth; all planes (H, W).

    rgb: (H, W, 3) uint8.  train_ids: uint8, 0 to 18, 255 = void.  instances: uint16, 0 = none.
    obstacles: uint8, 0 = none, 2 to 43 = Lost & Found label id, 255 = mixed with the background.
    capture_micros: since the first frame of the drive.
    """

    index: int
    capture_micros: int
    rgb: NDArray[np.uint8]
    train_ids: NDArray[np.uint8]
    instances: NDArray[np.uint16]
    obstacles: NDArray[np.uint8]


class Drive:
    """A drive of ``frames`` frames through the world of ``seed``, ``period_micros`` apart.

    Frames do not depend on each other: any of them may be drawn first, in any process. Another number of frames is
    another drive: it says how long the street must be.
    """

    def __init__(
        self,
        seed: tuple[int, ...],
        *,
        frames: int,
        period_micros: int,
        size: FrameSize = WORKING_SIZE,
        unknowns: tuple[int, int] = (0, 0),
        obstacles: tuple[ObstacleKind, ...] = (),
        free_path: bool = False,
    ) -> None:
        """Build the world; ``unknowns``, ``obstacles`` and ``free_path`` as in ``Plan``."""
        self.frames = frames
        self._seed = seed
        self._period_micros = period_micros
        self._size = size
        rng = np.random.default_rng((*seed, _DRIVE_STREAM))
        self._speed_mps = rng.uniform(_MIN_SPEED_MPS, MAX_SPEED_MPS)
        self._sway_phase = rng.uniform(0, 2 * np.pi)
        self._off_middle_m = rng.uniform(-0.3, 0.3)
        length_m = self._speed_mps * frames * period_micros / 1e6
        plan = Plan(length_m=length_m, unknowns=unknowns, obstacles=obstacles, free_path=free_path)
        self.world: World = build_world(seed, plan=plan)

    def __iter__(self) -> Iterator[DrawnFrame]:
        """Draw the frames in order."""
        return (self.frame(index) for index in range(self.frames))

    def frame(self, index: int) -> DrawnFrame:
        """Draw frame ``index``, 0 to ``frames`` - 1."""
        cv2.setNumThreads(1)  # one process per core draws faster, and equally everywhere
        world, size = self.world, self._size
        pose = self._pose(index)
        view = View.of(
            world.camera,
            curvature_per_m=world.road.curvature_per_m,
            pose=pose,
            width=size.width,
            height=size.height,
        )
        picture = Picture.empty(size.width, size.height)
        draw_sky(picture, world, view)
        draw_ground(picture, world, view)
        draw_sides(picture, world, view)
        draw_things(picture, world, view)
        if world.sensor.bonnet is not None:
            cover_with_bonnet(picture, world.sensor.bonnet)
        if world.sensor.distortion:
            picture = bend(picture, world.sensor.distortion)
        _leave_out_specks(picture, smallest_px=round(SMALLEST_OBSTACLE_PX * view.texel_px**2))
        noise = np.random.default_rng((*self._seed, _NOISE_STREAM, index))
        return DrawnFrame(
            index=index,
            capture_micros=index * self._period_micros,
            rgb=expose(picture, world, rng=noise, time_s=pose.time_s),
            train_ids=picture.label,
            instances=picture.instance,
            obstacles=picture.obstacle,
        )

    def _pose(self, index: int) -> Pose:
        time_s = index * self._period_micros / 1e6
        sway_m = _SWAY_M * np.sin(2 * np.pi * time_s / _SWAY_PERIOD_S + self._sway_phase)
        return Pose(
            z_m=self._speed_mps * time_s,
            x_m=self.world.road.lanes.own_x_m + self._off_middle_m + sway_m,
            time_s=time_s,
            nod=self.world.camera.nod * np.sin(2 * np.pi * time_s / _NOD_PERIOD_S + self._sway_phase),
        )


def _leave_out_specks(picture: Picture, *, smallest_px: int) -> None:
    """Make obstacles of which fewer pixels are seen neither obstacle nor background."""
    solid = (picture.obstacle > 0) & (picture.obstacle != RIM)
    numbers, areas_px = np.unique(picture.instance[solid], return_counts=True)
    specks = solid & np.isin(picture.instance, numbers[areas_px < smallest_px])
    picture.obstacle[specks] = RIM
    picture.instance[specks] = 0
