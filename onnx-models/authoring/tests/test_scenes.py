"""Drawn drives: repeatable, consistent from frame to frame, and without obstacles in training."""

import numpy as np
import pytest

pytest.importorskip("cv2", reason="needs the `draw` extra")

from catseye_models.scenes.draw import Series, obstacle_drive, training_drive
from catseye_models.scenes.drive import WORKING_SIZE, DrawnFrame, Drive, FrameSize
from catseye_models.scenes.labels import VOID, TrainId, to_label_ids, to_train_ids
from catseye_models.scenes.obstacles import TEST_OBSTACLES, VALIDATION_OBSTACLES
from catseye_models.scenes.picture import RIM, Pose, View
from catseye_models.scenes.world import Camera

SMALL = FrameSize(256, 128)


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


def test_obstacles_of_validation_and_test_share_no_kind() -> None:
    drawings = [{kind.drawing for kind in kinds} for kinds in (VALIDATION_OBSTACLES, TEST_OBSTACLES)]
    label_ids = [{kind.label_id for kind in kinds} for kinds in (VALIDATION_OBSTACLES, TEST_OBSTACLES)]
    assert not drawings[0] & drawings[1]
    assert not label_ids[0] & label_ids[1]
    assert all(2 <= label_id <= 43 for ids in label_ids for label_id in ids)


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
