"""AP, AUROC and FPR95 from counts, and the thresholds that come from them."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from catseye_models.errors import AuthoringError
from catseye_models.scores import ScoreCounts, threshold_of


def counts_of(scores: NDArray[np.uint8], anomalous: NDArray[np.bool_]) -> ScoreCounts:
    counts = ScoreCounts()
    counts.add(scores, anomalous=anomalous, normal=~anomalous)
    return counts


def sample(seed: int) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    rng = np.random.default_rng(seed)
    anomalous = rng.random((40, 50)) < 0.1
    scores = rng.normal(90 + 60 * anomalous, 40).clip(0, 255).astype(np.uint8)
    return scores, anomalous


def by_definition(scores: NDArray[np.uint8], anomalous: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Walk the distinct thresholds in descending order, as the source does."""
    precision_sum, area, fpr95 = 0.0, 0.0, -1.0
    before = (0.0, 0.0)
    for threshold in sorted(set(scores.ravel().tolist()), reverse=True):
        above = scores >= threshold
        hits = float((above & anomalous).sum() / anomalous.sum())
        alarms = float((above & ~anomalous).sum() / (~anomalous).sum())
        precision_sum += (hits - before[0]) * float((above & anomalous).sum() / above.sum())
        area += (alarms - before[1]) * (hits + before[0]) / 2
        if fpr95 < 0 and hits >= 0.95:
            fpr95 = alarms
        before = (hits, alarms)
    return precision_sum, area, fpr95


@pytest.mark.parametrize("seed", range(5))
def test_figures_from_counts_are_those_of_the_definition(seed: int) -> None:
    scores, anomalous = sample(seed)
    quality = counts_of(scores, anomalous).quality()
    figures = (quality.average_precision, quality.auroc, quality.fpr95)
    assert figures == pytest.approx(by_definition(scores, anomalous), abs=1e-12)
    assert quality.anomaly_share == pytest.approx(anomalous.mean())


def test_scores_that_say_nothing_have_the_share_as_ap() -> None:
    _, anomalous = sample(0)
    quality = counts_of(np.full(anomalous.shape, 7, np.uint8), anomalous).quality()
    assert quality.average_precision == pytest.approx(quality.anomaly_share)
    assert (quality.auroc, quality.fpr95) == (0.5, 1.0)


def test_counts_of_two_frames_add_up() -> None:
    frames = [sample(seed) for seed in (1, 2)]
    together = counts_of(*(np.concatenate(planes) for planes in zip(*frames, strict=True)))
    assert (counts_of(*frames[0]) + counts_of(*frames[1])).quality() == together.quality()


def test_no_anomalous_pixel_is_refused() -> None:
    scores, _ = sample(0)
    with pytest.raises(AuthoringError, match="0 anomalous and 2000 normal pixels"):
        counts_of(scores, np.zeros(scores.shape, bool)).quality()


def test_levels_keep_the_rates_they_were_chosen_for() -> None:
    counts = counts_of(*sample(3))
    finds_most = counts.level_of_hit_rate(0.95)
    assert counts.hit_rate(finds_most) >= 0.95 > counts.hit_rate(finds_most + 1)
    alarms_little = counts.level_of_false_alarm_rate(0.01)
    assert counts.false_alarm_rate(alarms_little) <= 0.01 < counts.false_alarm_rate(alarms_little - 1)


@pytest.mark.parametrize("level", [0, 1, 100, 254, 255])
def test_threshold_cuts_at_its_level(level: int) -> None:
    assert math.ceil(255 * round(threshold_of(level), 5)) == level
