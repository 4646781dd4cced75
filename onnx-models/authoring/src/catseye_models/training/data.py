"""Pictures and labels of a Cityscapes tree, held in memory."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from catseye_models.errors import AuthoringError
from catseye_models.scenes.labels import to_train_ids

_SUFFIX = "_leftImg8bit"


@dataclass(frozen=True)
class LabelledFrames:
    """Frames (N, H, W, 3) RGB uint8 and their train ids (N, H, W) uint8, 255 = void."""

    rgb: NDArray[np.uint8]
    train_ids: NDArray[np.uint8]

    def __len__(self) -> int:
        """Return N."""
        return len(self.rgb)


def load_cityscapes(root: Path, split: str) -> LabelledFrames:
    """Read every frame of a split, in the order of their names; all must be of one size."""
    paths = sorted((root / "leftImg8bit" / split).glob(f"*/*{_SUFFIX}.*"))
    if not paths:
        raise AuthoringError(f"{root}: no frame under leftImg8bit/{split}")
    pairs = [(_read(path, "RGB"), to_train_ids(_read(_labels_of(path, root, split), "L"))) for path in paths]
    first = pairs[0][0].shape
    for path, (rgb, train_ids) in zip(paths, pairs, strict=True):
        if rgb.shape != first or train_ids.shape != first[:2]:
            raise AuthoringError(f"{path}: {rgb.shape[1]}x{rgb.shape[0]}, the first frame is {first[1]}x{first[0]}")
    return LabelledFrames(np.stack([rgb for rgb, _ in pairs]), np.stack([train_ids for _, train_ids in pairs]))


def _labels_of(path: Path, root: Path, split: str) -> Path:
    name = path.stem.removesuffix(_SUFFIX)
    labels = root / "gtFine" / split / path.parent.name / f"{name}_gtFine_labelIds.png"
    if not labels.is_file():
        raise AuthoringError(f"{path}: no labels at {labels}")
    return labels


def _read(path: Path, mode: str) -> NDArray[np.uint8]:
    try:
        with Image.open(path) as image:
            if image.mode != mode:
                raise AuthoringError(f"{path}: picture mode {image.mode}, expected {mode}")
            return np.asarray(image)
    except (OSError, SyntaxError) as failure:
        raise AuthoringError(f"{path}: cannot be read: {failure}") from failure
