"""Drawn drives: repeatable, consistent from frame to frame, and without obstacles in training."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("cv2", reason="needs the `draw` extra")

from catseye_models.controls import CONTROLS, LIMIT
from catseye_models.scenes.canvas import Sprite
from catseye_models.scenes.drive import WORKING_SIZE, DrawnFrame, Drive, FrameSize
from catseye_models.scenes.exposure import bend, cover_with_bonnet
from catseye_models.scenes.labels import VOID, TrainId, to_label_ids, to_train_ids
from catseye_models.scenes.manifest import Generator, add_to_digest
from catseye_models.scenes.obstacles import ObstacleKind, catalogue
from catseye_models.scenes.palette import Palette
from catseye_models.scenes.picture import RIM, Picture, Pose, View
from catseye_models.scenes.series import LOST_AND_FOUND_SPLITS, Series, obstacle_drive, training_drive
from catseye_models.scenes.texture import grey
from catseye_models.scenes.world import Bonnet, Camera

SMALL = FrameSize(256, 128)
NO_HAZARDS = {31, 33, 34, 36, 37, 38, 39}
FROZEN = Path(__file__).parents[1] / "frozen"


def digest_of(drive: Drive) -> str:
    digest = hashlib.sha256()
    for frame in drive:
        add_to_digest(digest, frame)
    return digest.hexdigest()


def series(split: str, *, frames: int = 12, size: FrameSize = WORKING_SIZE) -> Series:
    return Series(drives=1, frames=frames, seed=3, split=split, size=size, period_micros=300_000)


@pytest.fixture(scope="module")
def obstacle_frames() -> list[DrawnFrame]:
    return list(obstacle_drive(series("test"), 0))


def test_same_seed_drawn_twice_in_any_order_is_the_same_pixels() -> None:
    first, again = (training_drive(series("train", size=SMALL), 5) for _ in range(2))
    later = first.frame(3)
    first.frame(0)
    expected = again.frame(3)
    for plane in ("rgb", "train_ids", "instances", "obstacles"):
        np.testing.assert_array_equal(getattr(later, plane), getattr(expected, plane))


def test_another_seed_or_split_is_another_world() -> None:
    pictures = [
        training_drive(series(split, size=SMALL), number).frame(0).rgb
        for split in ("train", "val")
        for number in (0, 1)
    ]
    for i, picture in enumerate(pictures):
        for other in pictures[i + 1 :]:
            assert np.abs(picture.astype(int) - other).mean() > 10


def test_training_frames_hold_unknown_things_but_no_obstacle() -> None:
    frames = [training_drive(series("train", size=SMALL), number).frame(0) for number in range(6)]
    assert all(frame.obstacles.max() == 0 for frame in frames)
    assert any((frame.train_ids == VOID).any() for frame in frames)


def test_every_pixel_has_a_class_or_is_void(obstacle_frames: list[DrawnFrame]) -> None:
    for frame in obstacle_frames:
        assert set(np.unique(frame.train_ids)) <= {*TrainId, VOID}
        solid = (frame.obstacles > 0) & (frame.obstacles != RIM)
        assert (frame.train_ids[solid] == VOID).all()


def test_obstacle_ahead_grows_until_the_camera_passes_it(obstacle_frames: list[DrawnFrame]) -> None:
    areas: dict[int, list[int]] = {}
    for frame in obstacle_frames:
        for number in np.unique(frame.instances[(frame.obstacles > 0) & (frame.obstacles != RIM)]):
            areas.setdefault(int(number), []).append(int((frame.instances == number).sum()))
    approached = [area for area in areas.values() if len(area) >= 3 and max(area) > 10 * area[0]]
    assert approached
    for area in approached:
        largest = area.index(max(area))
        assert area[: largest + 1] == sorted(area[: largest + 1])


def test_validation_and_test_share_no_obstacle_model() -> None:
    validation, test = catalogue()["val"], catalogue()["test"]
    assert len(validation) >= 12
    assert len(test) >= 16
    for feature in ("name", "label_id", "parts"):
        assert not {getattr(kind, feature) for kind in validation} & {getattr(kind, feature) for kind in test}
    assert all(2 <= kind.label_id <= 43 and kind.label_id not in NO_HAZARDS for kind in validation + test)


def test_training_and_validation_draw_no_model_of_the_test_set(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: set[str] = set()
    draw = ObstacleKind.draw

    def watched(kind: ObstacleKind, rng: np.random.Generator, *, palette: Palette) -> Sprite:
        drawn.add(kind.name)
        return draw(kind, rng, palette=palette)

    monkeypatch.setattr(ObstacleKind, "draw", watched)
    for split in ("train", "val", "test"):
        for number in range(2):
            training_drive(series(split), number)
    assert not drawn
    for number in range(4):
        obstacle_drive(series("val", frames=200), number)
    assert drawn == {kind.name for kind in catalogue()["val"]}


def test_equal_arguments_give_equal_pixels_in_another_process() -> None:
    drives = [obstacle_drive(series("val", frames=2, size=SMALL), 1), training_drive(series("train", frames=2), 1)]
    here = [digest_of(drive) for drive in drives]
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.test_scenes import SMALL, digest_of, obstacle_drive, series, training_drive\n"
        "print(digest_of(obstacle_drive(series('val', frames=2, size=SMALL), 1)))\n"
        "print(digest_of(training_drive(series('train', frames=2), 1)))"
    )
    root = str(Path(__file__).parents[1])
    there = subprocess.run([sys.executable, "-c", program, root], capture_output=True, text=True, check=True)
    assert there.stdout.split() == here


@pytest.mark.parametrize("split", LOST_AND_FOUND_SPLITS)
def test_frozen_drives_were_drawn_by_this_generator_and_their_controls_are_low(split: str) -> None:
    """A change of the generator changes every figure: draw and measure both sets again, as README.md says."""
    manifest = json.loads((FROZEN / f"{split}.json").read_text())
    digests = (manifest["generator_sha256"], manifest["obstacle_catalogue_sha256"])
    assert digests == (Generator.here().code, Generator.here().catalogue)
    measured = manifest["measured"]
    assert measured["frames"] >= 1000
    assert measured["frames_without_obstacle"] >= 200
    assert {row["control"] for row in measured["controls"]} == set(CONTROLS)
    assert all(row["average_precision"] <= LIMIT for row in measured["controls"])


def test_all_nineteen_classes_occur_in_training_scenes() -> None:
    seen: set[int] = set()
    for number in range(24):
        seen |= set(np.unique(training_drive(series("train", size=SMALL), number).frame(0).train_ids).tolist())
    assert seen == {*TrainId, VOID}


def test_lens_bends_colours_and_labels_alike() -> None:
    picture = Picture.empty(64, 32)
    picture.label[8:24, 16:48] = TrainId.CAR
    picture.rgb[8:24, 16:48] = 200
    bent = bend(picture, 0.3)
    assert (bent.label == TrainId.CAR).sum() != (picture.label == TrainId.CAR).sum()
    np.testing.assert_array_equal(bent.label == TrainId.CAR, bent.rgb[..., 0] > 100)


def test_bonnet_is_void_and_hides_what_is_behind_it() -> None:
    picture = Picture.empty(64, 32)
    picture.obstacle[:], picture.instance[:] = 22, 1
    cover_with_bonnet(picture, Bonnet(middle=0.25, ends=0.125, colour=grey(90)))
    bottom = picture.label[-4:]
    assert (bottom == VOID).all()
    assert picture.obstacle[-4:].max() == picture.instance[-4:].max() == 0
    assert (picture.label[:16] == TrainId.SKY).all()


def test_twice_the_size_shows_the_same_scene() -> None:
    large, small = (
        Drive((1, 2), frames=2, period_micros=100_000, size=size).frame(1) for size in (WORKING_SIZE, SMALL)
    )
    same = (large.train_ids[1::2, 1::2] == small.train_ids).mean()
    assert same > 0.93


def test_capture_times_count_from_the_first_frame() -> None:
    drive = Drive((7,), frames=3, period_micros=100_000, size=SMALL)
    assert [drive.frame(i).capture_micros for i in range(3)] == [0, 100_000, 200_000]


def test_point_on_the_ground_appears_where_the_pinhole_says() -> None:
    camera = Camera(focal_widths=1.0, centre=0.5, horizon=0.4, height_m=1.2)
    view = View.of(camera, curvature_per_m=0.01, pose=Pose(z_m=0, x_m=0.5, time_s=0), width=500, height=250)
    assert view.column_of(2.5, 10.0) == pytest.approx(250 + 500 * (2.5 - 0.5 + 0.01 * 100) / 10)
    assert view.ground_row(10.0) == pytest.approx(100 + 500 * 1.2 / 10)


def test_train_ids_survive_the_way_through_label_ids() -> None:
    train_ids = np.array([[*range(19), VOID]], np.uint8)
    np.testing.assert_array_equal(to_train_ids(to_label_ids(train_ids)), train_ids)
    assert to_label_ids(train_ids)[0, [0, 13, 19]].tolist() == [7, 26, 0]
