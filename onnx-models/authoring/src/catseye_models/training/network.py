"""A small segmentation network: encoder to 1/16, light decoder to 1/2."""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

CLASSES = 19
STRIDE = 16
"""Width and height of the input must be multiples of this."""


class SegmentationNetwork(nn.Module):
    """Class logits of a picture.

    ``width`` multiplies the channels of every stage; 1.0 has 0.94 M parameters and takes 1.4 GMAC at 512x256.
    Input: N, 3, H, W float32, RGB with ImageNet mean and deviation taken out, H and W multiples of 16.
    Output: N, 19, H, W logits in train id order.
    """

    def __init__(self, width: float = 1.0) -> None:
        super().__init__()
        half, quarter, eighth, sixteenth = (round(width * channels) for channels in (16, 32, 64, 128))
        last = round(width * 24)
        self.at_half = _conv(3, half, stride=2)
        self.at_quarter = nn.Sequential(_conv(half, quarter, stride=2), _Residual(quarter))
        self.at_eighth = nn.Sequential(_conv(quarter, eighth, stride=2), _Residual(eighth), _Residual(eighth))
        self.at_sixteenth = nn.Sequential(
            _conv(eighth, sixteenth, stride=2), _Residual(sixteenth), _Residual(sixteenth, dilation=2)
        )
        self.context = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(sixteenth, sixteenth, 1))
        self.from_sixteenth = _conv(sixteenth, eighth, kernel=1)
        self.to_eighth = _conv(eighth, eighth)
        self.from_eighth = _conv(eighth, quarter, kernel=1)
        self.to_quarter = _conv(quarter, quarter)
        self.to_half = _conv(quarter + half, last)
        self.classify = nn.Conv2d(last, CLASSES, 1)

    def features(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return the encoder's maps at 1/2, 1/4, 1/8 and 1/16 of the input."""
        half = self.at_half(image)
        quarter = self.at_quarter(half)
        eighth = self.at_eighth(quarter)
        return half, quarter, eighth, self.at_sixteenth(eighth)

    def logits_at_half(self, image: Tensor) -> Tensor:
        """Return logits N, 19, H/2, W/2; training compares these with every second label."""
        half, quarter, eighth, sixteenth = self.features(image)
        context = functional.relu(sixteenth + self.context(sixteenth))
        decoded = self.to_eighth(eighth + _double(self.from_sixteenth(context)))
        decoded = self.to_quarter(quarter + _double(self.from_eighth(decoded)))
        decoded = self.to_half(torch.cat([_double(decoded), half], 1))
        return cast(Tensor, self.classify(decoded))

    def forward(self, image: Tensor) -> Tensor:
        """Return logits N, 19, H, W."""
        return _double(self.logits_at_half(image))


class _Residual(nn.Module):
    def __init__(self, channels: int, *, dilation: int = 1) -> None:
        super().__init__()
        self.first = _conv(channels, channels, dilation=dilation)
        self.second = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, features: Tensor) -> Tensor:
        return functional.relu(features + self.second(self.first(features)))


def _conv(inputs: int, outputs: int, *, kernel: int = 3, stride: int = 1, dilation: int = 1) -> nn.Sequential:
    padding = dilation * (kernel // 2)
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, dilation, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


def _double(features: Tensor) -> Tensor:
    return functional.interpolate(features, scale_factor=2.0, mode="bilinear", align_corners=False)
