"""ICNet, the segmentation of the Light pipeline: three branches of a picture, fused from coarse to fine.

Source: Zhao et al., "ICNet for Real-Time Semantic Segmentation", ECCV 2018, with the PSPNet ResNet-50 of Fast_Seg,
commit 682e0e6, as SynBoost uses it (giandbt/synboost, commit eaa4d3a).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from catseye_models.networks.layers import (
    AveragePool,
    ConvNormRelu,
    channels,
    conv_norm,
    corner_aligned,
    size_of,
)

EXPANSION = 4
"""A bottleneck's output channels over its inner channels."""


class Bottleneck(nn.Module):
    """Residual block 1x1, 3x3, 1x1. Entries: `conv1..3`, `bn1..3`, and `downsample.{0,1}` where the shape changes."""

    def __init__(self, inputs: int, inner: int, *, stride: int = 1, dilation: int = 1) -> None:
        super().__init__()
        outputs = inner * EXPANSION
        self.conv1, self.bn1 = conv_norm(inputs, inner, 1)
        self.conv2, self.bn2 = conv_norm(inner, inner, 3, stride=stride, dilation=dilation)
        self.conv3, self.bn3 = conv_norm(inner, outputs, 1)
        changes = stride != 1 or inputs != outputs
        self.downsample = nn.Sequential(*conv_norm(inputs, outputs, 1, stride=stride)) if changes else None

    def forward(self, x: Tensor) -> Tensor:
        """[N, inputs, H, W] to [N, 4 inner, H / stride, W / stride], at least 0."""
        out = functional.relu(self.bn1(self.conv1(x)))
        out = functional.relu(self.bn2(self.conv2(out)))
        out = self.bn3(self.conv3(out))
        return functional.relu(out + (x if self.downsample is None else self.downsample(x)))


def bottlenecks(count: int, inputs: int, inner: int, *, stride: int = 1, dilation: int = 1) -> nn.Sequential:
    """Return `count` blocks; only the first one strides."""
    first = Bottleneck(inputs, inner, stride=stride, dilation=dilation)
    rest = [Bottleneck(inner * EXPANSION, inner, dilation=dilation) for _ in range(count - 1)]
    return nn.Sequential(first, *rest)


class PyramidHead(nn.Module):
    """PSPNet's pyramid pooling: averages over 1, 2, 3 and 6 cells a side beside the feature itself.

    Entries: `stages.{0..3}.{1,2}` (1x1 convolution, norm; no ReLU), `bottleneck.{0,1}`.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        grids = (1, 2, 3, 6)
        self.stages = nn.ModuleList(
            nn.Sequential(AveragePool(cells), *conv_norm(inputs, outputs, 1)) for cells in grids
        )
        self.bottleneck = nn.Sequential(*conv_norm(inputs + len(grids) * outputs, outputs, 3), nn.ReLU())

    def forward(self, x: Tensor) -> Tensor:
        """[N, inputs, H, W] to [N, outputs, H, W], at least 0."""
        size = size_of(x)
        pyramid = [corner_aligned(stage(x), size) for stage in self.stages]
        return self.bottleneck(torch.cat([*pyramid, x], dim=1))


class Backbone(nn.Module):
    """ResNet-50 with a deep stem and a pyramid head; its last two stages keep the size and dilate.

    Attributes:
        outputs_layer2: channels of `to_layer2`.
        outputs: channels of `from_layer2`.
    """

    def __init__(self, width: float) -> None:
        super().__init__()
        stem = channels(64, width), channels(64, width), channels(128, width)
        inner = [channels(published, width) for published in (64, 128, 256, 512)]
        outer = [EXPANSION * count for count in inner]
        self.conv1, self.bn1 = conv_norm(3, stem[0], 3, stride=2)
        self.conv2, self.bn2 = conv_norm(stem[0], stem[1], 3)
        self.conv3, self.bn3 = conv_norm(stem[1], stem[2], 3)
        self.pool = nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True)
        self.layer1 = bottlenecks(3, stem[2], inner[0])
        self.layer2 = bottlenecks(4, outer[0], inner[1], stride=2)
        self.layer3 = bottlenecks(6, outer[1], inner[2], dilation=2)
        self.layer4 = bottlenecks(3, outer[2], inner[3], dilation=4)
        self.outputs_layer2 = outer[1]
        self.outputs = channels(512, width)
        self.head = PyramidHead(outer[3], self.outputs)

    def to_layer2(self, x: Tensor) -> Tensor:
        """Picture at half size [N, 3, H, W] to [N, outputs_layer2, about H / 8, about W / 8].

        The pool rounds sizes up: 512x1024 gives 65x129.
        """
        x = functional.relu(self.bn1(self.conv1(x)))
        x = functional.relu(self.bn2(self.conv2(x)))
        x = functional.relu(self.bn3(self.conv3(x)))
        return self.layer2(self.layer1(self.pool(x)))

    def from_layer2(self, x: Tensor) -> Tensor:
        """[N, outputs_layer2, H, W] to [N, outputs, H, W]: layers 3 and 4, then the pyramid head."""
        return self.head(self.layer4(self.layer3(x)))


class CascadeFusion(nn.Module):
    """Adds a coarse branch, enlarged and dilated, to a finer one.

    Entries: `conv_low.{0,1}`, `conv_high.{0,1}`, `conv_low_cls` (an auxiliary classifier of the published training;
    the released file has it, the logits do not depend on it).
    """

    def __init__(self, low: int, high: int, outputs: int, classes: int) -> None:
        super().__init__()
        self.conv_low = nn.Sequential(*conv_norm(low, outputs, 3, dilation=2))
        self.conv_high = nn.Sequential(*conv_norm(high, outputs, 1))
        self.conv_low_cls = nn.Conv2d(outputs, classes, 1, bias=False)

    def forward(self, low: Tensor, high: Tensor) -> Tensor:
        """[N, low, h, w] and [N, high, H, W] to [N, outputs, H, W], at least 0."""
        enlarged = self.conv_low(corner_aligned(low, size_of(high)))
        return functional.relu(enlarged + self.conv_high(high))


class FusionHead(nn.Module):
    """Both fusions and the classifier. Entries: `cff_24.*`, `cff_12.*`, `conv_cls.weight`."""

    def __init__(self, sub1: int, sub: int, inner: int, classes: int) -> None:
        super().__init__()
        self.cff_12 = CascadeFusion(inner, sub1, inner, classes)
        self.cff_24 = CascadeFusion(sub, sub, inner, classes)
        self.conv_cls = nn.Conv2d(inner, classes, 1, bias=False)

    def forward(self, sub1: Tensor, sub2: Tensor, sub4: Tensor) -> Tensor:
        """Branches at 1/8, about 1/16 and about 1/32 of the picture to logits [N, classes, H / 4, W / 4]."""
        fused = self.cff_12(self.cff_24(sub4, sub2), sub1)
        height, width = size_of(fused)
        return self.conv_cls(corner_aligned(fused, (2 * height, 2 * width)))


class IcNet(nn.Module):
    """ICNet with output at full size, 47 489 184 parameters at width 1.

    Args:
        classes: channels of the logits.
        width: factor on every inner channel count.
    """

    def __init__(self, *, classes: int = 19, width: float = 1.0) -> None:
        super().__init__()
        fine = channels(32, width), channels(32, width), channels(64, width)
        sub = channels(256, width)
        self.conv_sub1 = nn.Sequential(
            ConvNormRelu(3, fine[0], 3, stride=2),
            ConvNormRelu(fine[0], fine[1], 3, stride=2),
            ConvNormRelu(fine[1], fine[2], 3, stride=2),
        )
        self.backbone = Backbone(width)
        self.head = FusionHead(fine[2], sub, channels(128, width), classes)
        self.conv_sub4 = ConvNormRelu(self.backbone.outputs, sub, 1)
        self.conv_sub2 = ConvNormRelu(self.backbone.outputs_layer2, sub, 1)

    def forward(self, image: Tensor) -> Tensor:
        """Return class scores before the softmax, float [N, classes, H, W].

        Args:
            image: float [N, 3, H, W], BGR, 0 to 255 minus (103.939, 116.779, 123.68); H and W multiples of 8, at
                least 64. Published size: 1024x2048.
        """
        height, width = size_of(image)
        sub2 = self.backbone.to_layer2(corner_aligned(image, (height // 2, width // 2)))
        coarse_height, coarse_width = size_of(sub2)
        sub4 = self.backbone.from_layer2(corner_aligned(sub2, (coarse_height // 2, coarse_width // 2)))
        logits = self.head(self.conv_sub1(image), self.conv_sub2(sub2), self.conv_sub4(sub4))
        return corner_aligned(logits, (height, width))
