"""Bundles on real frames: which frames, by which rule, and how often. The frames here are made up, but for one test."""

import json
import subprocess
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("cv2", reason="measuring needs the `draw` extra")

from catseye_models import cli
from catseye_models.bundle.subject import Subject
from catseye_models.errors import ModelError, UsageError
from catseye_models.real import log
from catseye_models.real.evaluate import evaluate, levels_of
from catseye_models.real.frames import RealFrame, RealSet, real_sets
from catseye_models.scores import Figures
from tests import painted, real_data, toy
from tests.test_numpy_metrics import tool

PAINTED = Subject(name="painted", digest="0" * 64, graph=painted.graph(), points={})
SCENE = "04_Maurener_Weg_8"


def write(path: Path, pixels: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder of made-up frames 32x16: two of Lost & Found, one of each other set."""
    random = np.random.default_rng(4)
    for number, frame in enumerate((f"{SCENE}_000008_000040", f"{SCENE}_000008_000100")):
        found = tmp_path / "lost_and_found"
        rgb = random.integers(0, 256, (16, 32, 3), np.uint8)
        write(found / "leftImg8bit" / "test" / SCENE / f"{frame}_leftImg8bit.png", rgb)
        labels = random.choice(np.array([0, 1, 255], np.uint8), (16, 32))
        write(found / "fishyscapes_lostandfound" / f"{9 - number:04d}_{frame}_labels.png", labels)
    for name, anomaly in (("fishyscapes_static", 1), ("road_anomaly", 2)):
        rgb, labels = np.zeros((16, 32, 3), np.uint8), np.zeros((16, 32), np.uint8)
        rgb[:, 16:], labels[:, 16:], labels[0] = 250, anomaly, 3
        write(tmp_path / name / "images" / "0.jpg", rgb)
        write(tmp_path / name / "labels_masks" / "0.png", labels)
    return tmp_path


def head() -> str:
    """Return the commit that git tells, `unknown` where there is no checkout."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short=12", "HEAD"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    return told.stdout.strip() if told.returncode == 0 else "unknown"


def rows_of(sets: list[RealSet], subject: Subject = PAINTED) -> list[Figures]:
    return list(evaluate([subject], sets, told=lambda: None))


def test_masks_are_joined_by_id_and_not_by_number(data: Path) -> None:
    found = real_sets(data)
    assert [str(one) for one in found] == [
        "Lost & Found with Fishyscapes masks, 2 frames",
        "Fishyscapes Static, 1 frames",
        "Road Anomaly, 1 frames",
    ]
    assert [frame.mask.name[:4] for frame in found[0].frames] == ["0009", "0008"]


def test_figures_are_those_of_the_independent_judge(data: Path) -> None:
    (lost_and_found, *_) = real_sets(data)
    scores, anomaly = [], []
    for frame in lost_and_found.frames:
        labels = frame.labels()
        scores.append((frame.rgb()[..., 0] / np.float32(255))[labels <= 1])
        anomaly.append(labels[labels <= 1] == 1)
    expected = tool.metrics(np.concatenate(scores), np.concatenate(anomaly))
    (row,) = (row for row in rows_of([lost_and_found]) if row.get("plan") == "red")
    figures = {"AP": row["average_precision"], "AUROC": row["auroc"], "FPR95": row["fpr95"]}
    assert figures == pytest.approx(expected, abs=1e-5)


def test_each_set_has_its_own_value_of_anomaly_and_all_others_are_left_out(data: Path) -> None:
    for real_set in real_sets(data)[1:]:
        (row,) = (row for row in rows_of([real_set]) if row.get("plan") == "red")
        assert (row["average_precision"], row["auroc"], row["fpr95"]) == (1.0, 1.0, 0.0)
        assert row["anomaly_share"] == 0.5  # row 0 has another value and counts on neither side


def test_plan_and_every_map_have_a_row(data: Path) -> None:
    rows = rows_of(real_sets(data)[:1])
    assert [row.get("plan") or row["map"] for row in rows] == [
        "red",
        "dissimilarity",
        "entropy",
        "perceptual",
        "distance",
    ]
    assert {row["bundle"] for row in rows} == {"painted 000000000000"}


def test_scores_are_enlarged_by_the_bicubic_rule_and_overshoot_is_kept() -> None:
    scores = np.zeros((4, 8), np.float32)
    scores[:, 4:] = 1
    expected = np.asarray(Image.fromarray(scores).resize((32, 16), Image.Resampling.BICUBIC))
    levels = levels_of(scores, (16, 32))
    assert expected.max() > 1
    assert expected.min() < 0
    np.testing.assert_allclose(levels * (1.6 / 65535) - 0.3, expected, atol=2.5e-5)


def test_mask_of_another_size_is_refused(data: Path) -> None:
    write(data / "small.png", np.zeros((8, 16), np.uint8))
    frame = RealFrame(real_sets(data)[1].frames[0].picture, data / "small.png")
    with pytest.raises(ModelError, match=r"small.png: \(16, 8\) pixels, its picture has \(32, 16\)"):
        rows_of([RealSet("mixed", 1, (frame,))])


def test_absent_frames_are_told_folder_by_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["measure", "real", "nowhere", "--data", str(tmp_path), "--log", str(tmp_path / "log.jsonl")]
    assert cli.main(command) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    for name, line in zip(("lost_and_found", "fishyscapes_static", "road_anomaly"), lines, strict=True):
        assert f"{tmp_path / name}: no real frames there; name the folder of the data sets" in line
    assert not (tmp_path / "log.jsonl").exists()


def test_picture_without_mask_is_named(data: Path) -> None:
    (data / "road_anomaly" / "labels_masks" / "0.png").unlink()
    with pytest.raises(UsageError, match=r"road_anomaly/images/0.jpg: has no mask"):
        real_sets(data)


def test_log_takes_five_evaluations_and_no_sixth(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "log.jsonl"
    for left in range(log.MOST, 0, -1):
        assert log.require_room(kept) == left
        log.append(kept, PAINTED, [{"plan": "red"}], note=f"try {left}")
    assert cli.main(["measure", "real", "nowhere", "--data", "nowhere", "--log", str(kept)]) == 2
    assert "holds 5 evaluations on real frames, no more than 5 are allowed" in capsys.readouterr().err
    assert [json.loads(line)["note"] for line in kept.read_text().splitlines()] == [f"try {n}" for n in range(5, 0, -1)]


def test_log_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text('{"date": 1}\nnotes\n')
    with pytest.raises(UsageError, match="line 2 is not JSON"):
        log.require_room(tmp_path / "log.jsonl")


def test_command_logs_one_line_with_commit_and_prints_bundles_beside_published_figures(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    network, spec = toy.write(data)
    compose = ["compose", "--segmentation", str(network), "--spec", str(spec), "--plans"]
    assert cli.main([*compose, "entropy", "-o", str(data / "ours")]) == 0
    assert cli.main([*compose, "msp", "--name", "theirs", "-o", str(data / "theirs")]) == 0
    capsys.readouterr()
    monkeypatch.setenv("CATSEYE_DATA", str(data))
    kept = data / "log.jsonl"
    command = ["measure", "real", str(data / "ours"), "--beside", str(data / "theirs"), "--note", "first"]
    assert cli.main([*command, "--log", str(kept)]) == 0
    (entry,) = map(json.loads, kept.read_text().splitlines())
    assert (entry["bundle"], entry["note"]) == ("toy", "first")
    assert entry["commit"].removesuffix("-dirty") == head()
    assert entry["digest"] == Subject.read(data / "ours").digest
    assert datetime.fromisoformat(entry["date"]).utcoffset() is not None
    assert [(row["bundle"].split()[0], row["plan"]) for row in entry["rows"] if "plan" in row] == [
        ("toy", "entropy"),
        ("theirs", "msp"),
    ] * 3
    printed = capsys.readouterr().out
    assert "Lost & Found with Fishyscapes masks, 2 frames; all valid pixels" in printed
    assert "published SynBoost Light" in printed


@pytest.mark.data
@real_data.needs_data
def test_entropy_of_a_real_network_has_the_golden_figures_on_lost_and_found(tmp_path: Path) -> None:
    spec = Path(__file__).parents[1] / "specs" / "espnet_p2_q8.json"
    command = ["compose", "--segmentation", str(real_data.NETWORK), "--spec", str(spec), "--plans", "entropy"]
    assert cli.main([*command, "-o", str(tmp_path / "espnet")]) == 0
    found = real_sets(real_data.FOLDER)
    assert [len(one.frames) for one in found] == [16, 10, 13]
    (row,) = rows_of(found[:1], Subject.read(tmp_path / "espnet"))
    # Source: shared/data/MANIFEST.md, golden from bytes
    expected = {"average_precision": 0.054496, "auroc": 0.943624, "fpr95": 0.171540}
    assert {name: row[name] for name in expected} == pytest.approx(expected, abs=2e-4)
    assert row["anomaly_share"] == pytest.approx(114522 / 27287843, abs=1e-5)
