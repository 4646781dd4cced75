"""The loop that every training runs: steps, log, validation, checkpoints, resuming.

Every random choice depends on (seed, iteration) alone, so a run that was interrupted goes on as if it never stopped.
"""

import dataclasses
import json
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from catseye_models.errors import AuthoringError, UsageError
from catseye_models.training import curves

LAST: Final = "last.pt"
BEST: Final = "best.pt"
MEAN: Final = "mean.pt"
METRICS: Final = "metrics.jsonl"
CURVES: Final = "curves.png"

_LOG_EVERY: Final = 25
_ORDER_STREAM: Final = 0
_CHANGE_STREAM: Final = 1
_KEYS: Final = {"recipe", "iteration", "best", "cpu_seconds", "network", "optimizer", "schedule"}


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """How long and how fast a network learns.

    learning_rate is the peak of a one-cycle schedule that rises for ``warm_up`` (a share of the iterations); the
    optimizer is AdamW. The published recipe (Adam at 1e-4, halved on a plateau) starts from networks that ImageNet has
    taught; from nothing it would not arrive within the iterations that a CPU can pay for.
    """

    iterations: int
    batch: int = 8
    learning_rate: float
    weight_decay: float = 1e-4
    warm_up: float = 0.15
    validate_every: int = 300
    seed: int


@dataclass(frozen=True)
class Grade:
    """What a validation found: the number that decides, higher is better, and what the log says of it."""

    value: float
    told: Mapping[str, object]


class Training(ABC):
    """One training run in a folder; ``run`` starts it or goes on with it. Not to be shared between threads."""

    def __init__(
        self, recipe: Schedule, network: nn.Module, *, frames: int, folder: Path, start: Path | None = None
    ) -> None:
        """Prepare the run; a checkpoint in ``folder`` must be of the same recipe.

        ``frames`` is the number of training examples that `losses` is asked for. ``start`` is a checkpoint of another
        run whose weights this one begins with.
        """
        if frames < recipe.batch:
            raise UsageError(f"{frames} training frames are fewer than one batch of {recipe.batch}")
        self.recipe = recipe
        self.network = network
        self._frames = frames
        self._folder = folder
        if start is not None:
            network.load_state_dict(read_checkpoint(start)["network"])
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # stubs lack it
        self._optimizer = torch.optim.AdamW(
            network.parameters(), recipe.learning_rate, weight_decay=recipe.weight_decay
        )
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            self._optimizer, recipe.learning_rate, total_steps=recipe.iterations, pct_start=recipe.warm_up
        )
        self._iteration = 0
        self._best = -np.inf
        self._cpu_seconds = 0.0

    @abstractmethod
    def losses(self, chosen: list[int], rng: np.random.Generator) -> dict[str, Tensor]:
        """Return the parts of the loss, weighted, on the examples of these numbers; their sum is made smaller."""

    @abstractmethod
    def grade(self) -> Grade:
        """Return how good the network is on validation data."""

    def run(self) -> float:
        """Train to the end of the recipe; return the best value that validation found."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._resume()
        recipe = self.recipe
        parts: list[dict[str, float]] = []
        started = time.process_time() - self._cpu_seconds
        bar = tqdm(
            total=recipe.iterations, initial=self._iteration, unit="it", disable=not sys.stderr.isatty(), smoothing=0.05
        )
        with bar:
            while self._iteration < recipe.iterations:
                parts.append(self._step())
                self._iteration += 1
                self._cpu_seconds = time.process_time() - started
                bar.update()
                if self._iteration % _LOG_EVERY == 0:
                    means = {name: float(np.mean([one[name] for one in parts])) for name in parts[0]}
                    self._log(loss=sum(means.values()), **means, learning_rate=self._schedule.get_last_lr()[0])
                    parts.clear()
                if self._iteration % recipe.validate_every == 0 or self._iteration == recipe.iterations:
                    self._validate()
                    self._save(LAST)
        return self._best

    def _step(self) -> dict[str, float]:
        recipe = self.recipe
        epoch, place = divmod(self._iteration, self._frames // recipe.batch)
        order = np.random.default_rng((recipe.seed, _ORDER_STREAM, epoch)).permutation(self._frames)
        chosen = order[place * recipe.batch : (place + 1) * recipe.batch]
        rng = np.random.default_rng((recipe.seed, _CHANGE_STREAM, self._iteration))
        self.network.train()
        losses = self.losses(chosen.tolist(), rng)
        self._optimizer.zero_grad()
        torch.stack(list(losses.values())).sum().backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self._optimizer.step()
        self._schedule.step()
        return {name: loss.item() for name, loss in losses.items()}

    def _validate(self) -> None:
        self.network.eval()
        with torch.inference_mode():
            grade = self.grade()
        self._log(**grade.told)
        curves.draw(self._folder / METRICS, self._folder / CURVES)
        if grade.value > self._best:
            self._best = grade.value
            self._save(BEST)

    def _log(self, **values: object) -> None:
        line = {"iteration": self._iteration, "cpu_seconds": round(self._cpu_seconds, 1), **values}
        with (self._folder / METRICS).open("a", encoding="utf-8") as metrics:
            metrics.write(json.dumps(line) + "\n")

    def _save(self, name: str) -> None:
        state = {
            "recipe": dataclasses.asdict(self.recipe),
            "iteration": self._iteration,
            "best": self._best,
            "cpu_seconds": self._cpu_seconds,
            "network": self.network.state_dict(),
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
        if state["recipe"] != dataclasses.asdict(self.recipe):
            raise UsageError(f"{path} belongs to another recipe: {state['recipe']}")
        self.network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])
        self._iteration = state["iteration"]
        self._best = state["best"]
        self._cpu_seconds = state["cpu_seconds"]


def write_mean(first: Path, second: Path, path: Path, *, share: float) -> None:
    """Write a checkpoint whose weights are ``share`` (0 to 1) those of ``second``, the rest those of ``first``.

    Source: Wortsman et al., Robust fine-tuning of zero-shot models (2022): between a network and what it became by
    training on lie networks that are as good at the old as the one and at the new as the other.
    """
    state, old = read_checkpoint(second), read_checkpoint(first)["network"]
    state["network"] = {
        key: torch.lerp(old[key], value, share) if value.is_floating_point() else value
        for key, value in state["network"].items()
    }
    torch.save(state, path)


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Return the state that training wrote to ``path``."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as failure:  # torch raises a different type for each way a file can be broken
        raise AuthoringError(f"{path}: not a readable checkpoint: {failure}") from failure
    if not isinstance(state, dict) or not state.keys() >= _KEYS:
        raise AuthoringError(f"{path}: not a checkpoint of `catseye-models train`")
    return state
