"""A graph on drives: figures of plans, maps and controls, what is found by size, and the table of it all."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("cv2", reason="drives need the `draw` extra")

from catseye_models import cli, tables
from catseye_models.bundle.provenance import OperatingPoint
from catseye_models.controls import CONTROLS, POSITION
from catseye_models.measuring import Measurement, measure, operating_points
from catseye_models.recall import SIZES, Recall, obstacles_of
from catseye_models.scenes.drive import DrawnFrame
from tests import painted, toy

BELOW, FROM = SIZES
WIDTH = 64
"""Of the frames here: 400 px of a frame 512 wide are 6.25 px of these."""


def frame(*, small: int = 200, large: int = 100, road: int = 0, building: int = 0) -> DrawnFrame:
    """Return a frame 4x64 whose red is given: 4 px of a small obstacle, 8 px of a large one, 1 px of rim (red 255).

    Of the other 243 px the lower half is road.
    """
    rgb = np.random.default_rng(1).integers(90, 110, (4, WIDTH, 3), np.uint8)
    mask, rim, ground = (np.zeros((4, WIDTH), bool) for _ in range(3))
    mask[3, :4] = mask[2, 10:18] = rim[3, 4] = ground[2:] = True
    rgb[..., 0] = np.where(ground, road, building)
    rgb[3, :4, 0], rgb[2, 10:18, 0], rgb[3, 4, 0] = small, large, 255
    drawn = painted.frame(rgb, obstacle=mask, road=ground, rim=rim)
    drawn.instances[2, 10:18] = 2
    return drawn


@pytest.fixture(scope="module")
def measured() -> Measurement:
    drives = [[frame(), frame(road=50, building=150)], [frame(small=20)]]
    return measure(painted.graph(), drives, split="val", data="two drives")


def test_plan_is_counted_on_both_regions_and_rims_on_none(measured: Measurement) -> None:
    road, everywhere = (measured.counts["red", region] for region in ("road", "all"))
    assert road.anomalous.sum() == everywhere.anomalous.sum() == 3 * 12
    assert road.normal.sum() == 3 * (2 * WIDTH - 13)
    assert everywhere.normal.sum() == 3 * (4 * WIDTH - 13)
    assert measured.quality("red", "road").fpr95 == pytest.approx(1 / 3)  # 4 of 36 have 20: the road at 50 is above
    assert measured.quality("red", "all").fpr95 == pytest.approx((115 + 128) / (3 * 243))
    assert (measured.frames, measured.controls.frames_without) == (3, 0)


def test_maps_are_counted_as_the_graph_offers_them(measured: Measurement) -> None:
    assert [name for name, region in measured.maps if region == "road"] == [
        "dissimilarity",
        "entropy",
        "perceptual",
        "distance",
    ]
    np.testing.assert_array_equal(measured.maps["perceptual", "road"].normal, measured.counts["red", "road"].normal)
    assert measured.maps["dissimilarity", "road"].anomalous[227] == 8  # trunc((200 + 255) / 2)


def test_graph_without_maps_has_plans_alone() -> None:
    found = measure(painted.graph(maps=False), [[frame()]], split="val", data="one drive")
    assert found.maps == {}
    assert {name for name, _ in found.counts} == {"red"}


def test_obstacles_are_told_apart_by_their_area_in_a_frame_512_wide() -> None:
    assert [(size, len(pixels)) for size, pixels in obstacles_of(frame())] == [(BELOW, 4), (FROM, 8)]


@pytest.mark.parametrize(("levels", "half"), [([9], 9), ([1, 9], 9), ([1, 5, 9], 5), ([1, 5, 6, 9], 6)])
def test_obstacle_counts_at_the_level_that_half_of_it_reaches(levels: list[int], half: int) -> None:
    recall = Recall()
    recall.add(np.array([levels], np.uint8), [(BELOW, np.arange(len(levels)))])
    small = recall.sizes[BELOW]
    assert np.flatnonzero(small.obstacles).tolist() == [half]
    assert (small.obstacle_recall(half), small.obstacle_recall(half + 1)) == (1.0, 0.0)
    assert small.pixel_recall(9) == pytest.approx(1 / len(levels))
    assert recall.sizes[FROM].pixel_recall(0) is None


def test_rows_name_plans_maps_and_controls_on_both_regions_and_what_is_found_by_size(measured: Measurement) -> None:
    point = OperatingPoint(name="mine", threshold=0.39, source="made up")  # cuts at byte 100
    rows = tables.rows(measured, {"red": [point]})
    *figures, at_point = rows
    for region in ("ground-truth road and obstacles", "all pixels but those that mix obstacle and background"):
        here = [row for row in figures if row["region"] == region]
        assert [row["plan"] for row in here if "plan" in row] == ["red"]
        assert len([row for row in here if "map" in row]) == 4
        assert [row["control"] for row in here if "control" in row] == list(CONTROLS)
    assert at_point == {
        "data": "two drives",
        "plan": "red",
        "operating_point": "mine",
        "threshold": 0.39,
        "hit_rate": round(32 / 36, 5),
        "false_alarm_rate": 0.0,
        "obstacles": {
            BELOW: {"count": 3, "pixels_found": round(2 / 3, 5), "half_found": round(2 / 3, 5)},
            FROM: {"count": 3, "pixels_found": 1.0, "half_found": 1.0},
        },
    }
    assert json.loads(json.dumps(rows)) == rows


def test_operating_points_of_a_measurement_find_what_they_say(measured: Measurement) -> None:
    few, most = tables.rows(measured, {"red": operating_points(measured, "red")})[-2:]
    assert (few["operating_point"], most["operating_point"]) == ("road-fpr-0.01", "tpr95")
    assert float(str(few["false_alarm_rate"])) <= 0.01
    assert float(str(most["hit_rate"])) >= 0.95


def test_text_has_a_head_for_each_region_and_a_line_for_each_row(measured: Measurement) -> None:
    point = OperatingPoint(name="mine", threshold=0.39, source="made up")
    lines = tables.text(tables.rows(measured, {"red": [point]})).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "two drives; ground-truth road and obstacles",
        "two drives; all pixels but those that mix obstacle and background",
        "two drives; at operating points",
    ]
    red = measured.quality("red", "road")
    (row, _) = (line.split() for line in lines if line.startswith("  plan red "))
    assert row[2:] == [f"{value:.4f}" for value in (red.average_precision, red.auroc, red.fpr95, red.anomaly_share)]
    assert lines[-2].endswith(f"3 obstacles {BELOW}: 0.6667 of their pixels, 0.6667 of them by half or more")


def test_controls_are_judged_on_all_pixels_too(measured: Measurement) -> None:
    """Obstacles stand in for the same place in both drives: among all pixels that place is rarer than on the road."""
    on_road, everywhere = (measured.controls.by_region[region] for region in ("road", "all"))
    assert set(on_road) == set(everywhere) == set(CONTROLS)
    assert on_road[POSITION].anomaly_share == pytest.approx(12 / 127, abs=1e-4)
    assert everywhere[POSITION].anomaly_share == pytest.approx(12 / 255, abs=1e-4)
    assert everywhere["colour"].anomaly_share == pytest.approx(12 / 255, abs=1e-4)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    network, spec = toy.write(folder)
    made = ["compose", "--segmentation", str(network), "--spec", str(spec), "--plans", "entropy,msp"]
    assert cli.main([*made, "-o", str(folder / "toy")]) == 0
    return folder / "toy"


def test_command_measures_a_bundle_on_a_split(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["measure", "drives", str(bundle), "--split", "test", "--drives", "2", "--frames", "9"]
    assert cli.main([*command, "--json", str(tmp_path / "rows.json")]) == 0
    rows = json.loads((tmp_path / "rows.json").read_text())
    assert rows[0]["data"] == "drawn drives of split test, 18 frames of 512x256"
    assert len(rows) == 2 * (2 + len(CONTROLS)) + 2
    assert rows[-1]["operating_point"] == "uncalibrated"
    assert capsys.readouterr().out == tables.text(rows) + "\n"


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        (["weights", "BUNDLE", "-o", "w.json"], 1, "offers no q, entropy, perceptual, distance"),
        (["weights", "nowhere", "-o", "w.json"], 1, "nowhere: no such bundle"),
        (["measure", "drives", "nowhere"], 1, "nowhere: no such bundle"),
        (["measure", "drives", "BUNDLE", "--drives", "0", "--seed", "-1"], 2, "--drives 0: must be 1 or more"),
    ],
)
def test_each_mistake_is_told_in_lines(
    command: list[str], code: int, told: str, bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([word.replace("BUNDLE", str(bundle)) for word in command]) == code
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("split", ["val", "test"])
def test_drives_of_the_options_are_the_frozen_ones(split: str) -> None:
    from catseye_models.commands.options import series_of

    frozen = json.loads((Path(__file__).parents[1] / "frozen" / f"{split}.json").read_text())["series"]
    series = series_of(cli.build_parser().parse_args(["measure", "drives", "bundle"]), split)
    told = {key: frozen[key] for key in ("split", "seed", "drives", "frames", "period_micros")}
    assert told == {key: getattr(series, key) for key in told}
    assert (frozen["width"], frozen["height"]) == (series.size.width, series.size.height)
