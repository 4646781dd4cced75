"""The glue of SynBoost Light in NumPy and Pillow, as the original keeps it outside of its networks.

What `compose` writes as graph nodes stands here as array code, in float32, for one frame, so that the two forms can be
timed against each other. The formulas' sources stand with `compose.synboost`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, reduce
from typing import Protocol

import numpy as np
from PIL import Image

from catseye_models.compose.synboost import Size, centres
from catseye_models.feed import Feed
from catseye_models.labels import CITYSCAPES, CITYSCAPES_LABEL_IDS
from catseye_models.published import ENSEMBLE, GENERATOR_LABELS, IMAGENET_MEAN, IMAGENET_STD, LEVEL_WEIGHTS
from catseye_models.runtime import Array

CUBIC_A = -0.75
"""Of the cubic that enlarges the levels of the perceptual difference. Source: torch's bicubic."""


@dataclass(frozen=True, kw_only=True)
class Uncertainty:
    """What the segmentation says of each pixel, [H, W]: trainId uint8, entropy H and top-2 distance r float32."""

    train_ids: Array
    entropy: Array
    gap: Array


class LightNetworks(Protocol):
    """The four networks, each with the glue that depends on where its answer lies; arrays are float32 NCHW, N = 1."""

    def uncertainty(self, image: Array) -> Uncertainty:
        """Return what the segmentation says of its input."""

    def picture(self, labels: Array) -> Array:
        """Return the synthesis, [1, 3, h, w], -1 to 1, of one-hot labels and edges."""

    def difference(self, image: Array, synthesis: Array) -> Array:
        """Return the perceptual difference V, [h, w], of two normalised pictures."""

    def probability(self, image: Array, synthesis: Array, semantic: Array, prior: Array) -> Array:
        """Return q, [h, w], 0 to 1."""


def score(networks: LightNetworks, frame: Array, *, feed: Feed, size: Size) -> Array:
    """Return the anomaly score A of one frame, float32 of `size`.

    Args:
        networks: of one kind.
        frame: uint8 [height, width, 3], RGB, any size.
        feed: of the segmentation network.
        size: working size, height and width.
    """
    picture = np.asarray(Image.fromarray(frame).resize((feed.width, feed.height), Image.Resampling.BICUBIC))
    found = networks.uncertainty(fed(picture, feed))
    entropy = as_bytes(quotient(found.entropy - found.entropy.min(), found.entropy.max()))
    distance = as_bytes(1 - quotient(found.gap - found.gap.min(), found.gap.max()))
    semantic = sampled(found.train_ids, size)
    drawn = networks.picture(generator_input(np.asarray(CITYSCAPES_LABEL_IDS, dtype=np.uint8)[semantic]))
    synthesis = as_bytes((drawn[0] + 1) / 2).transpose(1, 2, 0)

    image, redrawn = imagenet(sampled(picture, size)), imagenet(synthesis)
    difference = networks.difference(image, redrawn)
    low, high = difference.min(), difference.max()
    prior = [sampled(entropy, size), as_bytes(quotient(difference - low, high - low)), sampled(distance, size)]
    units = np.stack(prior)[None] / np.float32(255)
    planes = one_hot(semantic, classes=len(CITYSCAPES.classes))
    probability = networks.probability(image, redrawn, planes, units)
    return ENSEMBLE["dissimilarity"] * probability + ENSEMBLE["entropy"] * units[0, 0]


def fed(picture: Array, feed: Feed) -> Array:
    """Return a network's input, float32 [1, 3, H, W], of a picture of its size, uint8 [H, W, 3], RGB."""
    ordered = picture[..., ::-1] if feed.order == "BGR" else picture
    scaled = ordered.astype(np.float32) * np.float32(feed.scale)
    normal = (scaled - _colours(feed.mean)) / _colours(feed.std) * np.float32(feed.output_scale)
    return np.ascontiguousarray(normal.transpose(2, 0, 1)[None])


def imagenet(picture: Array) -> Array:
    """Return float32 [1, 3, h, w], (v / 255 - mean) / deviation, of uint8 [h, w, 3]."""
    normal = (picture.astype(np.float32) / 255 - _colours(IMAGENET_MEAN)) / _colours(IMAGENET_STD)
    return np.ascontiguousarray(normal.transpose(2, 0, 1)[None])


def _colours(three: Sequence[float]) -> Array:
    return np.asarray(three, dtype=np.float32)


def sampled(plane: Array, size: Size) -> Array:
    """Return the pixels of [H, W, ...] that lie under the centres of `size`, as Pillow's NEAREST takes them."""
    rows, columns = (centres(old, new) for old, new in zip(plane.shape[:2], size, strict=True))
    return plane[np.ix_(rows, columns)]


def uncertainty(logits: Array) -> Uncertainty:
    """Return the statistics of the softmax of logits [1, C, H, W], class by class: that stays in the caches."""
    planes = logits[0]
    top, second = planes[0], np.full_like(planes[0], -np.inf)
    for plane in planes[1:]:
        second = np.maximum(second, np.minimum(top, plane))
        top = np.maximum(top, plane)
    total = times = np.float32(0)
    for plane in planes:
        shifted = plane - top
        exp = np.exp(shifted)
        total, times = total + exp, times + exp * shifted
    return Uncertainty(
        train_ids=planes.argmax(axis=0).astype(np.uint8),
        entropy=np.log(total) - times / total,
        gap=(1 - np.exp(second - top)) / total,
    )


def generator_input(labels: Array) -> Array:
    """Return float32 [1, 36, h, w] of label ids [h, w]: one channel each, then the edges between them."""
    edges = np.zeros(labels.shape, dtype=bool)
    across, down = labels[:, 1:] != labels[:, :-1], labels[1:] != labels[:-1]
    edges[:, 1:] |= across
    edges[:, :-1] |= across
    edges[1:] |= down
    edges[:-1] |= down
    return np.concatenate([one_hot(labels, classes=GENERATOR_LABELS), edges[None, None].astype(np.float32)], axis=1)


def one_hot(ids: Array, *, classes: int) -> Array:
    """Return float32 [1, classes, h, w] of ids [h, w]."""
    return np.equal(ids, np.arange(classes)[:, None, None]).astype(np.float32)[None]


def perceptual_sum(levels: list[Array], *, size: Size) -> Array:
    """Return V, float32 [*size], of five maps [1, 1, h, w], fine to coarse: enlarged bicubically, weighted, added."""
    parts = []
    for level, weight in zip(levels, LEVEL_WEIGHTS, strict=True):
        plane = level[0, 0]
        rows, columns = (cubic_matrix(old, new) for old, new in zip(plane.shape, size, strict=True))
        parts.append(weight * (rows @ plane @ columns.T))
    return reduce(np.add, parts)


@cache
def cubic_matrix(old: int, new: int) -> Array:
    """Return float32 [new, old]: cubic interpolation between pixel centres; border pixels go on beyond the border."""
    place = (np.arange(new) + 0.5) * old / new - 0.5
    matrix = np.zeros((new, old))
    for step in range(-1, 3):
        index = np.floor(place).astype(int) + step
        np.add.at(matrix, (np.arange(new), index.clip(0, old - 1)), _cubic(np.abs(place - index)))
    return matrix.astype(np.float32)


def _cubic(x: Array) -> Array:
    near: Array = (CUBIC_A + 2) * x**3 - (CUBIC_A + 3) * x**2 + 1
    far = CUBIC_A * (x**3 - 5 * x**2 + 8 * x - 4)
    return np.where(x <= 1, near, far)


def probability(logits: Array) -> Array:
    """Return the softmax's second channel, [h, w], of logits [1, 2, h, w]."""
    normal, anomalous = logits[0]
    return 1 / (1 + np.exp(normal - anomalous))


def as_bytes(values: Array) -> Array:
    """Return uint8 = trunc(255 v) of v in 0 to 1."""
    return (values * np.float32(255)).astype(np.uint8)


def quotient(above: Array, below: Array) -> Array:
    """Return above / below, and `above` itself where `below` is 0."""
    return above / below if below > 0 else above
