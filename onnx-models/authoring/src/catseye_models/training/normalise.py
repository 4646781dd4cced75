"""From uint8 frames to what the networks take."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from catseye_models.published import IMAGENET_MEAN, IMAGENET_STD


def to_input(frames: NDArray[np.uint8]) -> Tensor:
    """Return frames (N, H, W, 3) RGB as N, 3, H, W float32, normalised, channels last in memory."""
    channels_first = torch.from_numpy(frames).permute(0, 3, 1, 2).float() / 255
    mean = torch.tensor(IMAGENET_MEAN).view(1, 3, 1, 1)
    deviation = torch.tensor(IMAGENET_STD).view(1, 3, 1, 1)
    return ((channels_first - mean) / deviation).contiguous(memory_format=torch.channels_last)


def renormalise(picture: Tensor) -> Tensor:
    """Return a generator's picture (N, 3, H, W), RGB, -1 to 1, normalised as the networks take it."""
    mean = torch.tensor(IMAGENET_MEAN).view(1, 3, 1, 1)
    deviation = torch.tensor(IMAGENET_STD).view(1, 3, 1, 1)
    return ((picture + 1) / 2 - mean) / deviation
