"""The dissimilarity networks: they compare a frame with its synthesis, given what the segmentation said.

Source: Di Biase et al., "Pixel-wise Anomaly Detection in Complex Driving Scenes", CVPR 2021, appendix A.1, and
giandbt/synboost, commit eaa4d3a.
Deviates from the appendix, with the code: taps lie before each pool, the prior is multiplied after a 1x1 convolution
without activation, a correlation channel stands before every fused map, the decoder's activation is SELU.
"""

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from catseye_models.networks.layers import channel_sum, channels, folded, nearest, shares, size_of, unfolded

VGG16 = ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512))
"""Channels of the picture encoder's convolutions at width 1, level by level."""


class PictureEncoder(nn.Module):
    """VGG16 up to relu4_3. Entries: `layer1.{0,2}`, `layer2.{1,3}`, `layer3.{1,3,5}`, `layer4.{1,3,5}`."""

    def __init__(self, inputs: int, width: float) -> None:
        super().__init__()
        for level, counts in enumerate(VGG16, start=1):
            layers: list[nn.Module] = [nn.MaxPool2d(2)] if level > 1 else []
            for count in counts:
                layers += [nn.Conv2d(inputs, channels(count, width), 3, padding=1), nn.ReLU()]
                inputs = channels(count, width)
            self.add_module(f"layer{level}", nn.Sequential(*layers))

    def forward(self, image: Tensor) -> list[Tensor]:
        """[N, inputs, H, W] to the last ReLU of each level, before its pool: sizes 1, 1/2, 1/4, 1/8."""
        features: list[Tensor] = []
        for layer in self.children():
            image = layer(image)
            features.append(image)
        return features


class MapEncoder(nn.Module):
    """Encoder of label or uncertainty maps: 7x7, then three strided 3x3. Entries: `hidden_layers.{0..3}.0`.

    Args:
        inputs: channels of the map.
        outputs: channels of each level.
    """

    def __init__(self, inputs: int, outputs: list[int]) -> None:
        super().__init__()
        first = nn.Sequential(nn.Conv2d(inputs, outputs[0], 7, padding=3), nn.ReLU())
        rest = [
            nn.Sequential(nn.Conv2d(fine, coarse, 3, stride=2, padding=1), nn.ReLU())
            for fine, coarse in pairwise(outputs)
        ]
        self.hidden_layers = nn.ModuleList([first, *rest])

    def forward(self, x: Tensor) -> list[Tensor]:
        """[N, inputs, H, W] to one feature per level: sizes 1, 1/2, 1/4, 1/8."""
        features: list[Tensor] = []
        for layer in self.hidden_layers:
            x = layer(x)
            features.append(x)
        return features


class SemanticNorm(nn.Module):
    """Instance norm whose scale and shift are drawn from the semantic map. Entries: `shared.0`, `gamma`, `beta`.

    The norm has no parameters and no running values: its statistics are those of each picture, at inference too.
    """

    def __init__(self, features: int, classes: int, hidden: int) -> None:
        super().__init__()
        self.norm = nn.InstanceNorm2d(features)
        self.shared = nn.Sequential(nn.Conv2d(classes, hidden, 3, padding=1), nn.ReLU())
        self.gamma = nn.Conv2d(hidden, features, 3, padding=1)
        self.beta = nn.Conv2d(hidden, features, 3, padding=1)

    def forward(self, x: Tensor, semantic: Tensor) -> Tensor:
        """[N, features, H, W] and [N, classes, any size] to [N, features, H, W]."""
        shared = self.shared(nearest(semantic, size_of(x)))
        return self.norm(x) * (1 + self.gamma(shared)) + self.beta(shared)


class SemanticRefinement(nn.Module):
    """Decoder step of `DissimNetPrior`: norm, SELU, 3x3, norm, SELU. Entries: `norm{1,2}`, `conv`."""

    def __init__(self, features: int, classes: int, hidden: int) -> None:
        super().__init__()
        self.norm1 = SemanticNorm(features, classes, hidden)
        self.conv = nn.Conv2d(features, features, 3, padding=1)
        self.norm2 = SemanticNorm(features, classes, hidden)

    def forward(self, x: Tensor, semantic: Tensor) -> Tensor:
        """[N, features, H, W] and [N, classes, any size] to [N, features, H, W]."""
        x = self.conv(functional.selu(self.norm1(x, semantic)))
        return functional.selu(self.norm2(x, semantic))


class PlainRefinement(nn.ModuleList):
    """Decoder step of `DissimNet`: 3x3, SELU; it does not look at the semantic map. Entry: `0`."""

    def __init__(self, features: int) -> None:
        super().__init__([nn.Conv2d(features, features, 3, padding=1)])

    def forward(self, x: Tensor, _semantic: Tensor) -> Tensor:
        """[N, features, H, W] to the same shape."""
        return functional.selu(self[0](x))


def conv_selu(inputs: int, outputs: int) -> nn.Sequential:
    """Return a 3x3 convolution and its SELU."""
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1), nn.SELU())


class Comparator(nn.Module):
    """What both networks share: encoders, fusion of the levels, decoder.

    Args:
        refinement: makes the second step of a decoder block for a channel count.
        classes: channels of the semantic map.
        width: factor on every inner channel count.
        fold: side of the squares of pixels that the network treats as one place; 1 as published. It then works at
            1 / fold of the size, which takes 1 / fold^2 of the arithmetic, and still sees and judges every pixel.
    """

    def __init__(self, refinement: Callable[[int], nn.Module], *, classes: int, width: float, fold: int) -> None:
        super().__init__()
        self.fold = fold
        one, two, three, four = (channels(count, width) for count in (64, 128, 256, 512))
        semantic = [channels(count, width) for count in (32, 64, 128, 256)]
        self.vgg_encoder = PictureEncoder(3 * fold**2, width)
        self.semantic_encoder = MapEncoder(classes, semantic)

        self.conv10 = nn.Conv2d(2 * one + semantic[0], one, 1)
        self.conv9 = nn.Conv2d(2 * two + semantic[1], two, 1)
        self.conv8 = nn.Conv2d(2 * three + semantic[2], three, 1)
        self.conv7 = nn.Conv2d(2 * four + semantic[3], four, 1)

        self.conv1 = conv_selu(four + 1, three)
        self.conv2 = refinement(three)
        self.tconv1 = nn.ConvTranspose2d(three, three, 2, stride=2)
        self.conv12 = conv_selu(three + three + 1, three)
        self.conv13 = refinement(three)
        self.tconv3 = nn.ConvTranspose2d(three, three, 2, stride=2)
        self.conv3 = conv_selu(three + two + 1, two)
        self.conv4 = refinement(two)
        self.tconv2 = nn.ConvTranspose2d(two, two, 2, stride=2)
        self.conv5 = conv_selu(two + one + 1, one)
        self.conv6 = refinement(one)
        self.conv11 = nn.Conv2d(one, 2 * fold**2, 1)

    def fuse(self, image: Tensor, synthesis: Tensor, semantic: Tensor, prior: list[Tensor] | None) -> list[Tensor]:
        """Return one map per level, fine to coarse; channel 0 is the correlation of picture and synthesis."""
        levels: list[Tensor] = []
        encoded = (self.vgg_encoder(folded(picture, self.fold)) for picture in (image, synthesis))
        pictures = zip(*encoded, strict=True)
        semantics = self.semantic_encoder(shares(semantic, self.fold))
        joins = (self.conv10, self.conv9, self.conv8, self.conv7)
        for level, ((one, other), join) in enumerate(zip(pictures, joins, strict=True)):
            fused = join(torch.cat([one, other, semantics[level]], dim=1))
            if prior is not None:
                fused = fused * prior[level]
            correlation = channel_sum(one * other)  # N, 1, H, W; unnormalised
            levels.append(torch.cat([correlation, fused], dim=1))
        return levels

    def decode(self, levels: list[Tensor], semantic: Tensor) -> Tensor:
        """Return logits [N, 2, H, W] from the fused levels; channel 1 stands for "anomaly"."""
        semantic = shares(semantic, self.fold)
        x = self.tconv1(self.conv2(self.conv1(levels[3]), semantic))
        x = self.tconv3(self.conv13(self.conv12(torch.cat([x, levels[2]], dim=1)), semantic))
        x = self.tconv2(self.conv4(self.conv3(torch.cat([x, levels[1]], dim=1)), semantic))
        x = self.conv6(self.conv5(torch.cat([x, levels[0]], dim=1)), semantic)
        return unfolded(self.conv11(x), self.fold)


class DissimNetPrior(Comparator):
    """SynBoost's network: uncertainty weighs the features, semantics steer the decoder; 18 780 162 parameters.

    Args:
        classes: channels of the semantic map.
        width: factor on every inner channel count; 1.0 is the published size.
        fold: as for `Comparator`.
    """

    def __init__(self, *, classes: int = 19, width: float = 1.0, fold: int = 1) -> None:
        hidden = channels(128, width)
        super().__init__(
            lambda features: SemanticRefinement(features, classes, hidden), classes=classes, width=width, fold=fold
        )
        self.prior_encoder = MapEncoder(3 * fold**2, [channels(count, width) for count in (64, 128, 256, 512)])

    def forward(self, image: Tensor, synthesis: Tensor, semantic: Tensor, prior: Tensor) -> Tensor:
        """Return logits, float [N, 2, H, W]; the softmax's channel 1 is the anomaly probability.

        Args:
            image: float [N, 3, H, W], RGB / 255, normalised by ImageNet's mean and deviation; H, W multiples of
                8 fold. Published size: 256x512.
            synthesis: as `image`.
            semantic: float [N, classes, H, W], one-hot; void is all zeros.
            prior: float [N, 3, H, W], 0 to 1, in this order: entropy, perceptual difference, softmax distance.
        """
        levels = self.fuse(image, synthesis, semantic, self.prior_encoder(folded(prior, self.fold)))
        return self.decode(levels, semantic)


class DissimNet(Comparator):
    """Comparator of Image Resynthesis(++): no uncertainty, plain decoder; 13 798 530 parameters.

    Source: Lis et al., "Detecting the Unexpected via Image Resynthesis", ICCV 2019, as giandbt/synboost rebuilt it.

    Args:
        classes: channels of the semantic map.
        width: factor on every inner channel count; 1.0 is the published size.
        fold: as for `Comparator`.
    """

    def __init__(self, *, classes: int = 19, width: float = 1.0, fold: int = 1) -> None:
        super().__init__(PlainRefinement, classes=classes, width=width, fold=fold)

    def forward(self, image: Tensor, synthesis: Tensor, semantic: Tensor) -> Tensor:
        """Return logits, float [N, 2, H, W]; arguments as for `DissimNetPrior`."""
        return self.decode(self.fuse(image, synthesis, semantic, None), semantic)
