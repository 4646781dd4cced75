"""Writes drawn frames in the folder layouts of Lost & Found and of Cityscapes.

Source: mcordts/cityscapesScripts, README.md (names, instance ids); Lost & Found as read by
robin-chan/meta-ood, src/dataset/lost_and_found.py (names, label ids, train ids).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from catseye_models.scenes.drive import DrawnFrame
from catseye_models.scenes.labels import VOID, TrainId, to_label_ids
from catseye_models.scenes.picture import RIM

TIMES_FILE: Final = "times.csv"
"""Side file of a Lost & Found tree: ``frame,capture_micros``, micros since the drive's first frame."""

FREE_SPACE: Final = 1
"""Label id and train id of free road in Lost & Found."""

HAZARD: Final = 2
"""Train id of every obstacle in Lost & Found."""

_INSTANCES_PER_CLASS: Final = 1000


@dataclass(frozen=True)
class FrameName:
    """Name of one frame: ``<scene>_<sequence:6>_<frame:6>``."""

    scene: str
    sequence: int
    frame: int

    def __str__(self) -> str:
        """Return the name as it stands in file names."""
        return f"{self.scene}_{self.sequence:06d}_{self.frame:06d}"


@dataclass(frozen=True)
class PictureFormat:
    """How frames are stored: PNG, or JPEG of a quality of 1 to 95."""

    jpeg_quality: int | None = None

    def write(self, rgb: NDArray[np.uint8], stem: Path) -> None:
        """Write (H, W, 3) RGB to ``stem`` with the format's own suffix."""
        image = Image.fromarray(rgb)
        if self.jpeg_quality is None:
            image.save(f"{stem}.png", optimize=False, compress_level=3)
        else:
            image.save(f"{stem}.jpg", quality=self.jpeg_quality, optimize=True)


PNG: Final = PictureFormat()


@dataclass(frozen=True)
class LostAndFoundTree:
    """A tree in the layout of Lost & Found under ``root``.

    labelIds: 0 = void, 1 = free space, 2 to 43 = obstacle.  labelTrainIds: 255, 1, 2.
    instanceIds: label id * 1000 + number for obstacles, else the label id; 16 bit.
    """

    root: Path
    split: str
    pictures: PictureFormat
    instances: bool = True

    def write(self, frame: DrawnFrame, name: FrameName) -> None:
        """Write picture and labels of one frame."""
        self.pictures.write(frame.rgb, self._stem("leftImg8bit", name, "leftImg8bit"))
        label_ids = lost_and_found_label_ids(frame)
        _write_labels(label_ids, self._stem("gtCoarse", name, "gtCoarse_labelIds"))
        train_ids = np.full_like(label_ids, VOID)
        train_ids[label_ids == FREE_SPACE] = FREE_SPACE
        train_ids[label_ids > FREE_SPACE] = HAZARD
        _write_labels(train_ids, self._stem("gtCoarse", name, "gtCoarse_labelTrainIds"))
        if self.instances:
            instance_ids = label_ids.astype(np.uint16)
            obstacle = label_ids > FREE_SPACE
            instance_ids[obstacle] *= _INSTANCES_PER_CLASS
            instance_ids[obstacle] += frame.instances[obstacle] % _INSTANCES_PER_CLASS
            _write_labels(instance_ids, self._stem("gtCoarse", name, "gtCoarse_instanceIds"))

    def write_times(self, times: Iterable[tuple[FrameName, int]]) -> None:
        """Write the side file of capture times, in microseconds."""
        lines = ["frame,capture_micros", *(f"{name},{micros}" for name, micros in times)]
        (self.root / TIMES_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _stem(self, kind: str, name: FrameName, suffix: str) -> Path:
        return _stem(self.root / kind / self.split / name.scene, name, suffix)


@dataclass(frozen=True)
class CityscapesTree:
    """A tree in the layout of Cityscapes (gtFine) under ``root``; ``split`` is train, val or test.

    labelIds: Cityscapes ids, 0 = void.  labelTrainIds: 0 to 18, 255 = void.
    instanceIds: label id * 1000 + number for countable things, else the label id; 16 bit.
    """

    root: Path
    split: str
    pictures: PictureFormat

    def write(self, frame: DrawnFrame, name: FrameName) -> None:
        """Write picture and labels of one frame."""
        self.pictures.write(frame.rgb, self._stem("leftImg8bit", name, "leftImg8bit"))
        label_ids = to_label_ids(frame.train_ids)
        _write_labels(label_ids, self._stem("gtFine", name, "gtFine_labelIds"))
        _write_labels(frame.train_ids, self._stem("gtFine", name, "gtFine_labelTrainIds"))
        instance_ids = label_ids.astype(np.uint16)
        counted = (frame.instances > 0) & (label_ids > 0)
        instance_ids[counted] *= _INSTANCES_PER_CLASS
        instance_ids[counted] += frame.instances[counted] % _INSTANCES_PER_CLASS
        _write_labels(instance_ids, self._stem("gtFine", name, "gtFine_instanceIds"))

    def _stem(self, kind: str, name: FrameName, suffix: str) -> Path:
        return _stem(self.root / kind / self.split / name.scene, name, suffix)


def lost_and_found_label_ids(frame: DrawnFrame) -> NDArray[np.uint8]:
    """Return (H, W) label ids: 0 = void, 1 = free space, 2 to 43 = obstacle."""
    free = (frame.train_ids == TrainId.ROAD) & (frame.obstacles == 0)
    obstacle = (frame.obstacles > 0) & (frame.obstacles != RIM)
    return np.where(obstacle, frame.obstacles, free.astype(np.uint8) * FREE_SPACE).astype(np.uint8)


def _stem(folder: Path, name: FrameName, suffix: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}_{suffix}"


def _write_labels(labels: NDArray[np.uint8] | NDArray[np.uint16], stem: Path) -> None:
    Image.fromarray(labels).save(f"{stem}.png", compress_level=9)
