"""Training generator and dissimilarity networks: each learns, and their examples are what the graphs compute."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("cv2", reason="needs the `draw` extra")
pytest.importorskip("torch", reason="needs the `train` extra")

import torch

from catseye_models.errors import AuthoringError, UsageError
from catseye_models.training import pairs
from catseye_models.training.data import LabelledFrames
from catseye_models.training.dissimilarity import DissimilarityRecipe, DissimilarityTraining, inputs_of
from catseye_models.training.generator import GeneratorRecipe, GeneratorTraining, labels_and_edges, load_generator
from catseye_models.training.loop import BEST
from catseye_models.training.network import SegmentationNetwork
from catseye_models.training.pairs import CHANNELS, PICTURE, PRIOR, SEMANTIC, SYNTHESIS, TRUTH, Examples
from catseye_models.training.perceptual import FeatureDifference, scaled
from catseye_models.training.unknowns import ANOMALOUS, IGNORED
from tests.test_training import halves

pytestmark = pytest.mark.torch

GENERATOR = GeneratorRecipe(iterations=40, batch=2, validate_every=20, width=1 / 32, fold=1, seed=1)
COMPARISON = DissimilarityRecipe(
    iterations=150, batch=4, validate_every=50, width=1 / 8, cut_height=32, cut_width=64, seed=1
)


def wide_halves(count: int) -> LabelledFrames:
    """Return `halves` that are large enough for a folded generator."""
    frames = halves(count)
    return LabelledFrames(frames.rgb.repeat(2, 1).repeat(2, 2), frames.train_ids.repeat(2, 1).repeat(2, 2))


def squares(count: int) -> Examples:
    """Return examples (64, 128) whose anomaly is where picture and synthesis differ."""
    rng = np.random.default_rng(3)
    found = rng.integers(80, 120, (count, 64, 128, CHANNELS)).astype(np.uint8)
    found[..., SYNTHESIS] = found[..., PICTURE]
    found[..., SEMANTIC] = 0
    found[..., PRIOR] = 0
    found[..., TRUTH] = 0
    for example in found:
        top, left = rng.integers(0, 40), rng.integers(0, 100)
        inside = example[top : top + 20, left : left + 24]
        inside[..., PICTURE] = 255 - inside[..., PICTURE] // 2
        inside[..., TRUTH] = ANOMALOUS
    return Examples((found[: count // 2], found[count // 2 :]))


def test_generator_learns_what_colour_a_class_has(tmp_path: Path) -> None:
    torch.manual_seed(0)
    training = GeneratorTraining(
        GENERATOR,
        segmentation=SegmentationNetwork(0.25),
        train=halves(4),
        validation=halves(2),
        folder=tmp_path,
    )
    training.run()
    road, sky = torch.zeros(1, 64, 128, dtype=torch.long), torch.full((1, 64, 128), 10)
    with torch.inference_mode():
        dark, bright = (load_generator(tmp_path / BEST)(labels_and_edges(ids)).mean() for ids in (road, sky))
    assert bright > dark + 0.3  # 200 and 60 of 255 are 1.1 apart here


def test_edges_lie_on_both_sides_of_a_border() -> None:
    ids = torch.zeros(1, 4, 4, dtype=torch.long)
    ids[:, :, 2:] = 1
    planes = labels_and_edges(ids)
    assert planes.shape == (1, 36, 4, 4)
    assert planes[0, 35].tolist() == [[0, 1, 1, 0]] * 4
    assert planes[:, :35].sum(1).eq(1).all()
    assert planes[0, 7, :, :2].eq(1).all()  # road is label id 7


@pytest.mark.parametrize("prior", [True, False])
def test_comparator_learns_to_see_a_difference(tmp_path: Path, prior: bool) -> None:
    recipe = dataclasses.replace(COMPARISON, prior=prior)
    best = DissimilarityTraining(recipe, examples=squares(8), validation=squares(4), folder=tmp_path).run()
    assert best > 0.9


def test_ignored_pixels_teach_nothing(tmp_path: Path) -> None:
    examples = squares(8)
    for drive in examples.drives:
        drive[..., TRUTH] = np.where(drive[..., TRUTH] == ANOMALOUS, IGNORED, 0)
    training = DissimilarityTraining(COMPARISON, examples=examples, validation=squares(4), folder=tmp_path)
    before = training.losses([0, 1, 2, 3], np.random.default_rng(0))["cross_entropy"].item()
    for drive in examples.drives:
        drive[..., TRUTH][drive[..., TRUTH] == IGNORED] = ANOMALOUS
    assert training.losses([0, 1, 2, 3], np.random.default_rng(0))["cross_entropy"].item() != before


def test_fewer_examples_than_a_batch_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="2 training frames are fewer than one batch of 4"):
        DissimilarityTraining(COMPARISON, examples=squares(2), validation=squares(2), folder=tmp_path)


def test_inputs_are_those_of_the_fused_graph() -> None:
    example = squares(2)[0][None]
    image, synthesis, semantic, prior = inputs_of(example)
    assert image.shape == synthesis.shape == prior.shape == (1, 3, 64, 128)
    assert semantic.shape == (1, 19, 64, 128)
    assert semantic[:, 0].eq(1).all()
    expected = (float(example[0, 5, 7, 1]) / 255 - 0.456) / 0.224
    assert float(image[0, 1, 5, 7]) == pytest.approx(expected, abs=1e-6)


def test_levels_of_the_difference_are_scaled_to_their_means() -> None:
    torch.manual_seed(0)
    pictures = [(torch.randn(1, 3, 64, 128), torch.randn(1, 3, 64, 128)) for _ in range(3)]
    segmentation = SegmentationNetwork(0.25).eval()
    difference = scaled(segmentation, pictures)
    plain = FeatureDifference(segmentation).eval()
    with torch.inference_mode():
        means = torch.tensor([[float(level.mean()) for level in plain.levels(*pair)] for pair in pictures]).mean(0)
        assert difference.scales == pytest.approx(tuple(means.tolist()))
        over_all = float(torch.stack([difference(*pair).mean() for pair in pictures]).mean())
        assert over_all == pytest.approx(1.0, rel=0.05)
        assert not difference(pictures[0][0], pictures[0][0]).any()


def test_no_examples_are_named(tmp_path: Path) -> None:
    with pytest.raises(AuthoringError, match="no examples"):
        pairs.load(tmp_path)
