"""What simple rules find on drawn drives: each rule finds what it is made for, and nothing where there is nothing."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("cv2", reason="needs the `draw` extra")

from catseye_models.cli import main
from catseye_models.controls import CONTROLS, LIMIT, POSITION, Report, Sums, scores_of
from catseye_models.scenes.drive import SMALLEST_OBSTACLE_PX, WORKING_SIZE, DrawnFrame
from catseye_models.scenes.labels import VOID, TrainId
from catseye_models.scenes.series import Series, obstacle_drive

HEIGHT, WIDTH = 64, 512
GREY = (110, 110, 110)


def frame(
    *, colour: tuple[int, int, int] = GREY, columns: tuple[int, int] = (200, 220), obstacle: bool = True
) -> DrawnFrame:
    """Return a road of noisy grey with one obstacle of a colour in rows 20 to 39."""
    noise = np.random.default_rng(5).normal(0, 3, (HEIGHT, WIDTH, 1))
    rgb = np.clip(np.array(GREY) + noise, 0, 255).astype(np.uint8)
    train_ids = np.full((HEIGHT, WIDTH), TrainId.ROAD, np.uint8)
    instances = np.zeros((HEIGHT, WIDTH), np.uint16)
    obstacles = np.zeros((HEIGHT, WIDTH), np.uint8)
    if obstacle:
        area = (slice(20, 40), slice(*columns))
        rgb[area] = colour
        train_ids[area], instances[area], obstacles[area] = VOID, 1, 22
    return DrawnFrame(0, 0, rgb, train_ids, instances, obstacles)


def report(*drives: list[DrawnFrame]) -> Report:
    sums = [Sums() for _ in drives]
    for kept, frames in zip(sums, drives, strict=True):
        for one in frames:
            kept.add(one)
    return Report.of(sums)


def precision(found: Report) -> dict[str, float]:
    return {name: quality.average_precision for name, quality in found.quality.items()}


def test_red_obstacle_is_found_by_colour_and_chroma() -> None:
    found = precision(report([frame(colour=(150, 60, 60))]))
    assert found["colour"] > 0.99
    assert found["chroma"] > 0.99


def test_white_obstacle_is_found_by_colour_but_not_by_chroma() -> None:
    found = precision(report([frame(colour=(250, 250, 250))]))
    assert found["colour"] > 0.99
    assert found["chroma"] < 0.2


def test_obstacle_of_the_roads_own_grey_is_found_by_no_colour() -> None:
    found = precision(report([frame()]))
    assert found["colour"] < 0.05
    assert found["chroma"] < 0.05


def test_striped_obstacle_is_found_by_contrast() -> None:
    striped = frame()
    striped.rgb[20:40, 200:220:2] = 30
    found = precision(report([striped]))
    assert found["contrast-fine"] > 0.8
    assert found["contrast-wide"] > 0.4


def test_obstacle_at_the_same_place_in_every_drive_is_found_by_position() -> None:
    same = report(*[[frame()] for _ in range(3)])
    elsewhere = report(*[[frame(columns=(left, left + 20))] for left in (40, 200, 400)])
    assert precision(same)[POSITION] > 0.6
    assert precision(elsewhere)[POSITION] < 0.05


def test_one_drive_says_nothing_about_position() -> None:
    found = report([frame(), frame()])
    assert POSITION not in found.quality
    assert set(found.quality) == set(CONTROLS) - {POSITION}


def test_frames_without_obstacle_are_counted_and_weigh_as_road() -> None:
    found = report([frame(colour=(250, 250, 250)), frame(obstacle=False)])
    assert (found.frames, found.frames_without) == (2, 1)
    assert found.quality["colour"].anomaly_share == pytest.approx(400 / (2 * HEIGHT * WIDTH))
    assert found.areas_px.tolist() == [400]


def test_no_obstacle_at_all_is_a_report_without_figures() -> None:
    found = report([frame(obstacle=False)])
    assert found.quality == {}
    assert found.lines() == ["1 of 1 frames show no obstacle"]


def test_scores_use_the_mean_of_the_road_alone() -> None:
    one = frame(colour=(250, 250, 250))
    road = one.obstacles == 0
    scores = scores_of(one.rgb, road=road)
    expected = np.linalg.norm(one.rgb.astype(float) - one.rgb[road].astype(float).mean(0), axis=-1)
    np.testing.assert_allclose(scores["colour"], expected, atol=1e-3)


def manifest_of(folder: Path, *, seed: int) -> dict[str, object]:
    arguments = ["--drives", "3", "--frames", "2", "--seed", str(seed), "--split", "val", "--size", "256x128"]
    assert main(["draw", "lost-and-found", *arguments, "--workers", "2", "-o", str(folder)]) == 0
    written: dict[str, object] = json.loads((folder / "manifest.json").read_text())
    return written


def test_manifest_names_generator_and_drives_and_is_the_same_again(tmp_path: Path) -> None:
    first, again, other = (manifest_of(tmp_path / name, seed=seed) for name, seed in (("a", 4), ("b", 4), ("c", 5)))
    assert first == again
    assert first["drives_sha256"] != other["drives_sha256"]
    for key in ("generator_sha256", "obstacle_catalogue_sha256"):
        assert first[key] == other[key]
        assert len(str(first[key])) == 64


def test_command_prints_what_the_manifest_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = manifest_of(tmp_path, seed=4)
    printed = capsys.readouterr().out
    measured = manifest["measured"]
    assert isinstance(measured, dict)
    for control in measured["controls"]:
        assert f"{control['control']:14} {control['average_precision']:6.3f}" in printed
    assert f"{measured['frames_without_obstacle']} of 6 frames show no obstacle" in printed
    assert f"generator {str(manifest['generator_sha256'])[:12]}" in printed


@pytest.fixture(scope="module")
def validation() -> Report:
    series = Series(drives=14, frames=3, seed=2, split="val", size=WORKING_SIZE, period_micros=2_000_000)
    sums = [Sums() for _ in range(series.drives)]
    for number, kept in enumerate(sums):
        for one in obstacle_drive(series, number):
            kept.add(one)
    return Report.of(sums)


def test_validation_drives_are_not_told_by_simple_rules(validation: Report) -> None:
    found = precision(validation)
    assert set(found) == set(CONTROLS)
    assert max(found.values()) <= LIMIT


def test_obstacle_areas_start_at_ten_pixels_and_follow_the_stated_law(validation: Report) -> None:
    areas_px = validation.areas_px
    assert len(areas_px) > 50
    assert areas_px[0] >= SMALLEST_OBSTACLE_PX
    for least_px in (20, 40, 80, 160):
        assert (areas_px >= least_px).mean() == pytest.approx(np.sqrt(SMALLEST_OBSTACLE_PX / least_px), abs=0.15)


def test_every_fifth_drive_shows_no_obstacle(validation: Report) -> None:
    assert 2 * 3 <= validation.frames_without < validation.frames / 2
