"""Trains the networks that compare a picture with its synthesis."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from catseye_models.labels import CITYSCAPES
from catseye_models.networks.dissimilarity import Comparator, DissimNet, DissimNetPrior
from catseye_models.scores import ScoreCounts
from catseye_models.training.loop import Grade, Schedule, Training, read_checkpoint
from catseye_models.training.normalise import to_input
from catseye_models.training.pairs import PICTURE, PRIOR, SEMANTIC, SYNTHESIS, TRUTH, Examples
from catseye_models.training.unknowns import ANOMALOUS, IGNORED, NORMAL

_CLASSES: Final = len(CITYSCAPES.classes)
_CENTRED: Final = 0.7
"""Share of cuts that are laid around an anomalous pixel."""

_LEVELS: Final = 1 << 16


@dataclass(frozen=True, kw_only=True)
class DissimilarityRecipe(Schedule):
    """All that decides what comes out, besides the examples.

    ``prior``: with the uncertainty maps (DissimNetPrior), or without (DissimNet). ``anomaly_weight`` is that of an
    anomalous pixel in the cross-entropy; the published formula, 1 / ln(1.02 + share), would give about 7 times the
    weight of a normal one. Cuts are ``cut_height`` x ``cut_width`` px.
    """

    iterations: int = 2500
    learning_rate: float = 2e-3
    width: float = 12 / 64
    fold: int = 2
    prior: bool = True
    anomaly_weight: float = 4.0
    cut_height: int = 192
    cut_width: int = 320
    seed: int = 13


class DissimilarityTraining(Training):
    """Trains on `pairs`; the average precision on the validation examples, 0 to 1, decides."""

    def __init__(
        self,
        recipe: DissimilarityRecipe,
        *,
        examples: Examples,
        validation: Examples,
        folder: Path,
        start: Path | None = None,
    ) -> None:
        """Prepare the run; a checkpoint in ``folder`` must be of the same recipe. ``start``: see `Training`."""
        torch.manual_seed(recipe.seed)
        network = _empty(width=recipe.width, fold=recipe.fold, prior=recipe.prior)
        _begin(network)
        super().__init__(recipe, network, frames=len(examples), folder=folder, start=start)
        self._comparison = recipe
        self._examples = examples
        self._validation = validation
        self._weights = torch.tensor([1.0, recipe.anomaly_weight])

    def losses(self, chosen: list[int], rng: np.random.Generator) -> dict[str, Tensor]:
        """Return the cross-entropy over two classes."""
        cuts = np.stack([self._cut(self._examples[number], rng) for number in chosen])
        gain = rng.uniform(0.85, 1.15, (len(cuts), 1, 1, 1)).astype(np.float32)
        cuts[..., PICTURE] = np.clip(cuts[..., PICTURE] * gain, 0, 255).astype(np.uint8)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = self._logits(cuts)
        truth = torch.from_numpy(cuts[..., TRUTH].astype(np.int64))
        entropy = functional.cross_entropy(logits.float(), truth, weight=self._weights, ignore_index=IGNORED)
        return {"cross_entropy": entropy}

    def grade(self) -> Grade:
        """Return the average precision over the pixels that are not ignored."""
        counts = ScoreCounts.of_levels(_LEVELS)
        for number in range(len(self._validation)):
            example = self._validation[number]
            probability = self._logits(example[None]).softmax(1)[0, ANOMALOUS].numpy()
            truth = example[..., TRUTH]
            scores = (probability * (_LEVELS - 1)).astype(np.uint16)
            counts.add(scores, anomalous=truth == ANOMALOUS, normal=truth == NORMAL)
        quality = counts.quality()
        return Grade(
            quality.average_precision,
            {
                "validation_average_precision": quality.average_precision,
                "validation_fpr95": quality.fpr95,
                "validation_auroc": quality.auroc,
            },
        )

    def _logits(self, examples: NDArray[np.uint8]) -> Tensor:
        inputs = inputs_of(examples)
        return self.network(*(inputs if self._comparison.prior else inputs[:3]))

    def _cut(self, example: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
        """Return a part of an example, mirrored or not, most often one with an anomaly in it."""
        whole = np.array(example.shape[:2])
        size = np.array([self._comparison.cut_height, self._comparison.cut_width])
        anomalous = np.argwhere(example[::4, ::4, TRUTH] == ANOMALOUS) * 4
        if len(anomalous) and rng.random() < _CENTRED:
            corner = anomalous[rng.integers(len(anomalous))] - rng.integers(size)
        else:
            corner = rng.integers(whole)
        top, left = np.clip(corner, 0, whole - size)
        cut = np.array(example[top : top + size[0], left : left + size[1]])
        return cut[:, ::-1] if rng.random() < 0.5 else cut


def inputs_of(examples: NDArray[np.uint8]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return image, synthesis, semantic and prior, float [n, C, H, W], of examples uint8 [n, H, W, CHANNELS]."""
    picture, synthesis = (to_input(np.ascontiguousarray(examples[..., part])) for part in (PICTURE, SYNTHESIS))
    ids = torch.from_numpy(examples[..., SEMANTIC].astype(np.int64))
    semantic = functional.one_hot(ids, _CLASSES).permute(0, 3, 1, 2).float()
    prior = torch.from_numpy(np.ascontiguousarray(examples[..., PRIOR])).permute(0, 3, 1, 2).float() / 255
    last = torch.channels_last
    return picture, synthesis, semantic.contiguous(memory_format=last), prior.contiguous(memory_format=last)


def load_comparator(path: Path) -> Comparator:
    """Return the network of a checkpoint, ready to answer."""
    state = read_checkpoint(path)
    network = _empty(**{key: state["recipe"][key] for key in ("width", "fold", "prior")})
    network.load_state_dict(state["network"])
    network.eval()
    return network


def _empty(*, width: float, fold: int, prior: bool) -> Comparator:
    return (DissimNetPrior if prior else DissimNet)(classes=_CLASSES, width=width, fold=fold)


def _begin(network: nn.Module) -> None:
    """Draw the weights: He's, with small scales and shifts where the labels steer a norm."""
    for name, layer in network.named_modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
            if name.endswith((".gamma", ".beta")):
                with torch.no_grad():
                    layer.weight.mul_(0.1)
