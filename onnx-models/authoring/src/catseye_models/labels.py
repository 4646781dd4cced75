"""Names and meanings of the classes that a segmentation network tells apart."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LabelSpace:
    """The classes of a trainId, and which of them a car may drive on.

    Attributes:
        name: short name, written into the bundle.
        classes: class name per trainId, index 0 first; at most 255 (255 itself means void).
        drivable: names out of `classes`.
    """

    name: str
    classes: tuple[str, ...]
    drivable: tuple[str, ...]


CITYSCAPES = LabelSpace(
    name="cityscapes-19",
    classes=(
        "road",
        "sidewalk",
        "building",
        "wall",
        "fence",
        "pole",
        "traffic light",
        "traffic sign",
        "vegetation",
        "terrain",
        "sky",
        "person",
        "rider",
        "car",
        "truck",
        "bus",
        "train",
        "motorcycle",
        "bicycle",
    ),
    drivable=("road",),
)
"""Source: mcordts/cityscapesScripts, cityscapesscripts/helpers/labels.py (trainId 0 to 18)."""

CITYSCAPES_LABEL_IDS = (7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33)
"""labelId of each trainId; source as above."""
