"""Brings maps to the size of what they are judged by."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Value = TypeVar("Value", np.uint8, np.float32)


def at_size(plane: NDArray[Value], shape: tuple[int, ...]) -> NDArray[Value]:
    """Return a map [h, w] at ``shape`` [H, W]: each pixel takes the value that lies under its centre."""
    if plane.shape == shape:
        return plane
    height, width = shape
    return np.asarray(Image.fromarray(plane).resize((width, height), Image.Resampling.NEAREST))
