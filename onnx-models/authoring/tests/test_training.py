"""Training the segmentation network: it learns, goes on after an interruption, and refuses what it cannot use."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("cv2", reason="needs the `draw` extra")
pytest.importorskip("torch", reason="needs the `train` extra")

import torch
from PIL import Image

from catseye_models.cli import build_parser, main
from catseye_models.commands import export, train
from catseye_models.errors import AuthoringError, UsageError
from catseye_models.training.augment import augment
from catseye_models.training.data import LabelledFrames, load_cityscapes
from catseye_models.training.loop import BEST, CURVES, LAST, METRICS, read_checkpoint
from catseye_models.training.network import SegmentationNetwork
from catseye_models.training.quality import Confusion
from catseye_models.training.segmentation import Recipe, SegmentationTraining, class_weights, load_network

pytestmark = pytest.mark.torch

TINY = Recipe(iterations=12, batch=2, validate_every=6, width=0.25, seed=1)


def halves(count: int) -> LabelledFrames:
    """Return frames (64, 128) of bright sky above dark road."""
    rng = np.random.default_rng(0)
    train_ids = np.full((count, 64, 128), 10, np.uint8)
    train_ids[:, 32:] = 0
    rgb = np.where(train_ids[..., None] == 10, 200, 60) + rng.integers(-9, 10, (count, 64, 128, 3))
    return LabelledFrames(rgb.astype(np.uint8), train_ids)


def training(folder: Path, recipe: Recipe = TINY) -> SegmentationTraining:
    return SegmentationTraining(recipe, train=halves(4), validation=halves(2), folder=folder)


def test_two_classes_are_learnt_in_a_few_iterations(tmp_path: Path) -> None:
    best = training(tmp_path, dataclasses.replace(TINY, iterations=40, validate_every=20)).run()
    assert best > 0.9
    lines = [json.loads(line) for line in (tmp_path / METRICS).read_text().splitlines()]
    assert [line["iteration"] for line in lines] == [20, 25, 40]
    assert max(line["validation_miou"] for line in lines if "validation_miou" in line) == pytest.approx(best)
    with Image.open(tmp_path / CURVES) as curves:
        assert curves.height > 3 * 100  # a panel each for loss, its part, learning rate, IoU and accuracy


def test_interrupted_run_goes_on_as_if_it_never_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    training(tmp_path / "whole").run()
    cut = training(tmp_path / "cut")
    step = SegmentationTraining._step

    def stop_at_8(run: SegmentationTraining) -> dict[str, float]:
        if run._iteration == 8:
            raise KeyboardInterrupt
        return step(run)

    monkeypatch.setattr(SegmentationTraining, "_step", stop_at_8)
    with pytest.raises(KeyboardInterrupt):
        cut.run()
    monkeypatch.setattr(SegmentationTraining, "_step", step)
    training(tmp_path / "cut").run()
    whole, resumed = (read_checkpoint(tmp_path / name / LAST)["network"] for name in ("whole", "cut"))
    assert all(torch.equal(whole[key], resumed[key]) for key in whole)


def test_checkpoint_of_another_recipe_is_refused(tmp_path: Path) -> None:
    training(tmp_path).run()
    with pytest.raises(UsageError, match="another recipe"):
        training(tmp_path, dataclasses.replace(TINY, seed=2)).run()


def test_damaged_checkpoint_is_refused(tmp_path: Path) -> None:
    training(tmp_path).run()
    data = (tmp_path / BEST).read_bytes()
    (tmp_path / BEST).write_bytes(data[: len(data) // 2])
    with pytest.raises(AuthoringError, match=r"best\.pt: not a readable checkpoint"):
        load_network(tmp_path / BEST)


def test_logits_have_the_size_of_the_input() -> None:
    network = SegmentationNetwork(0.25).eval()
    with torch.inference_mode():
        assert network(torch.zeros(2, 3, 32, 64)).shape == (2, 19, 32, 64)


def test_width_one_has_the_documented_parameters() -> None:
    count = sum(parameter.numel() for parameter in SegmentationNetwork().parameters())
    assert count == pytest.approx(0.94e6, rel=0.01)


def test_augmented_labels_stay_with_their_pixels() -> None:
    frames = halves(1)
    for seed in range(20):
        rgb, train_ids = augment(frames.rgb[0], frames.train_ids[0], rng=np.random.default_rng(seed))
        assert rgb.shape == (64, 128, 3)
        assert set(np.unique(train_ids)) <= {0, 10, 255}
        if (train_ids == 0).sum() > 50 and (train_ids == 10).sum() > 50:
            assert rgb[train_ids == 10].mean() > rgb[train_ids == 0].mean() + 20


def test_mean_iou_counts_known_pixels_only() -> None:
    confusion = Confusion()
    truth = np.array([[0, 0, 10, 255]], np.uint8)
    confusion.add(truth=truth, answer=np.array([[0, 10, 10, 3]], np.uint8))
    assert confusion.iou() == {"road": 0.5, "sky": 0.5}
    assert confusion.mean_iou() == 0.5
    assert confusion.accuracy() == pytest.approx(2 / 3)


def test_rare_classes_weigh_more() -> None:
    labels = np.zeros((10, 8, 8), np.uint8)
    labels[:, 0, 0] = 11
    weights = class_weights(labels)
    assert weights[11] > 2 * weights[0]
    assert 0.3 <= weights.min() <= weights.max() <= 3.0


def test_tree_without_frames_is_named(tmp_path: Path) -> None:
    with pytest.raises(AuthoringError, match="no frame under leftImg8bit/train"):
        load_cityscapes(tmp_path, "train")


def test_drawn_tree_trains_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree, run = str(tmp_path / "drawn"), str(tmp_path / "run")
    for split in ("train", "val"):
        draw = ["draw", "cityscapes", "--drives", "2", "--frames", "1", "--size", "128x64", "--split", split]
        assert main([*draw, "-o", tree]) == 0
    arguments = ["train", "segmentation", "--data", tree, "--batch", "2", "--iterations", "2", "--width", "0.25"]
    assert main([*arguments, "-o", run]) == 0
    assert "best mean IoU on val" in capsys.readouterr().out
    assert (tmp_path / "run" / BEST).is_file()


def test_wrong_numbers_are_one_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["train", "segmentation", "--data", str(tmp_path), "--iterations", "0", "--width", "9"]
    assert main([*arguments, "-o", str(tmp_path / "run")]) == 2
    assert capsys.readouterr().err.count("\n") == 2


@pytest.mark.parametrize("example", [train.EXAMPLE, train.STARTER_EXAMPLE, export.EXAMPLE])
def test_help_example_is_understood(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = example.split()[1:]
    assert build_parser().parse_args(words).verb == words[0]
    with pytest.raises(SystemExit):
        main([*words[: 2 if words[0] == "train" else 1], "--help"])
    assert example in " ".join(capsys.readouterr().out.split())
