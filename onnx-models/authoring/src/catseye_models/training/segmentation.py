"""Trains the segmentation network on drawn scenes."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from catseye_models.errors import UsageError
from catseye_models.labels import CITYSCAPES
from catseye_models.scenes.labels import VOID
from catseye_models.training.augment import augment
from catseye_models.training.data import LabelledFrames
from catseye_models.training.loop import Grade, Schedule, Training, read_checkpoint
from catseye_models.training.network import STRIDE, SegmentationNetwork
from catseye_models.training.normalise import to_input
from catseye_models.training.quality import Confusion


@dataclass(frozen=True, kw_only=True)
class Recipe(Schedule):
    """All that decides what comes out, besides the data."""

    iterations: int = 3000
    learning_rate: float = 4e-3
    width: float = 1.0
    seed: int = 11


class SegmentationTraining(Training):
    """Trains on frames with train ids; the mean IoU on the validation frames, 0 to 1, decides."""

    def __init__(
        self,
        recipe: Recipe,
        *,
        train: LabelledFrames,
        validation: LabelledFrames,
        folder: Path,
        start: Path | None = None,
    ) -> None:
        """Prepare the run; a checkpoint in ``folder`` must be of the same recipe. ``start``: see `Training`."""
        height, width = train.train_ids.shape[1:]
        if height % STRIDE or width % STRIDE:
            raise UsageError(f"training frames are {width}x{height}: both must be multiples of {STRIDE}")
        torch.manual_seed(recipe.seed)
        self._segmentation = SegmentationNetwork(recipe.width)
        super().__init__(recipe, self._segmentation, frames=len(train), folder=folder, start=start)
        self._train = train
        self._validation = validation
        self._class_weights = class_weights(train.train_ids)

    def losses(self, chosen: list[int], rng: np.random.Generator) -> dict[str, Tensor]:
        """Return the cross-entropy, rare classes weighing more, void left out."""
        return self._loss([augment(self._train.rgb[i], self._train.train_ids[i], rng=rng) for i in chosen])

    def _loss(self, pairs: list[tuple[NDArray[np.uint8], NDArray[np.uint8]]]) -> dict[str, Tensor]:
        rgb, train_ids = (np.stack(planes) for planes in zip(*pairs, strict=True))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = self._segmentation.logits_at_half(to_input(rgb))  # N, 19, H/2, W/2
        truth = torch.from_numpy(train_ids[:, ::2, ::2].astype(np.int64))
        entropy = functional.cross_entropy(logits.float(), truth, weight=self._class_weights, ignore_index=VOID)
        return {"cross_entropy": entropy}

    def grade(self) -> Grade:
        """Return the mean IoU."""
        confusion = measure(self._segmentation, self._validation)
        miou = confusion.mean_iou()
        told = {
            "validation_miou": miou,
            "validation_accuracy": confusion.accuracy(),
            "validation_iou": confusion.iou(),
        }
        return Grade(miou, told)


def load_network(path: Path) -> SegmentationNetwork:
    """Return the network of a checkpoint, ready to answer."""
    state = read_checkpoint(path)
    network = SegmentationNetwork(state["recipe"]["width"])
    network.load_state_dict(state["network"])
    return network.eval()


def measure(network: SegmentationNetwork, frames: LabelledFrames) -> Confusion:
    """Return how the network, in full precision, answers every frame."""
    network.eval()
    confusion = Confusion()
    with torch.inference_mode():
        for rgb, train_ids in zip(frames.rgb, frames.train_ids, strict=True):
            answer = network(to_input(rgb[None])).argmax(1)[0].numpy().astype(np.uint8)
            confusion.add(truth=train_ids, answer=answer)
    return confusion


def class_weights(train_ids: NDArray[np.uint8]) -> Tensor:
    """Return a weight per class (19,), 0.3 to 3, higher for rare ones.

    Source: Paszke et al., ENet (2016), 5.2: 1 / ln(c + share), here with c = 1.10 and a mean of 1.
    """
    counts = np.bincount(train_ids[::10].ravel(), minlength=256)[: len(CITYSCAPES.classes)]
    weights = 1 / np.log(1.10 + counts / counts.sum())
    return torch.tensor(weights / weights.mean(), dtype=torch.float32).clamp(0.3, 3.0)
