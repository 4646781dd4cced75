"""The same maps in NumPy and Pillow, float64, written out as the formulas stand; shares no code with the package."""

from typing import Any

import numpy as np
from PIL import Image

Array = np.ndarray[Any, np.dtype[Any]]


def softmax(logits: Array) -> Array:
    """Return probabilities over axis 0 of [C, h, w]."""
    exp = np.exp(logits - logits.max(axis=0))
    return exp / exp.sum(axis=0)


def entropy(logits: Array, *, channels: list[int]) -> Array:
    """Return H / ln C of [C, h, w] logits, over `channels` only."""
    p = softmax(logits[channels].astype(np.float64))
    return -(p * np.log(np.maximum(p, 1e-300))).sum(axis=0) / np.log(len(channels))


def scores(logits: Array, *, channels: list[int], low: float = 0.0, high: float = 1.0) -> dict[str, Array]:
    """Return every plan's score of [C, h, w] logits, over `channels` only."""
    chosen = logits[channels].astype(np.float64)
    top = np.sort(softmax(chosen), axis=0)[::-1]
    return {
        "entropy": entropy(logits, channels=channels),
        "distance": 1 - (top[0] - top[1]),
        "msp": 1 - top[0],
        "max-logit": np.clip((high - chosen.max(axis=0)) / (high - low), 0, 1),
    }


def class_map(logits: Array, *, channels: list[int], train_ids: list[int]) -> Array:
    """Return the trainId of the first of `channels` with the largest logit."""
    return np.asarray(train_ids, dtype=np.uint8)[logits[channels].argmax(axis=0)]


def prepared(
    frame: Array,
    *,
    size: tuple[int, int],
    order: str,
    scale: float,
    mean: tuple[float, ...],
    std: tuple[float, ...],
    output_scale: float = 1.0,
) -> Array:
    """Return float32 [1, 3, h, w] from a uint8 RGB frame by Pillow's bicubic and the written-out normalisation."""
    picture = np.asarray(Image.fromarray(frame).resize(size, Image.Resampling.BICUBIC)).astype(np.float64)
    if order == "BGR":
        picture = picture[..., ::-1]
    values = (picture * scale - np.asarray(mean)) / np.asarray(std) * output_scale
    return values.transpose(2, 0, 1)[None].astype(np.float32)
