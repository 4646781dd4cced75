"""Real pictures without labels, out of a video."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.errors import AuthoringError
from catseye_models.scenes.drive import FrameSize


def read_photographs(video: Path, *, every: int, size: FrameSize) -> NDArray[np.uint8]:
    """Return every so many-th frame of a video, (N, H, W, 3) RGB uint8, brought to ``size``."""
    capture = cv2.VideoCapture(str(video))
    frames: list[NDArray[np.uint8]] = []
    number = 0
    while True:
        found, bgr = capture.read()
        if not found:
            break
        if number % every == 0:
            small = cv2.resize(bgr, (size.width, size.height), interpolation=cv2.INTER_AREA)
            frames.append(np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGB), np.uint8))
        number += 1
    if not frames:
        raise AuthoringError(f"{video}: no video that can be read")
    return np.stack(frames)
