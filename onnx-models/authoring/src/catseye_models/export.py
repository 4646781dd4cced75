"""Exports a trained network to ONNX, and only if ONNX Runtime answers as torch does."""

import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from catseye_models.errors import AuthoringError, ModelError
from catseye_models.labels import CITYSCAPES
from catseye_models.runtime import Array, Session
from catseye_models.spec import OPSET, NetworkSpec
from catseye_models.training.data import LabelledFrames
from catseye_models.training.network import SegmentationNetwork
from catseye_models.training.normalise import IMAGENET_MEAN, IMAGENET_STD, to_input
from catseye_models.training.segmentation import load_network

ATOL: Final = 1e-4
"""Largest absolute difference of logits that an export may show; measured: 2e-5 on logits up to 20."""

_BATCHES: Final = (1, 2)
_RANGE_PERCENTILES: Final = (0.1, 99.9)


def export_segmentation(checkpoint: Path, *, validation: LabelledFrames, folder: Path) -> float:
    """Write ``segmentation.onnx`` and its spec ``segmentation.json``; return the largest difference from torch.

    The network takes frames of the size of ``validation``, on which ``max_logit_range`` is measured as well. Nothing is
    written when the verification fails.
    """
    network = load_network(checkpoint)
    height, width = validation.train_ids.shape[1:]
    spec = NetworkSpec(
        name="segmentation",
        input="image",
        order="RGB",
        width=width,
        height=height,
        resize="pillow-bicubic",
        scale=1 / 255,
        mean=IMAGENET_MEAN,
        std=IMAGENET_STD,
        logits="logits",
        classes=tuple(range(len(CITYSCAPES.classes))),
        max_logit_range=max_logit_range(network, validation),
        atol=ATOL,
        licence="Apache-2.0",
        source="Catseye, catseye_models.training: trained from scratch on drawn scenes",
    )
    model = to_onnx(network, spec)
    difference = verify(spec, answers_of(network), model)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "segmentation.onnx").write_bytes(model)
    (folder / "segmentation.json").write_text(spec.to_json(), encoding="utf-8")
    return difference


def to_onnx(network: SegmentationNetwork, spec: NetworkSpec) -> bytes:
    """Return the network as ONNX: float32 ``image`` [n, 3, H, W] to ``logits`` [n, 19, H, W], any n."""
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as scratch:
        warnings.simplefilter("ignore")  # torch announces that this exporter will not grow any more
        target = Path(scratch) / "network.onnx"
        torch.onnx.export(
            network.eval().to(memory_format=torch.contiguous_format),  # type: ignore[call-overload]  # stubs lack it
            (torch.zeros(spec.input_shape),),
            target,
            opset_version=OPSET,
            dynamo=False,
            input_names=[spec.input],
            output_names=[spec.logits],
            dynamic_axes={spec.input: {0: "n"}, spec.logits: {0: "n"}},
        )
        return target.read_bytes()


def answers_of(network: SegmentationNetwork) -> Callable[[NDArray[np.float32]], Array]:
    """Return a function from images [n, 3, H, W] to torch's logits [n, 19, H, W]."""

    def answers(image: NDArray[np.float32]) -> Array:
        with torch.inference_mode():
            return np.asarray(network(torch.from_numpy(image)).numpy())

    return answers


def verify(spec: NetworkSpec, reference: Callable[[NDArray[np.float32]], Array], model: bytes) -> float:
    """Return the largest absolute difference on seeded input; raise `ModelError` above ``spec.atol``."""
    session = Session(model, name=spec.name)
    worst = 0.0
    for batch in _BATCHES:
        shape = (batch, *spec.input_shape[1:])
        image = np.random.default_rng(batch).standard_normal(shape, dtype=np.float32)
        difference = float(np.abs(reference(image) - session.run(**{spec.input: image})[spec.logits]).max())
        if not difference <= spec.atol:  # also catches NaN
            raise ModelError(f"{spec.name}: batch of {batch}: max |diff| {difference:.2e} > atol {spec.atol:.0e}")
        worst = max(worst, difference)
    return worst


def max_logit_range(network: SegmentationNetwork, frames: LabelledFrames) -> tuple[float, float]:
    """Return the 0.1 and 99.9 percentiles of the largest logit over every fourth pixel across and down."""
    largest = []
    with torch.inference_mode():
        for rgb in frames.rgb:
            largest.append(network(to_input(rgb[None])).amax(1)[0, ::4, ::4].numpy())
    low, high = np.percentile(np.stack(largest), _RANGE_PERCENTILES)
    if not low < high:
        raise AuthoringError(f"the largest logit is {low:.3f} everywhere: this network has learnt nothing")
    return round(float(low), 4), round(float(high), 4)
