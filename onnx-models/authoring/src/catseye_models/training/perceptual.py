"""How far a picture and its synthesis differ, as the segmentation network's own encoder sees them.

It takes the place of VGG19, whose ImageNet weights cannot be shipped: the encoder learnt its features from drawn scenes
together with the classes. The fine levels tell most; the encoder's coarsest is left out.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from catseye_models.networks.layers import channel_sum, size_of
from catseye_models.training.network import SegmentationNetwork

LEVEL_WEIGHTS = (1.0, 0.5, 0.25)
"""Of the encoder's maps at 1/2, 1/4 and 1/8: fine levels show small things. The published order, coarse heaviest, found
less in a sketch of this pipeline."""


class FeatureDifference(nn.Module):
    """The perceptual difference by a trained encoder.

    Args:
        segmentation: trained; its first three stages are used, not copied.
        scales: mean absolute difference of each level on ordinary frames, by which the level is divided.
    """

    def __init__(self, segmentation: SegmentationNetwork, scales: tuple[float, ...] = (1.0, 1.0, 1.0)) -> None:
        super().__init__()
        self.stages = nn.ModuleList([segmentation.at_half, segmentation.at_quarter, segmentation.at_eighth])
        self.scales = scales

    def levels(self, image: Tensor, synthesis: Tensor) -> list[Tensor]:
        """Return the mean absolute difference of the features, [N, 1, H / 2^l, W / 2^l] for l = 1 to 3, unscaled."""
        maps = []
        for stage in self.stages:
            image, synthesis = stage(image), stage(synthesis)
            maps.append(channel_sum((image - synthesis).abs(), factor=1 / int(image.shape[1])))
        return maps

    def forward(self, image: Tensor, synthesis: Tensor) -> Tensor:
        """Return the perceptual difference, float [N, 1, H, W], at least 0 and about 1 on ordinary frames.

        Args:
            image: float [N, 3, H, W], RGB / 255, normalised by ImageNet's mean and deviation; H and W multiples of 8.
            synthesis: as `image`.
        """
        size = size_of(image)
        whole = sum(LEVEL_WEIGHTS)
        parts = [
            functional.interpolate(level, size=size, mode="bilinear", align_corners=False) * (weight / whole / scale)
            for level, weight, scale in zip(self.levels(image, synthesis), LEVEL_WEIGHTS, self.scales, strict=True)
        ]
        return torch.stack(parts).sum(dim=0)


def scaled(segmentation: SegmentationNetwork, pairs: list[tuple[Tensor, Tensor]]) -> FeatureDifference:
    """Return the difference whose levels are divided by their means over ordinary pictures and their syntheses."""
    difference = FeatureDifference(segmentation).eval()
    with torch.inference_mode():
        means = torch.tensor([[float(level.mean()) for level in difference.levels(*pair)] for pair in pairs]).mean(0)
    return FeatureDifference(segmentation, tuple(means.tolist())).eval()
