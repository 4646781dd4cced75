"""Weights of an ensemble: what is kept of pixels, the grid, what is learned; on numbers that can be checked by hand."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("cv2", reason="drives need the `draw` extra")

from catseye_models import cli, tables
from catseye_models.compose import weights as weights_file
from catseye_models.ensemble import grid, learned
from catseye_models.ensemble.choice import choose, choose_weights
from catseye_models.ensemble.pixels import MAPS, Pixels, pixels_of
from catseye_models.errors import AuthoringError, ModelError
from catseye_models.scenes.drive import FrameSize
from catseye_models.scenes.series import Series
from tests import painted

Q, E, P, D = MAPS


def only(name: str) -> dict[str, float]:
    return {one: float(one == name) for one in MAPS}


def pixels(obstacles: dict[str, list[float]], road: dict[str, list[float]], *, share: int = 1) -> Pixels:
    """Return pixels with some maps given, the others 0 everywhere; nothing is elsewhere."""

    def stacked(values: dict[str, list[float]]) -> np.ndarray:
        length = len(next(iter(values.values())))
        return np.array([values.get(name, [0.0] * length) for name in MAPS], np.float32)

    return Pixels(stacked(obstacles), stacked(road), np.zeros((4, 0), np.float32), share=share)


def noisy(seed: int = 0, *, pixel_count: int = 4000) -> Pixels:
    """Return pixels in which dissimilarity and entropy each know something, distance little, perceptual nothing."""
    random = np.random.default_rng(seed)

    def drawn(shifts: tuple[float, ...]) -> np.ndarray:
        values = [random.normal(shift, 0.15, pixel_count) for shift in shifts]
        return np.clip(values, 0, 1).astype(np.float32)

    return Pixels(drawn((0.7, 0.6, 0.5, 0.5)), drawn((0.3, 0.3, 0.5, 0.4)), drawn((0.5,) * 4), share=3)


def test_maps_stand_in_the_order_of_the_published_weights() -> None:
    assert MAPS == ("dissimilarity", "entropy", "perceptual", "distance")


def test_pixels_are_what_the_graph_mixes_and_rims_are_left_out() -> None:
    rgb = np.zeros((2, 3, 3), np.uint8)
    rgb[0] = [(255, 10, 20), (51, 30, 40), (0, 50, 60)]
    obstacle, rim, road = (np.zeros((2, 3), bool) for _ in range(3))
    obstacle[0, 0] = rim[0, 1] = road[0, :] = True
    kept = pixels_of(painted.graph(), [painted.frame(rgb, obstacle=obstacle, rim=rim, road=road)], share=1)
    np.testing.assert_allclose(kept.obstacles[:, 0], [1.0, 10 / 255, 1.0, 20 / 255], rtol=1e-6)
    np.testing.assert_allclose(kept.road, [[0.5], [50 / 255], [0.0], [60 / 255]], rtol=1e-6)
    assert kept.elsewhere.shape == (4, 3)


def test_kept_share_stands_for_all_and_is_the_same_again() -> None:
    random = np.random.default_rng(3)
    obstacle = np.zeros((40, 60), bool)
    obstacle[:10] = True
    frames = [painted.frame(random.integers(0, 256, (40, 60, 3), np.uint8), obstacle=obstacle) for _ in range(4)]
    some, again, all_of_them = (pixels_of(painted.graph(), frames, share=share) for share in (5, 5, 1))
    np.testing.assert_array_equal(some.road, again.road)
    assert some.obstacles.shape == all_of_them.obstacles.shape == (4, 4 * 600)
    assert all_of_them.road.shape == (4, 4 * 1800)
    assert some.road.shape == (4, 4 * 360)
    counts = some.counts(only(E))["road"]
    assert (counts.anomalous.sum(), counts.normal.sum()) == (2400, 7200)


def test_mixed_counts_are_the_bytes_of_the_weighted_mean() -> None:
    counts = pixels({Q: [1.0], E: [0.0]}, {Q: [0.5, 0.0], E: [0.5, 1.0]}, share=7).counts(
        {Q: 3.0, E: 1.0, P: 0.0, D: 0.0}
    )
    assert np.flatnonzero(counts["road"].anomalous).tolist() == [191]  # trunc(255 * 0.75)
    assert {level: counts["road"].normal[level] for level in (63, 127)} == {63: 7, 127: 7}
    assert counts["road"].normal.sum() == 14


def test_graph_without_the_maps_is_refused_by_their_names() -> None:
    with pytest.raises(ModelError, match="offers no q, entropy, perceptual, distance"):
        pixels_of(painted.graph(maps=False), [])


def test_grid_has_224_mixes_without_the_plain_mean_and_with_the_published_one() -> None:
    mixes = [tuple(one.values()) for one in grid.candidates()]
    assert len(mixes) == 224  # Source: facts/synboost.md 4.4, measured on the original
    shares = {tuple(round(value / sum(one), 6) for value in one) for one in mixes}
    assert len(shares) == 224
    assert (0.25,) * 4 not in shares
    assert (0.75, 0.25, 0.0, 0.0) in shares


def test_lowest_fpr95_and_best_ap_may_be_different_mixes() -> None:
    road = [0.0] * 90 + [0.8] * 10
    finds_all_but_one_late = [0.9] * 19 + [0.1]  # by q: 19 of 20 = 95 % above every road pixel
    assert grid.judge(only(Q), pixels({Q: finds_all_but_one_late}, {Q: road})).quality["road"].fpr95 == 0.0
    two = pixels(
        {Q: [0.9] * 18 + [0.0] * 2, E: [0.7] * 20},  # q: sure of 18, blind to 2; entropy: a little above most road
        {Q: [0.0] * 100, E: [0.6] * 90 + [0.8] * 10},
    )
    judged = [grid.judge(only(name), two) for name in (Q, E)]
    assert judged[0].quality["road"].fpr95 == 1.0
    assert judged[1].quality["road"].fpr95 == pytest.approx(0.1)
    assert grid.lowest_fpr95(judged).weights == only(E)
    assert grid.best_ap(judged).weights == only(Q)


def test_search_takes_the_better_ap_among_equal_fpr95() -> None:
    found = grid.search(noisy())
    least = min(one.quality["road"].fpr95 for one in found)
    ties = [one for one in found if one.quality["road"].fpr95 == least]
    chosen = grid.lowest_fpr95(found)
    assert chosen in ties
    assert chosen.quality["road"].average_precision == max(one.quality["road"].average_precision for one in ties)


def test_cross_entropy_is_that_of_the_definition() -> None:
    few = pixels({Q: [0.8]}, {Q: [0.4, 0.2, 0.2]})
    weight_anomalous, weight_normal = 1 / math.log(1.02 + 0.25), 1 / math.log(1.02 + 0.75)
    total = weight_anomalous + 3 * weight_normal
    by_hand = -(weight_anomalous * math.log(0.8) + weight_normal * (math.log(0.6) + 2 * math.log(0.8))) / total
    assert learned.cross_entropy(few, only(Q)) == pytest.approx(by_hand, rel=1e-5)


def test_pixels_that_were_kept_weigh_for_those_that_were_not() -> None:
    kept = pixels({Q: [0.8]}, {Q: [0.4]}, share=2)
    written_out = pixels({Q: [0.8]}, {Q: [0.4, 0.4]})
    assert learned.cross_entropy(kept, only(Q)) == pytest.approx(learned.cross_entropy(written_out, only(Q)), rel=1e-6)


def test_map_that_is_always_right_gets_all_the_weight() -> None:
    found = learned.learn(pixels({E: [1.0] * 5}, {E: [0.0] * 9, Q: [1.0] * 9, P: [1.0] * 9, D: [1.0] * 9}))
    assert found[E] == pytest.approx(1, abs=1e-3)


def test_learned_weights_are_nearer_than_every_neighbour() -> None:
    kept = noisy()
    found = learned.learn(kept)
    assert sum(found.values()) == pytest.approx(1, abs=5e-4)
    lowest = learned.cross_entropy(kept, found)
    for up in MAPS:
        for down in MAPS:
            moved = {**found, up: found[up] + 0.02}
            moved[down] = max(0.0, moved[down] - 0.02)
            assert learned.cross_entropy(kept, moved) >= lowest - 1.5e-4
    for mixed in grid.candidates():
        assert learned.cross_entropy(kept, mixed) >= lowest - 1.5e-4


def test_mix_of_two_maps_is_solved_by_hand() -> None:
    """Obstacles: q says 1, entropy 0; road: entropy says 0, q 1 half of the time. -ln w - ln(1 - w) / 2 ends at 2/3."""
    kept = pixels({Q: [1.0] * 2, E: [0.0] * 2}, {Q: [1.0, 0.0], E: [0.0, 0.0], P: [1.0] * 2, D: [1.0] * 2})
    found = learned.learn(kept)
    assert found[Q] == pytest.approx(2 / 3, abs=0.02)
    assert found[E] == pytest.approx(1 / 3, abs=0.02)


def test_nothing_to_learn_from_is_said() -> None:
    with pytest.raises(AuthoringError, match="0 obstacle and 2 road pixels"):
        learned.learn(pixels({Q: []}, {Q: [0.1, 0.2]}))


def test_chosen_weights_are_a_file_for_compose_and_a_table_of_four_mixes_on_two_regions(tmp_path: Path) -> None:
    chosen = choose(noisy(), data="made up")
    chosen.write(tmp_path / "weights.json")
    assert weights_file.read(tmp_path / "weights.json") == dict(chosen.weights)
    assert {row["region"] for row in chosen.rows} == {
        "ground-truth road and obstacles",
        "all pixels but those that mix obstacle and background",
    }
    assert len(chosen.rows) == 8
    on_road = {row["ensemble"]: row for row in chosen.rows if "cross_entropy" in row}
    assert len(on_road) == 4
    fpr95 = {name: float(str(row["fpr95"])) for name, row in on_road.items()}
    assert fpr95["grid search, lowest FPR95 on the road"] == min(fpr95.values())
    entropies = [float(str(row["cross_entropy"])) for row in on_road.values()]
    assert float(str(on_road["learned"]["cross_entropy"])) <= min(entropies) + 1e-4
    assert json.dumps(chosen.rows)


def test_weights_are_chosen_on_drawn_drives() -> None:
    series = Series(drives=1, frames=9, seed=1, split="val", size=FrameSize(128, 64), period_micros=300_000)
    chosen = choose_weights(painted.graph(), series)
    assert chosen.rows[0]["data"] == "drawn drives of split val, 9 frames of 128x64, 1 of 11 pixels without obstacle"
    assert sum(chosen.learned.values()) == pytest.approx(1, abs=5e-4)


@pytest.mark.torch
def test_command_writes_weights_that_compose_takes(
    imported_light: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = ["--drives", "1", "--frames", "9"]
    chosen, rows, mixed = (tmp_path / name for name in ("weights.json", "rows.json", "mixed"))
    assert cli.main(["weights", str(imported_light), *few, "--json", str(rows), "-o", str(chosen)]) == 0
    assert capsys.readouterr().out == tables.text(json.loads(rows.read_text())) + "\n"
    plans = ["--plans", "synboost-light,synboost-e2e", "--weights", str(chosen)]
    assert cli.main(["compose", "--from", str(imported_light), *plans, "-o", str(mixed)]) == 0
    formulas = {
        plan["name"]: plan["score"].split(";")[0] for plan in json.loads((mixed / "bundle.json").read_text())["plans"]
    }
    by_name = {row["ensemble"]: row for row in json.loads(rows.read_text()) if "cross_entropy" in row}
    assert formulas["synboost-light"] == by_name["grid search, lowest FPR95 on the road"]["weights"]
    assert formulas["synboost-e2e"] == by_name["learned"]["weights"]

    assert cli.main(["measure", "drives", str(mixed), *few, "--json", str(rows)]) == 0
    measured = {
        row["plan"]: row for row in json.loads(rows.read_text()) if "plan" in row and "road" in str(row.get("region"))
    }
    expected = by_name["grid search, lowest FPR95 on the road"]["auroc"]
    assert measured["synboost-light"]["auroc"] == pytest.approx(expected, abs=0.01)  # the one was chosen on a sample
