"""Trains the generator that redraws a picture from its labels."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from catseye_models.labels import CITYSCAPES_LABEL_IDS
from catseye_models.networks.spade import SpadeGenerator, fold_spectral_norm
from catseye_models.published import GENERATOR_LABELS
from catseye_models.scenes.labels import VOID
from catseye_models.training.data import LabelledFrames
from catseye_models.training.loop import Grade, Schedule, Training, read_checkpoint
from catseye_models.training.network import SegmentationNetwork
from catseye_models.training.normalise import renormalise, to_input

COLOUR_WEIGHT = 8.0
"""Of the absolute difference of the pictures, beside that of the encoder's features."""

_GRADED_FRAMES = 40


@dataclass(frozen=True, kw_only=True)
class GeneratorRecipe(Schedule):
    """All that decides what comes out, besides the data and the segmentation network."""

    iterations: int = 600
    batch: int = 4
    learning_rate: float = 2e-3
    validate_every: int = 150
    width: float = 5 / 64
    fold: int = 2
    seed: int = 12


class GeneratorTraining(Training):
    """Trains on frames and their classes; the loss on validation frames, redrawn from what is answered, decides.

    There is no adversarial loss: a discriminator would cost as much again, and a generator that invents details makes
    the comparison harder.
    """

    def __init__(
        self,
        recipe: GeneratorRecipe,
        *,
        segmentation: SegmentationNetwork,
        train: LabelledFrames,
        validation: LabelledFrames,
        folder: Path,
    ) -> None:
        """Prepare the run; ``segmentation`` is trained, and stays as it is."""
        torch.manual_seed(recipe.seed)
        super().__init__(recipe, _drawn(recipe), frames=len(train), folder=folder)
        self._segmentation = segmentation.eval().requires_grad_(requires_grad=False)
        self._train = train
        self._validation = validation

    def losses(self, chosen: list[int], rng: np.random.Generator) -> dict[str, Tensor]:
        """Return how far the redrawn pictures are off, in colours and in features."""
        rgb, train_ids = self._train.rgb[chosen], self._train.train_ids[chosen]
        if rng.random() < 0.5:
            rgb, train_ids = rgb[:, :, ::-1], train_ids[:, :, ::-1]
        image = to_input(np.ascontiguousarray(rgb))
        answered = self._answers(image)
        truth = torch.from_numpy(np.ascontiguousarray(train_ids)).long()
        known = truth != VOID
        return self._differences(image, torch.where(known, truth, answered), known)

    def grade(self) -> Grade:
        """Return minus the loss on validation frames."""
        totals = []
        for rgb in self._validation.rgb[:_GRADED_FRAMES]:
            image = to_input(rgb[None])
            answered = self._answers(image)
            totals.append([float(one) for one in self._differences(image, answered, answered != VOID).values()])
        colour, features = np.mean(totals, axis=0).tolist()
        return Grade(-colour - features, {"validation_colour": colour, "validation_features": features})

    def _answers(self, image: Tensor) -> Tensor:
        with torch.no_grad():
            return self._segmentation(image).argmax(1)

    def _differences(self, image: Tensor, train_ids: Tensor, known: Tensor) -> dict[str, Tensor]:
        """Return the parts of the loss where ``known``; image [N, 3, H, W] normalised, the others [N, H, W]."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            picture = self.network(labels_and_edges(train_ids))
        redrawn = renormalise(picture.float())
        inside = known[:, None].float()
        colour = ((redrawn - image).abs() * inside).mean() * COLOUR_WEIGHT / 4  # deviations of ImageNet are about 1/4
        with torch.autocast("cpu", dtype=torch.bfloat16):
            with torch.no_grad():
                expected = self._segmentation.features(image)
            actual = self._segmentation.features(redrawn)
        features = image.new_zeros(())
        for one, other in zip(actual, expected, strict=True):
            level = functional.interpolate(inside, size=one.shape[-2:])
            other = other.float()
            features = features + ((one.float() - other).abs() * level).mean() / (other.abs().mean() + 1e-3)
        return {"colour": colour, "features": features}


def labels_and_edges(train_ids: Tensor) -> Tensor:
    """Return the generator's input, float [N, 36, H, W], of train ids [N, H, W]: one channel per label id, then edges.

    Edges lie on both sides of every border between labels, as in the fused graph.
    """
    table = torch.zeros(VOID + 1, dtype=torch.long)
    table[: len(CITYSCAPES_LABEL_IDS)] = torch.tensor(CITYSCAPES_LABEL_IDS)
    labels = table[train_ids]
    one_hot = functional.one_hot(labels, GENERATOR_LABELS).permute(0, 3, 1, 2).float()
    edges = torch.zeros_like(labels, dtype=torch.bool)
    across, down = labels[:, :, 1:] != labels[:, :, :-1], labels[:, 1:] != labels[:, :-1]
    edges[:, :, 1:] |= across
    edges[:, :, :-1] |= across
    edges[:, 1:] |= down
    edges[:, :-1] |= down
    planes = torch.cat([one_hot, edges[:, None].float()], 1)
    return planes.contiguous(memory_format=torch.channels_last)


def load_generator(path: Path) -> SpadeGenerator:
    """Return the generator of a checkpoint, spectral norms folded, ready to draw."""
    state = read_checkpoint(path)
    network = _empty(state["recipe"]["width"], state["recipe"]["fold"])
    network.load_state_dict(state["network"])
    fold_spectral_norm(network.eval())
    return network


def redraw(generator: SpadeGenerator, train_ids: NDArray[np.uint8]) -> Tensor:
    """Return the normalised synthesis, float [N, 3, H, W], of train ids (N, H, W)."""
    with torch.inference_mode():
        return renormalise(generator(labels_and_edges(torch.from_numpy(train_ids.astype(np.int64)))))


def _drawn(recipe: GeneratorRecipe) -> SpadeGenerator:
    network = _empty(recipe.width, recipe.fold)
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.xavier_normal_(getattr(layer, "weight_orig", layer.weight))
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
    return network


def _empty(width: float, fold: int) -> SpadeGenerator:
    return SpadeGenerator(labels=GENERATOR_LABELS + 1, width=width, fold=fold)
