"""The second phase of training: other looks, marks on the road, photographs of a video."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("cv2", reason="needs the `draw` extra")
pytest.importorskip("torch", reason="needs the `train` extra")

import cv2
import torch

from catseye_models.cli import main
from catseye_models.errors import AuthoringError
from catseye_models.scenes.drive import FrameSize
from catseye_models.training.adaptation import AdaptationRecipe, AdaptationTraining
from catseye_models.training.looks import another_look
from catseye_models.training.loop import BEST, LAST, METRICS, read_checkpoint, write_mean
from catseye_models.training.marks import mark
from catseye_models.training.photographs import read_photographs
from catseye_models.training.segmentation import Recipe, SegmentationTraining, load_network
from tests.test_training import halves

pytestmark = pytest.mark.torch

FIRST = Recipe(iterations=40, batch=2, validate_every=20, width=0.25, seed=1)
SECOND = AdaptationRecipe(iterations=6, batch=2, validate_every=3, width=0.25, confidence=0.06, seed=2)


def write_video(path: Path, *, frames: int) -> Path:
    """Write a video of 128x64 whose frame i is of grey 20 i."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (128, 64))
    for number in range(frames):
        writer.write(np.full((64, 128, 3), 20 * number, np.uint8))
    writer.release()
    return path


def adapt(folder: Path, start: Path, **more: Any) -> AdaptationTraining:
    return AdaptationTraining(SECOND, train=halves(4), validation=halves(2), folder=folder, start=start, **more)


def first_phase(folder: Path) -> Path:
    SegmentationTraining(FIRST, train=halves(4), validation=halves(2), folder=folder).run()
    return folder / BEST


def test_looks_differ_and_each_is_decided_by_its_seed() -> None:
    frame = halves(1)
    rgb, ids = frame.rgb[0], frame.train_ids[0]
    photographs = halves(2).rgb
    looks = [another_look(rgb, ids, rng=np.random.default_rng(seed), photographs=photographs) for seed in range(40)]
    assert all(look.shape == rgb.shape and look.dtype == np.uint8 for look in looks)
    assert len({look.tobytes() for look in looks}) == 40
    again = another_look(rgb, ids, rng=np.random.default_rng(7), photographs=photographs)
    assert np.array_equal(again, looks[7])


def test_looks_keep_the_outline() -> None:
    rgb, ids = halves(1).rgb[0], halves(1).train_ids[0]
    steps = []
    for seed in range(40):
        grey = another_look(rgb, ids, rng=np.random.default_rng(seed)).mean(2)
        steps.append(abs(grey[28:30].mean() - grey[34:36].mean()) / (grey[24:28].std() + grey[36:40].std() + 1))
    assert np.median(steps) > 1  # sky and road still differ by more than either spreads


def test_marks_lie_on_the_road_alone() -> None:
    frame = halves(1)
    changed = frame.rgb[0].copy()
    mark(changed, frame.train_ids[0], count=20, rng=np.random.default_rng(0))
    assert np.array_equal(changed[:32], frame.rgb[0, :32])
    assert (changed[32:] != frame.rgb[0, 32:]).any(axis=2).mean() > 0.1


def test_marks_without_a_road_change_nothing() -> None:
    frame = halves(1)
    changed = frame.rgb[0].copy()
    mark(changed, np.full_like(frame.train_ids[0], 10), count=5, rng=np.random.default_rng(0))
    assert np.array_equal(changed, frame.rgb[0])


def test_every_third_frame_of_a_video_is_read(tmp_path: Path) -> None:
    frames = read_photographs(write_video(tmp_path / "a.avi", frames=10), every=3, size=FrameSize(64, 32))
    assert frames.shape == (4, 32, 64, 3)
    assert frames.mean((1, 2, 3)) == pytest.approx([0, 60, 120, 180], abs=4)


def test_file_that_is_no_video_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.avi").write_bytes(b"no video")
    with pytest.raises(AuthoringError, match=r"a\.avi: no video that can be read"):
        read_photographs(tmp_path / "a.avi", every=1, size=FrameSize(64, 32))


def test_second_phase_begins_with_the_weights_of_the_first(tmp_path: Path) -> None:
    start = first_phase(tmp_path / "first")
    begun = adapt(tmp_path / "second", start)
    before = read_checkpoint(start)["network"]
    assert all(torch.equal(before[key], value) for key, value in begun.network.state_dict().items())
    begun.run()
    after = read_checkpoint(tmp_path / "second" / BEST)["network"]
    assert not torch.equal(before["classify.weight"], after["classify.weight"])


def test_second_phase_judges_changed_frames_too(tmp_path: Path) -> None:
    best = adapt(tmp_path / "second", first_phase(tmp_path / "first")).run()
    lines = [json.loads(line) for line in (tmp_path / "second" / METRICS).read_text().splitlines()]
    told = [line for line in lines if "validation_miou" in line]
    means = [(line["validation_miou"] + line["validation_miou_changed"]) / 2 for line in told]
    assert max(means) == pytest.approx(best)


def test_photographs_teach_where_the_network_is_sure(tmp_path: Path) -> None:
    start = first_phase(tmp_path / "first")
    photographs = np.ascontiguousarray(halves(3).rgb)
    sure = adapt(tmp_path / "sure", start, photographs=photographs)._told
    assert sure is not None
    assert (sure.train_ids == halves(3).train_ids).mean() > 0.8
    recipe = dataclasses.replace(SECOND, confidence=1.1)
    never = AdaptationTraining(
        recipe, train=halves(4), validation=halves(2), folder=tmp_path / "n", start=start, photographs=photographs
    )
    assert never._told is not None
    assert (never._told.train_ids == 255).all()


def test_video_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["train", "starter", "--work", str(tmp_path / "w"), "-o", str(tmp_path / "b")]
    assert main([*arguments, "--video", str(tmp_path / "none.mp4")]) == 2
    assert "none.mp4: no such file" in capsys.readouterr().err


def test_mean_lies_between_two_checkpoints(tmp_path: Path) -> None:
    start = first_phase(tmp_path / "first")
    adapt(tmp_path / "second", start).run()
    write_mean(start, tmp_path / "second" / LAST, tmp_path / "mean.pt", share=0.25)
    first, second, mean = (
        read_checkpoint(path)["network"]["classify.weight"]
        for path in (start, tmp_path / "second" / LAST, tmp_path / "mean.pt")
    )
    assert torch.allclose(mean, 0.75 * first + 0.25 * second)
    assert load_network(tmp_path / "mean.pt")(torch.zeros(1, 3, 32, 64)).shape == (1, 19, 32, 64)
