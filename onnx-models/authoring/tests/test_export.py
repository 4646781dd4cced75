"""Exporting a trained network: what is written answers as torch does, or nothing is written."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("cv2", reason="needs the `draw` extra")
pytest.importorskip("torch", reason="needs the `train` extra")

import onnx
import torch

from catseye_models import export
from catseye_models.errors import ModelError
from catseye_models.module import ModuleSpec
from catseye_models.runtime import Session
from catseye_models.spec import NetworkSpec
from catseye_models.torch_export import verify
from catseye_models.training.data import LabelledFrames
from catseye_models.training.network import SegmentationNetwork
from catseye_models.training.normalise import to_input
from catseye_models.training.segmentation import Recipe, SegmentationTraining, load_network

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def frames() -> LabelledFrames:
    rng = np.random.default_rng(0)
    rgb = rng.integers(0, 256, (2, 32, 64, 3), dtype=np.uint8)
    return LabelledFrames(rgb, (rgb[..., 0] > 128).astype(np.uint8))


@pytest.fixture(scope="module")
def checkpoint(frames: LabelledFrames, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    recipe = Recipe(iterations=4, batch=2, validate_every=4, width=0.25)
    SegmentationTraining(recipe, train=frames, validation=frames, folder=folder).run()
    return folder / "last.pt"


@pytest.fixture(scope="module")
def exported(checkpoint: Path, frames: LabelledFrames, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    assert export.export_segmentation(checkpoint, validation=frames, folder=folder) < export.ATOL
    return folder


def test_spec_feeds_the_file_so_that_it_answers_as_torch(
    exported: Path, checkpoint: Path, frames: LabelledFrames
) -> None:
    spec = NetworkSpec.read(exported / "segmentation.json")
    assert (spec.width, spec.height, spec.order) == (64, 32, "RGB")
    values = frames.rgb.astype(np.float64) * spec.scale
    image = ((values - spec.mean) / spec.std * spec.output_scale).transpose(0, 3, 1, 2).astype(np.float32)
    session = Session((exported / "segmentation.onnx").read_bytes(), name="exported")
    logits = session.run(**{spec.input: image})[spec.logits]
    with torch.inference_mode():
        expected = load_network(checkpoint)(to_input(frames.rgb)).numpy()
    np.testing.assert_allclose(logits, expected, atol=1e-4)


def test_exported_file_is_opset_18_of_the_default_domain(exported: Path) -> None:
    model = onnx.load(exported / "segmentation.onnx")
    onnx.checker.check_model(model)
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", 18)]


def test_logit_range_spans_what_the_network_says(exported: Path) -> None:
    spec = NetworkSpec.read(exported / "segmentation.json")
    assert spec.max_logit_range is not None
    low, high = spec.max_logit_range
    assert low < high


def test_file_of_other_weights_does_not_verify(exported: Path) -> None:
    spec = NetworkSpec.read(exported / "segmentation.json")
    model = (exported / "segmentation.onnx").read_bytes()
    with pytest.raises(ModelError, match=r"segmentation: logits, batch of 1: max \|diff\|"):
        verify(ModuleSpec.of(spec), SegmentationNetwork(0.25), model)


def test_temperature_divides_the_logits(checkpoint: Path, frames: LabelledFrames, tmp_path: Path) -> None:
    export.export_segmentation(checkpoint, validation=frames, folder=tmp_path, temperature=2.0)
    session = Session((tmp_path / "segmentation.onnx").read_bytes(), name="exported")
    image = to_input(frames.rgb).contiguous()
    logits = session.run(image=image.numpy())["logits"]
    with torch.inference_mode():
        expected = load_network(checkpoint)(image).numpy() / 2
    np.testing.assert_allclose(logits, expected, atol=1e-4)


def test_export_that_fails_verification_is_not_written(
    checkpoint: Path, frames: LabelledFrames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "ATOL", 1e-12)
    with pytest.raises(ModelError, match="atol 1e-12"):
        export.export_segmentation(checkpoint, validation=frames, folder=tmp_path / "out")
    assert not (tmp_path / "out").exists()
