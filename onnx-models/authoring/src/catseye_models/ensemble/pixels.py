"""What the maps of a composed graph say of the pixels of drives."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from catseye_models.compose.weights import Weights
from catseye_models.errors import ModelError
from catseye_models.planes import at_size
from catseye_models.published import ENSEMBLE
from catseye_models.runtime import Array, Session
from catseye_models.scenes.drive import DrawnFrame
from catseye_models.scenes.truth import truth_of
from catseye_models.scores import LEVELS, ScoreCounts

MAPS: Final = tuple(ENSEMBLE)
"""In the order in which rows of `Pixels` and weights stand here."""

SHARE: Final = 11
"""One of so many pixels without obstacle is kept: 19 million of 1100 frames of 512x256, 0.3 GB with their maps."""

_OUTPUTS: Final = {"dissimilarity": "q"}
_SEED: Final = 20

Values: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True)
class Pixels:
    """Pixels of many frames; float32 [4, n] each, 0 to 1, one row for each of `MAPS`.

    obstacles: all of them.  road: free road, one of ``share``.  elsewhere: what is neither, one of ``share``.
    """

    obstacles: Values
    road: Values
    elsewhere: Values
    share: int

    def counts(self, weights: Weights) -> dict[str, ScoreCounts]:
        """Return the counts of mixed scores by region, as a graph with these weights answers: trunc(255 score).

        Pixels that were kept stand for ``share`` of their kind.
        """
        obstacles, road, elsewhere = (_levels(part, weights) for part in (self.obstacles, self.road, self.elsewhere))
        return {
            "road": ScoreCounts(obstacles, self.share * road),
            "all": ScoreCounts(obstacles, self.share * (road + elsewhere)),
        }


def pixels_of(graph: bytes, frames: Iterable[DrawnFrame], *, share: int = SHARE) -> Pixels:
    """Run a graph with a plan that mixes maps over frames; which pixels are kept depends on their order alone.

    Raises `ModelError` when the graph does not offer the maps.
    """
    session = Session(graph, name="fused graph")
    outputs = [_OUTPUTS.get(name, name) for name in MAPS]
    missing = [name for name in outputs if name not in session.outputs]
    if missing:
        raise ModelError(f"{session.name}: offers no {', '.join(missing)}; an ensemble needs a plan that mixes maps")
    random = np.random.default_rng(_SEED)
    kept: tuple[list[Values], ...] = ([], [], [])
    for frame in frames:
        answers = session.run(frames=frame.rgb[None])
        mixed_at = answers["q"][0].shape  # entropy and distance may be larger; the graph samples them before it mixes
        maps = [at_size(answers[name][0], mixed_at) for name in outputs]
        planes = np.stack([_unit(at_size(plane, frame.obstacles.shape)) for plane in maps])
        anomalous, normal = truth_of(frame)
        kept[0].append(planes[:, anomalous])
        for part, mask in zip(kept[1:], (normal["road"], normal["all"] & ~normal["road"]), strict=True):
            part.append(planes[:, mask][:, random.integers(share) :: share])
    if not kept[0]:
        raise ModelError(f"{session.name}: no frame to choose weights on")
    obstacles, road, elsewhere = (np.concatenate(part, axis=1) for part in kept)
    return Pixels(obstacles, road, elsewhere, share)


def _unit(plane: Array) -> Values:
    """Return the values that the graph mixes: floats as they are, bytes as v / 255."""
    return np.asarray(plane / np.float32(255) if plane.dtype == np.uint8 else plane, np.float32)


def _levels(values: Values, weights: Weights) -> NDArray[np.int64]:
    factors = np.array([weights[name] for name in MAPS], np.float32)
    mixed = (factors / factors.sum()) @ values
    return np.bincount((255 * np.clip(mixed, 0, 1)).astype(np.uint8), minlength=LEVELS)
