"""How far a variant's anomaly maps are from those of the fp32 graph, and how a bundle says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from catseye_models.bundle.store import sha256
from catseye_models.compose import golden
from catseye_models.errors import ModelError, UsageError
from catseye_models.pictures import Picture
from catseye_models.runtime import Array, Session

SUFFIXES = (".jpeg", ".jpg", ".png", ".webp")

STEP = 1 / 255
"""One level of an anomaly map."""

SCORE = ".score"


@dataclass(frozen=True)
class PictureSet:
    """Pictures on the disk, read when they are asked for.

    Attributes:
        paths: name as the bundle states it -> file, in order.
        digests: name -> sha256 of the file.
    """

    paths: Mapping[str, Path]
    digests: Mapping[str, str]

    @staticmethod
    def of(folder: Path) -> "PictureSet":
        """Return the pictures in a folder and the folders below it; raise `UsageError` when there are none."""
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder")
        found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
        if not found:
            raise UsageError(f"{folder}: holds no pictures ({', '.join(SUFFIXES)})")
        paths = {path.relative_to(folder).as_posix(): path for path in found}
        return PictureSet(paths, {name: sha256(path.read_bytes()) for name, path in paths.items()})

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.paths)

    def __iter__(self) -> Iterator[Picture]:
        """Read one after another, uint8 [height, width, 3] RGB."""
        return (golden.read_frame(path) for path in self.paths.values())

    def part(self, start: int, end: int) -> "PictureSet":
        """Return those from `start` to before `end`."""
        names = list(self.paths)[start:end]
        return PictureSet({name: self.paths[name] for name in names}, {name: self.digests[name] for name in names})

    def shared(self, other: "PictureSet") -> list[str]:
        """Return the names of pictures of which the other set holds the same bytes."""
        known = set(other.digests.values())
        return [name for name, digest in self.digests.items() if digest in known]

    def to_json(self) -> list[dict[str, str]]:
        """Return what stands in `bundle.json`."""
        return [{"file": name, "sha256": digest} for name, digest in self.digests.items()]


@dataclass(frozen=True, kw_only=True)
class PlanDifference:
    """|A - A'| over all pixels of all pictures, A being the fp32 score of a plan and A' the variant's, both 0 to 1.

    Attributes:
        plan: name of the plan.
        mean: of the difference.
        largest: of all differences.
        share: of the pixels that differ by at most one level, 1/255.
        broken: number of pixels whose score cannot be computed (NaN); each counts as a difference of 1.
    """

    plan: str
    mean: float
    largest: float
    share: float
    broken: int

    def __str__(self) -> str:
        """Return the figures in one line."""
        text = (
            f"{self.plan}: mean |difference of A| {self.mean:.5f}, largest {self.largest:.4f}, "
            f"{100 * self.share:.2f} % of pixels within 1/255"
        )
        return f"{text}, {self.broken} pixels not finite" if self.broken else text

    def to_json(self) -> dict[str, object]:
        """Return what stands in `bundle.json`."""
        return {
            "plan": self.plan,
            "mean": round(self.mean, 7),
            "largest": round(self.largest, 6),
            "share_within_one_level": round(self.share, 6),
        }


class Reference:
    """The scores of an fp32 graph on some pictures, against which variants are measured.

    Args:
        graph: bytes of the fused graph.
        pictures: any number of pictures of any sizes, one at least.
    """

    def __init__(self, graph: bytes, pictures: PictureSet) -> None:
        self._pictures = pictures
        self._answers = list(_scores(graph, pictures, name="fp32"))
        broken = [
            f"{name}: {plan} of the fp32 graph is not finite"
            for name, answers in zip(pictures.paths, self._answers, strict=True)
            for plan, score in answers.items()
            if not np.isfinite(score).all()
        ]
        if broken:
            raise ModelError(*broken)

    def measure(self, graph: bytes, *, name: str) -> list[PlanDifference]:
        """Return how far another graph of the same plans is from this one, plan by plan."""
        found: dict[str, list[Array]] = {}
        for expected, actual in zip(self._answers, _scores(graph, self._pictures, name=name), strict=True):
            for plan, score in expected.items():
                found.setdefault(plan, []).append(_summary(score, actual[plan]))
        return [_joined(plan, rows) for plan, rows in found.items()]


def worst(differences: Sequence[PlanDifference]) -> PlanDifference:
    """Return the difference of the plan that suffers most: one that cannot be computed before all others."""
    return max(differences, key=lambda one: (one.broken > 0, one.mean))


def effect(differences: Sequence[PlanDifference]) -> float:
    """Return the largest mean difference of any plan; 1 when any score cannot be computed."""
    one = worst(differences)
    return 1.0 if one.broken else one.mean


def _scores(graph: bytes, pictures: PictureSet, *, name: str) -> Iterator[dict[str, Array]]:
    session = Session(graph, name=name)
    for frame in pictures:
        answers = session.run(frames=frame[None])
        yield {key.removesuffix(SCORE): value[0] for key, value in answers.items() if key.endswith(SCORE)}


def _summary(expected: Array, actual: Array) -> Array:
    """Return sum, largest, number within one level, number not finite and number of all pixels."""
    broken = ~np.isfinite(actual)
    difference = np.where(broken, 1.0, np.abs(actual.astype(np.float64) - expected))
    return np.array(
        [difference.sum(), difference.max(), (difference <= STEP).sum(), broken.sum(), difference.size],
        dtype=np.float64,
    )


def _joined(plan: str, rows: Sequence[Array]) -> PlanDifference:
    total, _, within, broken, size = np.sum(rows, axis=0)
    return PlanDifference(
        plan=plan,
        mean=float(total / size),
        largest=float(np.max(rows, axis=0)[1]),
        share=float(within / size),
        broken=int(broken),
    )
