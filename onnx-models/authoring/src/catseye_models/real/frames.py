"""Real frames with ground truth, in the folders of `CATSEYE_DATA`."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catseye_models.errors import UsageError
from catseye_models.pictures import Picture, decode

_SUFFIX = "_leftImg8bit.png"


@dataclass(frozen=True)
class RealFrame:
    """A picture and its mask, as files."""

    picture: Path
    mask: Path

    def rgb(self) -> Picture:
        """Return the picture, uint8 [h, w, 3]."""
        return decode(self.picture.read_bytes(), name=str(self.picture), mode="RGB")

    def labels(self) -> NDArray[np.uint8]:
        """Return the mask, uint8 [h, w]."""
        return decode(self.mask.read_bytes(), name=str(self.mask), mode="L")


@dataclass(frozen=True)
class RealSet:
    """Frames of one data set; pixels with the value ``anomaly`` are anomalies, 0 is normal, all else is left out."""

    name: str
    anomaly: int
    frames: tuple[RealFrame, ...]

    def __str__(self) -> str:
        """Return name and number of frames."""
        return f"{self.name}, {len(self.frames)} frames"


def real_sets(folder: Path) -> list[RealSet]:
    """Return the three data sets; raise `UsageError` with all that is missing.

    Masks of Lost & Found are joined by the id of the frame, those of the other two have the frame's name.
    """
    lost_and_found = folder / "lost_and_found"
    masks = sorted((lost_and_found / "fishyscapes_lostandfound").glob("*_labels.png"))
    by_id = {mask.name.split("_", 1)[1].removesuffix("_labels.png"): mask for mask in masks}
    pictures = sorted((lost_and_found / "leftImg8bit").glob(f"*/*/*{_SUFFIX}"))
    problems: list[str] = []
    sets = [
        RealSet(
            name="Lost & Found with Fishyscapes masks",
            anomaly=1,
            frames=_joined(
                [(picture, by_id.get(picture.name.removesuffix(_SUFFIX))) for picture in pictures],
                lost_and_found,
                problems,
            ),
        ),
        RealSet(name="Fishyscapes Static", anomaly=1, frames=_by_name(folder / "fishyscapes_static", problems)),
        RealSet(name="Road Anomaly", anomaly=2, frames=_by_name(folder / "road_anomaly", problems)),
    ]
    if problems:
        raise UsageError(*problems)
    return sets


def _by_name(folder: Path, problems: list[str]) -> tuple[RealFrame, ...]:
    pictures = sorted((folder / "images").glob("*.jpg"), key=lambda path: (len(path.stem), path.stem))
    masks = [(picture, folder / "labels_masks" / f"{picture.stem}.png") for picture in pictures]
    return _joined([(picture, mask if mask.is_file() else None) for picture, mask in masks], folder, problems)


def _joined(pairs: list[tuple[Path, Path | None]], folder: Path, problems: list[str]) -> tuple[RealFrame, ...]:
    if not pairs:
        problems.append(f"{folder}: no real frames there; name the folder of the data sets with --data or CATSEYE_DATA")
    problems += [f"{picture}: has no mask" for picture, mask in pairs if mask is None]
    return tuple(RealFrame(picture, mask) for picture, mask in pairs if mask is not None)
