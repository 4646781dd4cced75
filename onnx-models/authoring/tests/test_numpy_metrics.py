"""The independent witness `tools/numpy_metrics.py` against the definitions written out."""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from tests import real_data

TOOL = Path(__file__).parents[1] / "tools" / "numpy_metrics.py"


def load_tool() -> ModuleType:
    """Import the script by its path: it is no part of the package and must stay so."""
    spec = importlib.util.spec_from_file_location("numpy_metrics", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load_tool()


def by_definition(scores: np.ndarray, anomaly: np.ndarray) -> dict[str, float]:
    """Return the metrics by counting at every distinct threshold."""
    ap, auroc, fpr95 = 0.0, 0.0, None
    recall_before = fpr_before = 0.0
    for threshold in sorted(set(scores.tolist()), reverse=True):
        above = scores >= threshold
        recall = (above & anomaly).sum() / anomaly.sum()
        fpr = (above & ~anomaly).sum() / (~anomaly).sum()
        ap += (recall - recall_before) * (above & anomaly).sum() / above.sum()
        auroc += (fpr - fpr_before) * (recall + recall_before) / 2
        if fpr95 is None and recall >= 0.95:
            fpr95 = fpr
        recall_before, fpr_before = recall, fpr
    assert fpr95 is not None
    return {"AP": float(ap), "AUROC": float(auroc), "FPR95": float(fpr95)}


@pytest.mark.parametrize("levels", [2, 5, 256, 100_000])
def test_metrics_equal_their_definition_under_ties(levels: int) -> None:
    rng = np.random.default_rng(levels)
    anomaly = rng.random(700) < 0.1
    scores = (np.clip(rng.normal(0.4 + 0.2 * anomaly, 0.2), 0, 1) * levels).astype(int).astype(np.float32) / levels
    actual = tool.metrics(scores, anomaly)
    for name, value in by_definition(scores, anomaly).items():
        assert actual[name] == pytest.approx(value, abs=1e-12), name


def test_scores_that_tell_all_and_nothing() -> None:
    anomaly = np.array([True, True, False, False])
    assert tool.metrics(np.array([0.9, 0.8, 0.2, 0.1], np.float32), anomaly) == {"AP": 1, "AUROC": 1, "FPR95": 0}
    assert tool.metrics(np.zeros(4, np.float32), anomaly) == {"AP": 0.5, "AUROC": 0.5, "FPR95": 1}


def test_folder_of_maps_is_joined_by_name_enlarged_and_pooled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = np.random.default_rng(0)
    scores, masks = tmp_path / "scores", tmp_path / "masks"
    scores.mkdir()
    masks.mkdir()
    pooled, truth = [], []
    for place, frame in enumerate(("a_000001_000010", "a_000001_000020")):
        values = rng.integers(0, 256, (8, 16), dtype=np.uint8)
        labels = rng.choice(np.array([0, 1, 255], np.uint8), (16, 32), p=[0.6, 0.2, 0.2])
        Image.fromarray(values).save(scores / f"{frame}.png")
        Image.fromarray(labels).save(masks / f"{place:04d}_{frame}_labels.png")
        full = np.asarray(Image.fromarray(values.astype(np.float32) / 255).resize((32, 16), Image.Resampling.BICUBIC))
        pooled.append(full[labels != 255])
        truth.append(labels[labels != 255] == 1)
    assert tool.main(["--scores", str(scores), "--masks", str(masks)]) == 0
    expected = by_definition(np.concatenate(pooled), np.concatenate(truth))
    shown = dict(line.split() for line in capsys.readouterr().out.splitlines()[1:])
    assert shown.keys() == expected.keys()
    for name, value in expected.items():
        assert float(shown[name]) == pytest.approx(value, abs=2e-12)


def test_frame_without_its_one_mask_is_named(tmp_path: Path) -> None:
    Image.fromarray(np.zeros((2, 2), np.uint8)).save(tmp_path / "lonely.png")
    (tmp_path / "masks").mkdir()
    with pytest.raises(SystemExit, match="lonely: 0 masks"):
        tool.main(["--scores", str(tmp_path), "--masks", str(tmp_path / "masks")])


@pytest.mark.data
@real_data.needs_data
@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("255 - R", {"AP": 0.0105181916, "AUROC": 0.7247362749, "FPR95": 0.7727233083}),
        ("max - min", {"AP": 0.0043329656, "AUROC": 0.3979062755, "FPR95": 0.9393827354}),
    ],
)
def test_integer_scores_of_five_real_frames_give_the_published_goldens(score: str, expected: dict[str, float]) -> None:
    pooled, truth = [], []
    masks = sorted(real_data.MASKS.glob("*.png"))
    for path in real_data.pictures():
        frame = path.stem.removesuffix("_leftImg8bit")
        if not frame.startswith("04_Maurener_Weg_8_000008_"):
            continue
        rgb = np.asarray(Image.open(path).convert("RGB")).astype(np.int16)
        value = 255 - rgb[..., 0] if score == "255 - R" else rgb.max(axis=-1) - rgb.min(axis=-1)
        labels = np.asarray(Image.open(tool.mask_of(frame, masks)))
        pooled.append((value / np.float32(255))[labels <= 1])
        truth.append(labels[labels <= 1] == 1)
    assert tool.metrics(np.concatenate(pooled), np.concatenate(truth)) == pytest.approx(expected, abs=1e-10)
