"""Trains the segmentation network on drawn scenes.

Every random choice depends on (seed, iteration) alone, so a run that was interrupted goes on as if it never stopped.
"""

import dataclasses
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from catseye_models.errors import AuthoringError, UsageError
from catseye_models.labels import CITYSCAPES
from catseye_models.scenes.labels import VOID
from catseye_models.training.augment import augment
from catseye_models.training.data import LabelledFrames
from catseye_models.training.network import STRIDE, SegmentationNetwork
from catseye_models.training.normalise import to_input
from catseye_models.training.quality import Confusion

LAST: Final = "last.pt"
BEST: Final = "best.pt"
METRICS: Final = "metrics.jsonl"

_LOG_EVERY: Final = 25
_ORDER_STREAM: Final = 0
_AUGMENT_STREAM: Final = 1


@dataclass(frozen=True)
class Recipe:
    """All that decides what comes out, besides the data.

    learning_rate is the peak of a one-cycle schedule that rises for ``warm_up`` (a share of the iterations).
    """

    iterations: int = 3000
    batch: int = 8
    learning_rate: float = 4e-3
    weight_decay: float = 1e-4
    warm_up: float = 0.15
    validate_every: int = 300
    width: float = 1.0
    seed: int = 11


class SegmentationTraining:
    """One training run in a folder; ``run`` starts it or goes on with it."""

    def __init__(self, recipe: Recipe, *, train: LabelledFrames, validation: LabelledFrames, folder: Path) -> None:
        """Prepare the run; a checkpoint in ``folder`` must be of the same recipe."""
        if len(train) < recipe.batch:
            raise UsageError(f"{len(train)} training frames are fewer than one batch of {recipe.batch}")
        height, width = train.train_ids.shape[1:]
        if height % STRIDE or width % STRIDE:
            raise UsageError(f"training frames are {width}x{height}: both must be multiples of {STRIDE}")
        self._recipe = recipe
        self._train = train
        self._validation = validation
        self._folder = folder
        torch.manual_seed(recipe.seed)
        self._network = SegmentationNetwork(recipe.width)
        self._network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # stubs lack it
        self._optimizer = torch.optim.AdamW(
            self._network.parameters(), recipe.learning_rate, weight_decay=recipe.weight_decay
        )
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            self._optimizer, recipe.learning_rate, total_steps=recipe.iterations, pct_start=recipe.warm_up
        )
        self._class_weights = class_weights(train.train_ids)
        self._iteration = 0
        self._best_miou = 0.0
        self._cpu_seconds = 0.0

    def run(self) -> float:
        """Train to the end of the recipe; return the best mean IoU on the validation frames, 0 to 1."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._resume()
        recipe, losses = self._recipe, []
        started = time.process_time() - self._cpu_seconds
        bar = tqdm(
            total=recipe.iterations, initial=self._iteration, unit="it", disable=not sys.stderr.isatty(), smoothing=0.05
        )
        with bar:
            while self._iteration < recipe.iterations:
                losses.append(self._step())
                self._iteration += 1
                self._cpu_seconds = time.process_time() - started
                bar.update()
                if self._iteration % _LOG_EVERY == 0:
                    self._log(loss=float(np.mean(losses)), learning_rate=self._schedule.get_last_lr()[0])
                    losses.clear()
                if self._iteration % recipe.validate_every == 0 or self._iteration == recipe.iterations:
                    self._validate()
                    self._save(LAST)
        return self._best_miou

    def _step(self) -> float:
        rgb, train_ids = self._batch()
        self._network.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = self._network.logits_at_half(to_input(rgb))  # N, 19, H/2, W/2
        truth = torch.from_numpy(train_ids[:, ::2, ::2].astype(np.int64))
        loss = functional.cross_entropy(logits.float(), truth, weight=self._class_weights, ignore_index=VOID)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._network.parameters(), 5.0)
        self._optimizer.step()
        self._schedule.step()
        return loss.item()

    def _batch(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the frames (N, H, W, 3) and train ids (N, H, W) of the current iteration."""
        seed, batch = self._recipe.seed, self._recipe.batch
        per_epoch = len(self._train) // batch
        epoch, place = divmod(self._iteration, per_epoch)
        order = np.random.default_rng((seed, _ORDER_STREAM, epoch)).permutation(len(self._train))
        rng = np.random.default_rng((seed, _AUGMENT_STREAM, self._iteration))
        chosen = order[place * batch : (place + 1) * batch]
        pairs = [augment(self._train.rgb[i], self._train.train_ids[i], rng=rng) for i in chosen]
        return np.stack([rgb for rgb, _ in pairs]), np.stack([train_ids for _, train_ids in pairs])

    def _validate(self) -> None:
        confusion = measure(self._network, self._validation)
        miou = confusion.mean_iou()
        self._log(validation_miou=miou, validation_accuracy=confusion.accuracy(), validation_iou=confusion.iou())
        if miou > self._best_miou:
            self._best_miou = miou
            self._save(BEST)

    def _log(self, **values: object) -> None:
        line = {"iteration": self._iteration, "cpu_seconds": round(self._cpu_seconds, 1), **values}
        with (self._folder / METRICS).open("a", encoding="utf-8") as metrics:
            metrics.write(json.dumps(line) + "\n")

    def _save(self, name: str) -> None:
        state = {
            "recipe": dataclasses.asdict(self._recipe),
            "iteration": self._iteration,
            "best_miou": self._best_miou,
            "cpu_seconds": self._cpu_seconds,
            "network": self._network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "schedule": self._schedule.state_dict(),
        }
        unfinished = self._folder / f"{name}.part"
        torch.save(state, unfinished)
        unfinished.replace(self._folder / name)

    def _resume(self) -> None:
        path = self._folder / LAST
        if not path.exists():
            return
        state = read_checkpoint(path)
        if state["recipe"] != dataclasses.asdict(self._recipe):
            raise UsageError(f"{path} belongs to another recipe: {state['recipe']}")
        self._network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])
        self._iteration = state["iteration"]
        self._best_miou = state["best_miou"]
        self._cpu_seconds = state["cpu_seconds"]


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Return the state that training wrote to ``path``."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as failure:  # torch raises a different type for each way a file can be broken
        raise AuthoringError(f"{path}: not a readable checkpoint: {failure}") from failure
    if not isinstance(state, dict) or not {"recipe", "network"} <= state.keys():
        raise AuthoringError(f"{path}: not a checkpoint of `catseye-models train segmentation`")
    return state


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
