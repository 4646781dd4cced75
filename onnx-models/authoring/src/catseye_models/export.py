"""Exports a trained network to ONNX, and only if ONNX Runtime answers as torch does."""

from pathlib import Path
from typing import Final

import numpy as np
import torch

from catseye_models.errors import AuthoringError
from catseye_models.labels import CITYSCAPES
from catseye_models.module import ModuleSpec
from catseye_models.published import IMAGENET_MEAN, IMAGENET_STD
from catseye_models.spec import NetworkSpec
from catseye_models.torch_export import to_onnx, verify
from catseye_models.training.data import LabelledFrames
from catseye_models.training.network import SegmentationNetwork
from catseye_models.training.normalise import to_input
from catseye_models.training.segmentation import load_network

ATOL: Final = 1e-4
"""Largest absolute difference of logits that an export may show; measured: 2e-5 on logits up to 20."""

_RANGE_PERCENTILES: Final = (0.1, 99.9)


def export_segmentation(
    checkpoint: Path, *, validation: LabelledFrames, folder: Path, temperature: float = 1.0
) -> float:
    """Write ``segmentation.onnx`` and its spec ``segmentation.json``; return the largest difference from torch.

    The network takes frames of the size of ``validation``, on which ``max_logit_range`` is measured as well. All logits
    are divided by ``temperature``: above 1 it keeps a very sure network from saying one and the same thing, 0 of 255,
    about sure and half-sure pixels. Nothing is written when the verification fails.

    Source: Liang et al., Enhancing the reliability of out-of-distribution image detection (ODIN, 2018), eq. 1.
    """
    network = load_network(checkpoint)
    divide_logits(network, temperature)
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
        source="Catseye, catseye_models.training: trained from scratch on drawn scenes; "
        f"logits divided by {temperature:g}",
    )
    network.to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]  # stubs lack it
    module = ModuleSpec.of(spec)
    model = to_onnx(network, module)
    difference = verify(module, network, model)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "segmentation.onnx").write_bytes(model)
    (folder / "segmentation.json").write_text(spec.to_json(), encoding="utf-8")
    return difference


def divide_logits(network: SegmentationNetwork, temperature: float) -> None:
    """Divide the network's logits by ``temperature``, above 0, in its last layer."""
    with torch.no_grad():
        for parameter in network.classify.parameters():
            parameter.div_(temperature)


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
