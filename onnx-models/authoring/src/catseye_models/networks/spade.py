"""SPADE generator without image encoder, the synthesis of the Light pipeline: it redraws a picture from its labels.

Source: Park et al., "Semantic Image Synthesis with Spatially-Adaptive Normalization", CVPR 2019, with the options that
SynBoost uses (giandbt/synboost, commit eaa4d3a): upsampling "more", no VAE, spectral norm in the residual blocks.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import remove_spectral_norm, spectral_norm

from catseye_models.networks.layers import channels, doubled, nearest, shares, size_of, unfolded

SLOPE = 0.2
"""Of every leaky ReLU."""

LATENT_STEP = 64
"""The first feature map is this many times smaller than the picture: six doublings."""

BLOCKS = (
    ("head_0", 1024, 1024),
    ("G_middle_0", 1024, 1024),
    ("G_middle_1", 1024, 1024),
    ("up_0", 1024, 512),
    ("up_1", 512, 256),
    ("up_2", 256, 128),
    ("up_3", 128, 64),
)
"""Name, input and output channels at width 1, from coarse to fine; each but the first doubles the size."""


class SpatialNorm(nn.Module):
    """Parameter-free batch norm whose scale and shift are drawn from the labels, pixel by pixel.

    Entries: `param_free_norm.running_*`, `mlp_shared.0`, `mlp_gamma`, `mlp_beta`.
    """

    def __init__(self, features: int, labels: int, hidden: int) -> None:
        super().__init__()
        self.param_free_norm = nn.BatchNorm2d(features, affine=False)
        self.mlp_shared = nn.Sequential(nn.Conv2d(labels, hidden, 3, padding=1), nn.ReLU())
        self.mlp_gamma = nn.Conv2d(hidden, features, 3, padding=1)
        self.mlp_beta = nn.Conv2d(hidden, features, 3, padding=1)

    def forward(self, x: Tensor, labels: Tensor) -> Tensor:
        """[N, features, H, W] and labels of the same size [N, labels, H, W] to [N, features, H, W]."""
        shared = self.mlp_shared(labels)
        return self.param_free_norm(x) * (1 + self.mlp_gamma(shared)) + self.mlp_beta(shared)


class SpatialBlock(nn.Module):
    """Residual block of two spatially normalised 3x3 convolutions; its shortcut has no activation.

    Entries: `conv_{0,1}`, `norm_{0,1}`; with a change of channels also `conv_s` (1x1, no bias) and `norm_s`.
    """

    def __init__(self, inputs: int, outputs: int, labels: int, hidden: int) -> None:
        super().__init__()
        inner = min(inputs, outputs)
        self.conv_0 = spectral_norm(nn.Conv2d(inputs, inner, 3, padding=1))
        self.conv_1 = spectral_norm(nn.Conv2d(inner, outputs, 3, padding=1))
        self.norm_0 = SpatialNorm(inputs, labels, hidden)
        self.norm_1 = SpatialNorm(inner, labels, hidden)
        self.learned_shortcut = inputs != outputs
        if self.learned_shortcut:
            self.conv_s = spectral_norm(nn.Conv2d(inputs, outputs, 1, bias=False))
            self.norm_s = SpatialNorm(inputs, labels, hidden)

    def forward(self, x: Tensor, labels: Tensor) -> Tensor:
        """[N, inputs, H, W] and labels [N, labels, any size] to [N, outputs, H, W]."""
        labels = nearest(labels, size_of(x))
        out = self.conv_0(functional.leaky_relu(self.norm_0(x, labels), SLOPE))
        out = self.conv_1(functional.leaky_relu(self.norm_1(out, labels), SLOPE))
        return out + (self.conv_s(self.norm_s(x, labels)) if self.learned_shortcut else x)


class SpadeGenerator(nn.Module):
    """The generator, 93 048 003 parameters at width 1. Deterministic: it has no noise input.

    Args:
        labels: channels of the input.
        width: factor on every inner channel count.
        fold: side of the squares of pixels that the network treats as one place; 1 as published. It draws at 1 / fold
            of the size, fold^2 pixels at a place, which takes 1 / fold^2 of the arithmetic.
    """

    def __init__(self, *, labels: int = 36, width: float = 1.0, fold: int = 1) -> None:
        super().__init__()
        self.fold = fold
        hidden = channels(128, width)
        self.fc = nn.Conv2d(labels, channels(BLOCKS[0][1], width), 3, padding=1)
        for name, inputs, outputs in BLOCKS:
            self.add_module(name, SpatialBlock(channels(inputs, width), channels(outputs, width), labels, hidden))
        self.conv_img = nn.Conv2d(channels(BLOCKS[-1][2], width), 3 * fold**2, 3, padding=1)

    def forward(self, labels: Tensor) -> Tensor:
        """Return a picture, float [N, 3, H, W], RGB, -1 to 1.

        Args:
            labels: float [N, labels, H, W], 0 or 1: one channel per label id, edges last; H and W multiples of
                64 fold. Published size: 256x512.
        """
        labels = shares(labels, self.fold)
        height, width = size_of(labels)
        x = self.fc(nearest(labels, (height // LATENT_STEP, width // LATENT_STEP)))
        for name, _, _ in BLOCKS:
            x = self.get_submodule(name)(x if name == BLOCKS[0][0] else doubled(x), labels)
        return torch.tanh(unfolded(self.conv_img(functional.leaky_relu(x, SLOPE)), self.fold))


def fold_spectral_norm(network: nn.Module) -> nn.Module:
    """Replace every spectral-normalised weight by its quotient, in place, and return the network.

    weight = weight_orig / sigma, sigma = u . (M v), M = weight_orig as [outputs, rest], with the stored u and v and no
    further power iteration: what the layer computes at inference.
    """
    for layer in network.modules():
        if hasattr(layer, "weight_orig"):
            remove_spectral_norm(layer)
    return network
