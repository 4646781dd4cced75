"""The 19 Cityscapes classes: train ids, label ids and colours.

Source: mcordts/cityscapesScripts, cityscapesscripts/helpers/labels.py.
"""

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catseye_models.labels import CITYSCAPES_LABEL_IDS


class TrainId(IntEnum):
    """Train id of a Cityscapes class, 0 to 18."""

    ROAD = 0
    SIDEWALK = 1
    BUILDING = 2
    WALL = 3
    FENCE = 4
    POLE = 5
    TRAFFIC_LIGHT = 6
    TRAFFIC_SIGN = 7
    VEGETATION = 8
    TERRAIN = 9
    SKY = 10
    PERSON = 11
    RIDER = 12
    CAR = 13
    TRUCK = 14
    BUS = 15
    TRAIN = 16
    MOTORCYCLE = 17
    BICYCLE = 18


VOID: Final = 255
"""Train id of pixels that belong to no class; ignored in training and evaluation."""

_COLOURS: Final = (
    (128, 64, 128),
    (244, 35, 232),
    (70, 70, 70),
    (102, 102, 156),
    (190, 153, 153),
    (153, 153, 153),
    (250, 170, 30),
    (220, 220, 0),
    (107, 142, 35),
    (152, 251, 152),
    (70, 130, 180),
    (220, 20, 60),
    (255, 0, 0),
    (0, 0, 142),
    (0, 0, 70),
    (0, 60, 100),
    (0, 80, 100),
    (0, 0, 230),
    (119, 11, 32),
)


def _table(values: tuple[int, ...], fill: int) -> NDArray[np.uint8]:
    table = np.full(256, fill, np.uint8)
    table[: len(values)] = values
    return table


_LABEL_ID_TABLE: Final = _table(CITYSCAPES_LABEL_IDS, fill=0)


def to_label_ids(train_ids: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return Cityscapes label ids (H, W; 0 = unlabelled) of train ids (H, W; 0 to 18 or 255)."""
    return _LABEL_ID_TABLE[train_ids]


def to_train_ids(label_ids: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return train ids (H, W; 0 to 18 or 255) of Cityscapes label ids (H, W)."""
    table = np.full(256, VOID, np.uint8)
    table[list(CITYSCAPES_LABEL_IDS)] = np.arange(len(CITYSCAPES_LABEL_IDS), dtype=np.uint8)
    return table[label_ids]


def to_colours(train_ids: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the Cityscapes colours (H, W, 3 RGB) of train ids (H, W); void is black."""
    table = np.zeros((256, 3), np.uint8)
    table[: len(_COLOURS)] = _COLOURS
    return table[train_ids]
