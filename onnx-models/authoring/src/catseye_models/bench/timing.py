"""Runs forms in turn, so that whatever else the machine does meets all of them alike."""

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from catseye_models.bench.forms import Form
from catseye_models.errors import ModelError
from catseye_models.runtime import Array

WITHIN = 2e-3
"""Scores (0 to 1) that differ by no more than this count as equal."""

LEAST_SHARE = 0.995
"""Least share of pixels that must be equal between two forms; their mean difference must be at most 1e-3. These are the
tolerances of SynBoost Light end to end: a bench of unequal things would say nothing."""

MOST_MEAN = 1e-3


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How far the scores of a form are from those of the first form.

    Attributes:
        largest: largest difference of any pixel.
        mean: mean difference.
        share: share of pixels within `WITHIN`.
    """

    largest: float
    mean: float
    share: float

    @property
    def holds(self) -> bool:
        """Whether the two count as the same pipeline; False for NaN."""
        return self.share >= LEAST_SHARE and self.mean <= MOST_MEAN


@dataclass(frozen=True, kw_only=True)
class Timed:
    """What was measured of a form.

    Attributes:
        form: which.
        agreement: with the first form.
        grown_mb: by how much the peak memory of the process grew while the form was loaded and first run, 1e6 bytes.
        seconds: of each run, by the wall clock.
        cpu_seconds: of each run, of all threads of the process.
    """

    form: Form
    agreement: Agreement
    grown_mb: float
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)


def measure(
    makers: Sequence[Callable[[], Form]], frame: Array, *, runs: int, progress: Callable[[str], None]
) -> list[Timed]:
    """Return what was measured of each form, in order.

    Args:
        makers: load one form each; the first one is what the others must agree with.
        frame: uint8 [height, width, 3], RGB.
        runs: of each form, after one to warm up.
        progress: is told each step: one per form to load it, then one per round.

    Raises `ModelError` when the forms do not agree.
    """
    timed: list[Timed] = []
    reference: Array | None = None
    for make in makers:
        before = peak_mb()
        progress("loading and warming up")
        form = make()
        score = form.score(frame)
        reference = score if reference is None else reference
        timed.append(Timed(form=form, agreement=agreement(score, reference), grown_mb=peak_mb() - before))
    problems = [
        f"{one.form.name} does not score as {timed[0].form.name} does: {describe(one.agreement)}; nothing was timed"
        for one in timed
        if not one.agreement.holds
    ]
    if problems:
        raise ModelError(*problems)
    for number in range(runs):
        progress(f"round {number + 1}")
        for place in range(len(timed)):
            _run(timed[(place + number) % len(timed)], frame)  # nobody always follows the same neighbour
    return timed


def agreement(score: Array, reference: Array) -> Agreement:
    """Return how far a score is from another of the same shape."""
    difference = np.abs(score.astype(np.float64) - reference)
    return Agreement(
        largest=float(difference.max()),
        mean=float(difference.mean()),
        share=float((difference <= WITHIN).mean()),
    )


def describe(found: Agreement) -> str:
    """Return an agreement in words."""
    return f"{found.share:.3%} of pixels within {WITHIN:g}, mean {found.mean:.1e}, largest {found.largest:.1e}"


def peak_mb() -> float:
    """Return the largest memory that this process ever had, 1e6 bytes (Linux tells it in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def _run(timed: Timed, frame: Array) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    timed.form.score(frame)
    timed.seconds.append(time.perf_counter() - wall)
    timed.cpu_seconds.append(time.process_time() - cpu)
