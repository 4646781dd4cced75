"""VGG19 up to relu5_1: how far two pictures differ as a network trained on ImageNet sees them, on five levels.

Source: Simonyan and Zisserman, ICLR 2015, layers as torchvision numbers them; taps and weights of the difference as in
SynBoost (giandbt/synboost, commit eaa4d3a).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from catseye_models.networks.layers import channel_sum, channels
from catseye_models.published import LEVEL_WEIGHTS

LEVELS = ((64, 64), (128, 128), (256, 256, 256, 256), (512, 512, 512, 512), (512,))
"""Channels of the 3x3 convolutions at width 1 between two pools; the fifth level ends with its first convolution."""

TAPS = (1, 6, 11, 20, 29)
"""Layers whose output is compared: relu1_1, relu2_1, relu3_1, relu4_1, relu5_1."""


class Vgg19(nn.Module):
    """The first 30 layers of VGG19, 12 944 960 parameters at width 1. Entries: `features.{n}.{weight,bias}`.

    Args:
        width: factor on every channel count but the picture's 3.
    """

    def __init__(self, *, width: float = 1.0) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inputs = 3
        for level, counts in enumerate(LEVELS):
            if level:
                layers.append(nn.MaxPool2d(2))
            for count in counts:
                layers += [nn.Conv2d(inputs, channels(count, width), 3, padding=1), nn.ReLU()]
                inputs = channels(count, width)
        self.features = nn.Sequential(*layers)

    def taps(self, image: Tensor) -> list[Tensor]:
        """Return the outputs of the layers `TAPS`: [N, C, H, W], then half the size each."""
        outputs: list[Tensor] = []
        for number, layer in enumerate(self.features):
            image = layer(image)
            if number in TAPS:
                outputs.append(image)
        return outputs

    def forward(self, image: Tensor, synthesis: Tensor) -> tuple[Tensor, ...]:
        """Return five maps of mean absolute feature difference, float [N, 1, H / 2^l, W / 2^l] for l = 0 to 4.

        Args:
            image: float [N, 3, H, W], RGB / 255, normalised by ImageNet's mean and deviation; H and W multiples of 16.
            synthesis: as `image`.
        """
        pairs = zip(self.taps(image), self.taps(synthesis), strict=True)
        return tuple(channel_sum((one - other).abs(), factor=1 / int(one.shape[1])) for one, other in pairs)


def perceptual_sum(maps: tuple[Tensor, ...]) -> Tensor:
    """Return the perceptual difference, float [N, 1, H, W], at least about 0 and without upper bound.

    It is the weighted sum of the maps of `Vgg19`, each brought to full size by bicubic resize (a = -0.75, which can
    overshoot below 0).
    """
    full = maps[0].shape[-2:]
    parts = [
        weight * functional.interpolate(level, size=full, mode="bicubic", align_corners=False)
        for weight, level in zip(LEVEL_WEIGHTS, maps, strict=True)
    ]
    return torch.stack(parts).sum(dim=0)
