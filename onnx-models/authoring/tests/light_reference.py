"""SynBoost Light with Pillow and torch alone: what the fused graph is held against where the kit has no goldens.

Written from the published facts; shares the network classes with the product and none of its glue. Networks are loaded
by torch as they lie in the checkpoints, spectral norms unfolded.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from catseye_models.networks.dissimilarity import DissimNetPrior
from catseye_models.networks.icnet import IcNet
from catseye_models.networks.perceptual import Vgg19
from catseye_models.networks.spade import SpadeGenerator
from tests.glue import Array
from tests.released import PATHS

NETWORKS: dict[str, Callable[[], nn.Module]] = {
    "segmentation": IcNet,
    "synthesis": lambda: SpadeGenerator(labels=36),
    "perceptual": Vgg19,
    "dissimilarity": DissimNetPrior,
}
FULL, WORKING = (2048, 1024), (512, 256)
"""Width, height."""

LABEL_IDS = (7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33)
BGR_MEAN = (103.939, 116.779, 123.68)
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
NEAREST, BICUBIC = Image.Resampling.NEAREST, Image.Resampling.BICUBIC


def answers(release: Path, frame: Array) -> dict[str, Array]:
    """Return every map of the pipeline for one frame, uint8 [h, w, 3] RGB of any size, named as in the parity kit.

    Args:
        release: holds `models/` and the VGG file, in the published widths.
        frame: the picture.
    """
    picture = Image.fromarray(frame)
    if picture.size != FULL:
        picture = picture.resize(FULL, BICUBIC)
    bgr = torch.from_numpy(np.asarray(picture)[..., ::-1].astype(np.float32)) - torch.tensor(BGR_MEAN)
    logits = network(release, "segmentation")(bgr.permute(2, 0, 1)[None].contiguous())[0]
    train_ids = logits.argmax(dim=0)
    probabilities = logits.softmax(dim=0)
    entropy = torch.special.entr(probabilities).sum(dim=0)
    best, second = probabilities.topk(2, dim=0).values
    gap = best - second
    found = {
        "class_map": train_ids.byte(),
        "E8": levels((entropy - entropy.min()) / entropy.max()),
        "D8": levels(1 - (gap - gap.min()) / gap.max()),
    }
    del logits, probabilities
    small = {name: sampled(plane) for name, plane in found.items()}

    ids = torch.tensor(LABEL_IDS)[small["class_map"].long()]
    labels = torch.cat([functional.one_hot(ids, 35).permute(2, 0, 1).float(), edges(ids)[None]])
    drawn = network(release, "synthesis")(labels[None])[0]
    synthesis = levels((drawn + 1) / 2)

    pair = (
        normalised(torch.from_numpy(np.array(picture.resize(WORKING, NEAREST))).permute(2, 0, 1)),
        normalised(synthesis),
    )
    maps = network(release, "perceptual")(*pair)
    weights = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1)
    size = WORKING[::-1]
    difference = torch.zeros(size)
    for level, weight in zip(maps, weights, strict=True):
        difference += weight * functional.interpolate(level, size=size, mode="bicubic", align_corners=False)[0, 0]
    perceptual = levels((difference - difference.min()) / (difference.max() - difference.min()))

    semantic = functional.one_hot(small["class_map"].long(), 19).permute(2, 0, 1).float()
    prior = torch.stack([small["E8"], perceptual, small["D8"]]).float() / 255
    judged = network(release, "dissimilarity")(*pair, semantic[None], prior[None])[0]
    probability = judged.softmax(dim=0)[1]
    anomaly = 0.75 * probability + 0.25 * prior[0]
    final = Image.fromarray(anomaly.numpy()).resize((frame.shape[1], frame.shape[0]), BICUBIC)
    found |= {
        "label256": ids.byte(),
        "S8": synthesis.permute(1, 2, 0),
        "P8": perceptual,
        "q": probability,
        "A": anomaly,
    }
    return {**{name: value.numpy() for name, value in found.items()}, "final": np.asarray(final)}


def network(release: Path, role: str) -> nn.Module:
    """Return a network with the values of its file, every entry of which it must have."""
    made = NETWORKS[role]()
    made.load_state_dict(torch.load(release / PATHS[role], weights_only=True), strict=True)
    return made.eval().requires_grad_(False)


def levels(values: Tensor) -> Tensor:
    """0 to 1 to bytes, cut off."""
    return (values * 255).byte()


def sampled(plane: Tensor) -> Tensor:
    """Bytes of full size to working size, by Pillow."""
    return torch.from_numpy(np.array(Image.fromarray(plane.numpy()).resize(WORKING, NEAREST)))


def edges(ids: Tensor) -> Tensor:
    """1 where a neighbour above, below, left or right is another id."""
    found = torch.zeros(ids.shape, dtype=torch.bool)
    for axis in (0, 1):
        differs = ids.diff(dim=axis) != 0
        found.narrow(axis, 1, ids.shape[axis] - 1).logical_or_(differs)
        found.narrow(axis, 0, ids.shape[axis] - 1).logical_or_(differs)
    return found.float()


def normalised(picture: Tensor) -> Tensor:
    """Bytes [3, h, w] to [1, 3, h, w] by ImageNet's mean and deviation."""
    mean, deviation = (torch.tensor(values)[:, None, None] for values in (MEAN, DEVIATION))
    return ((picture.float() / 255 - mean) / deviation)[None]
