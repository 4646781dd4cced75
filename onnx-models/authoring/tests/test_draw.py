"""`catseye-models draw`: the folders that it writes, and what it refuses."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

pytest.importorskip("cv2", reason="needs the `draw` extra")

from catseye_models.cli import main
from catseye_models.commands import draw
from catseye_models.scenes.draw import SCENE
from catseye_models.scenes.drive import Drive, FrameSize
from catseye_models.scenes.layouts import PNG, FrameName, LostAndFoundTree
from catseye_models.scenes.obstacles import catalogue

DRIVE = ["--drives", "2", "--frames", "2", "--size", "256x128", "--workers", "2"]


@pytest.fixture(scope="module")
def lost_and_found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lost-and-found")
    arguments = ["draw", "lost-and-found", *DRIVE, "--split", "val", "--period", "900000", "-o", str(folder)]
    assert main(arguments) == 0
    return folder


@pytest.fixture(scope="module")
def cityscapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cityscapes")
    assert main(["draw", "cityscapes", *DRIVE, "-o", str(folder)]) == 0
    return folder


def read(path: Path) -> NDArray[np.integer]:
    with Image.open(path) as image:
        return np.asarray(image)


def test_lost_and_found_names_and_pictures(lost_and_found: Path) -> None:
    names = [f"90_Drawn_{drive:06d}_{frame:06d}" for drive in (0, 1) for frame in (0, 1)]
    pictures = lost_and_found / "leftImg8bit" / "val" / "90_Drawn"
    assert sorted(path.name for path in pictures.iterdir()) == [f"{name}_leftImg8bit.png" for name in names]
    labels = {path.name for path in (lost_and_found / "gtCoarse" / "val" / "90_Drawn").iterdir()}
    kinds = ("labelIds", "labelTrainIds", "instanceIds")
    assert labels == {f"{name}_gtCoarse_{kind}.png" for name in names for kind in kinds}


def test_lost_and_found_labels_agree_with_each_other(lost_and_found: Path) -> None:
    labels = lost_and_found / "gtCoarse" / "val" / "90_Drawn"
    seen = set()
    for path in labels.glob("*_labelIds.png"):
        label_ids = read(path)
        train_ids = read(path.with_name(path.name.replace("labelIds", "labelTrainIds")))
        instance_ids = read(path.with_name(path.name.replace("labelIds", "instanceIds")))
        assert [plane.dtype.itemsize for plane in (label_ids, train_ids, instance_ids)] == [1, 1, 2]
        np.testing.assert_array_equal(train_ids == 255, label_ids == 0)
        np.testing.assert_array_equal(train_ids == 1, label_ids == 1)
        np.testing.assert_array_equal(train_ids == 2, label_ids >= 2)
        obstacle = label_ids >= 2
        np.testing.assert_array_equal(instance_ids[obstacle] // 1000, label_ids[obstacle])
        seen |= set(np.unique(label_ids).tolist())
    assert {0, 1} < seen <= {0, 1, *(kind.label_id for kind in catalogue()["val"])}


def test_instance_number_beyond_999_stays_inside_its_label(tmp_path: Path) -> None:
    frame = Drive((1,), frames=1, period_micros=100_000, size=FrameSize(64, 64)).frame(0)
    frame.obstacles[40:50, 20:30], frame.instances[40:50, 20:30] = 30, 1234
    LostAndFoundTree(tmp_path, "val", PNG).write(frame, FrameName(SCENE, 0, 0))
    (path,) = tmp_path.rglob("*_instanceIds.png")
    assert read(path)[45, 25] == 30_234


def test_times_file_has_one_line_per_frame(lost_and_found: Path) -> None:
    lines = (lost_and_found / "times.csv").read_text().splitlines()
    assert lines[0] == "frame,capture_micros"
    assert lines[1:3] == ["90_Drawn_000000_000000,0", "90_Drawn_000000_000001,900000"]
    assert len(lines) == 5


def test_cityscapes_labels_follow_the_published_ids(cityscapes: Path) -> None:
    names = sorted((cityscapes / "gtFine" / "train" / "drawn").glob("*_labelIds.png"))
    assert [path.name[:19] for path in names] == [f"drawn_{d:06d}_{f:06d}"[:19] for d in (0, 1) for f in (0, 1)]
    for path in names:
        label_ids = read(path)
        instance_ids = read(path.with_name(path.name.replace("labelIds", "instanceIds")))
        assert label_ids.dtype.itemsize == 1
        assert {7, 23} <= set(np.unique(label_ids).tolist()) <= {0, 7, 8, 11, 12, 13, 17, *range(19, 29), 31, 32, 33}
        counted = instance_ids >= 1000
        np.testing.assert_array_equal(instance_ids[counted] // 1000, label_ids[counted])
        np.testing.assert_array_equal(instance_ids[~counted], label_ids[~counted])


def test_contact_sheet_shows_the_drives(lost_and_found: Path, cityscapes: Path) -> None:
    assert read(lost_and_found / "contact-sheet.jpg").shape == (320, 1280, 3)
    assert read(cityscapes / "contact-sheet-train.jpg").shape == (320, 1280, 3)


@pytest.mark.parametrize("example", [draw.EXAMPLE, draw.TRAINING_EXAMPLE])
def test_help_example_runs(
    example: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit):
        main(["draw", "--help"])
    assert example in capsys.readouterr().out
    monkeypatch.chdir(tmp_path)
    assert main(example.split()[1:]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (["--drives", "0"], "--drives 0: must be 1 or more"),
        (["--size", "512"], "--size 512: expected WIDTHxHEIGHT"),
        (["--size", "32x32"], "--size 32x32"),
        (["--jpeg", "101"], "--jpeg 101: must be 1 to 95"),
        (["--split", "train"], "--split train: lost-and-found has val, test"),
    ],
)
def test_wrong_argument_is_refused_by_name(
    change: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draw", "lost-and-found", *DRIVE, *change, "-o", str(tmp_path / "out")]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_folder_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["draw", "lost-and-found", *DRIVE, "-o", str(tmp_path / "file")]) == 1
    error = capsys.readouterr().err
    assert "Not a directory" in error
    assert error.count("\n") == 1
