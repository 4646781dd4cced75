"""What the dissimilarity networks are taught as anomalous: pasted shapes, exchanged classes, drawn unknown things."""

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("cv2", reason="needs the `draw` extra")

from catseye_models.scenes.labels import VOID, TrainId
from catseye_models.training.unknowns import ANOMALOUS, IGNORED, NORMAL, exchange, paste, truth_of

HEIGHT, WIDTH = 96, 160
HORIZON = 30


def scene() -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """Return picture, train ids and truth of a grey road under a bright sky."""
    train_ids = np.full((HEIGHT, WIDTH), TrainId.SKY, np.uint8)
    train_ids[HORIZON:] = TrainId.ROAD
    rgb = np.random.default_rng(0).integers(90, 110, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    rgb[:HORIZON] = 220
    return rgb, train_ids, np.zeros((HEIGHT, WIDTH), np.uint8)


@pytest.mark.parametrize("seed", range(12))
def test_pasted_things_are_anomalous_and_nothing_else_is(seed: int) -> None:
    rgb, train_ids, truth = scene()
    changed, marked = paste(rgb, train_ids, truth, count=3, rng=np.random.default_rng(seed))
    assert (marked == ANOMALOUS).sum() >= 4
    untouched = (marked == NORMAL) & (changed == rgb).all(axis=2)
    shadowed = (marked == NORMAL) & ~untouched
    assert np.all(changed[shadowed] <= rgb[shadowed])  # beside a thing there is only its shadow
    assert set(np.unique(marked)) <= {NORMAL, ANOMALOUS, IGNORED}
    assert not truth.any()  # the caller's planes stay as they are


def test_pasted_things_stand_on_the_road() -> None:
    rgb, train_ids, truth = scene()
    for seed in range(20):
        _, marked = paste(rgb, train_ids, truth, count=1, rng=np.random.default_rng(seed))
        rows = np.nonzero(marked == ANOMALOUS)[0]
        if len(rows):
            assert rows.max() >= HORIZON


def test_nothing_is_pasted_where_there_is_no_road() -> None:
    rgb, train_ids, truth = scene()
    changed, marked = paste(rgb, np.full_like(train_ids, TrainId.SKY), truth, count=3, rng=np.random.default_rng(0))
    assert np.array_equal(changed, rgb)
    assert not marked.any()


def test_exchanged_things_have_another_class_and_are_anomalous() -> None:
    _, train_ids, truth = scene()
    instances = np.zeros((HEIGHT, WIDTH), np.uint16)
    for number, left in enumerate((10, 50, 90), start=1):
        train_ids[50:70, left : left + 20] = TrainId.CAR
        instances[50:70, left : left + 20] = number
    exchanged = set()
    for seed in range(40):
        answered, marked = exchange(train_ids, train_ids, instances, truth, rng=np.random.default_rng(seed))
        for number in (1, 2, 3):
            inside = instances == number
            assert len(set(marked[inside])) == 1
            if marked[inside][0] == ANOMALOUS:
                exchanged.add(number)
                assert (answered[inside] != TrainId.CAR).all()
                assert (answered[inside] < VOID).all()
            else:
                assert (answered[inside] == TrainId.CAR).all()
        assert np.array_equal(answered[instances == 0], train_ids[instances == 0])
        assert (marked == ANOMALOUS).sum() < 3 * 400  # never all of them
    assert exchanged == {1, 2, 3}


def test_drawn_unknown_things_are_anomalous_and_other_void_is_not() -> None:
    train_ids = np.array([[VOID, VOID, TrainId.CAR]], np.uint8)
    assert truth_of(train_ids, np.array([[7, 0, 3]], np.uint16)).tolist() == [[ANOMALOUS, NORMAL, NORMAL]]
