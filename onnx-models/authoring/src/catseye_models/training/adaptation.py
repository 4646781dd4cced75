"""Trains the segmentation network on: drawn scenes in other looks, and photographs labelled by itself."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from catseye_models.scenes.labels import VOID
from catseye_models.training.augment import augment
from catseye_models.training.data import LabelledFrames
from catseye_models.training.looks import another_look
from catseye_models.training.loop import Grade
from catseye_models.training.network import SegmentationNetwork
from catseye_models.training.normalise import to_input
from catseye_models.training.segmentation import Recipe, SegmentationTraining, load_network, measure

_GRADE_STREAM: Final = 2


@dataclass(frozen=True, kw_only=True)
class AdaptationRecipe(Recipe):
    """All that decides what comes out, besides the data and the network that is trained on.

    ``photographs`` of each batch are real ones, beside ``batch`` drawn pictures; where the network that is trained on
    is less than ``confidence`` sure (0 to 1), they teach nothing.
    """

    iterations: int = 1200
    learning_rate: float = 2e-3
    changed: float = 0.75
    photographs: int = 1
    confidence: float = 0.9
    seed: int = 14


class AdaptationTraining(SegmentationTraining):
    """Goes on from a trained network; the mean IoU decides, half on plain validation frames, half on changed ones."""

    def __init__(
        self,
        recipe: AdaptationRecipe,
        *,
        train: LabelledFrames,
        validation: LabelledFrames,
        folder: Path,
        start: Path,
        photographs: NDArray[np.uint8] | None = None,
    ) -> None:
        """Prepare the run; see `SegmentationTraining`. ``photographs`` (N, H, W, 3), none: drawn pictures alone."""
        super().__init__(recipe, train=train, validation=validation, folder=folder, start=start)
        self._adaptation = recipe
        self._photographs = photographs
        self._told = None if photographs is None else _labelled(load_network(start), photographs, recipe.confidence)
        rng = np.random.default_rng((recipe.seed, _GRADE_STREAM))
        seen = [another_look(rgb, ids, rng=rng) for rgb, ids in zip(validation.rgb, validation.train_ids, strict=True)]
        self._changed = LabelledFrames(np.stack(seen), validation.train_ids)

    def losses(self, chosen: list[int], rng: np.random.Generator) -> dict[str, Tensor]:
        """Return the cross-entropy, rare classes weighing more, void and what is not sure left out."""
        pairs = []
        for number in chosen:
            rgb, train_ids = self._train.rgb[number], self._train.train_ids[number]
            if rng.random() < self._adaptation.changed:
                rgb = another_look(rgb, train_ids, rng=rng, photographs=self._photographs)
            pairs.append(augment(rgb, train_ids, rng=rng))
        if self._told is not None:
            for number in rng.integers(len(self._told), size=self._adaptation.photographs):
                pairs.append(augment(self._told.rgb[number], self._told.train_ids[number], rng=rng))
        return self._loss(pairs)

    def grade(self) -> Grade:
        """Return the mean of both mean IoUs."""
        plain = super().grade()
        changed = measure(self._segmentation, self._changed).mean_iou()
        return Grade((plain.value + changed) / 2, {**plain.told, "validation_miou_changed": changed})


def _labelled(network: SegmentationNetwork, photographs: NDArray[np.uint8], confidence: float) -> LabelledFrames:
    """Return photographs with the classes that a network is sure of, seen both ways round."""
    labels = np.empty(photographs.shape[:3], np.uint8)
    with torch.inference_mode():
        for rgb, found in zip(photographs, labels, strict=True):
            straight = network(to_input(rgb[None])).softmax(1)
            mirrored = network(to_input(np.ascontiguousarray(rgb[None, :, ::-1]))).softmax(1).flip(3)
            sure, answer = ((straight + mirrored) / 2).max(1)
            found[:] = np.where(sure[0].numpy() >= confidence, answer[0].numpy(), VOID)
    return LabelledFrames(photographs, labels)
