"""Trained networks as the modules that `compose` joins, each proven against torch."""

from functools import partial
from pathlib import Path
from typing import Final

import onnx
import torch
from torch import nn

from catseye_models.compose import sources
from catseye_models.compose.networks import Network, Networks
from catseye_models.labels import CITYSCAPES
from catseye_models.module import ModuleSpec, TensorSpec
from catseye_models.networks.spade import SpadeGenerator
from catseye_models.published import GENERATOR_LABELS
from catseye_models.scenes.drive import FrameSize
from catseye_models.spec import NetworkSpec
from catseye_models.torch_export import to_onnx, verify
from catseye_models.training.data import LabelledFrames
from catseye_models.training.dissimilarity import load_comparator
from catseye_models.training.generator import load_generator, redraw
from catseye_models.training.normalise import to_input
from catseye_models.training.perceptual import FeatureDifference, scaled
from catseye_models.training.segmentation import load_network

_CLASSES: Final = len(CITYSCAPES.classes)
_SCALED_FRAMES: Final = 20
_LOGIT_ATOL: Final = 1e-2
"""Of judging networks, whose correlations are long sums of products: torch and ONNX Runtime are 4e-3 apart on seeded
noise, with logits up to 26, and 9e-4 on drawn pictures, with logits up to 10."""

_LICENCE: Final = "Apache-2.0"
_SOURCE: Final = "Catseye, catseye_models.training: trained from scratch on drawn scenes"


def segmentation(exported: Path) -> Networks:
    """Return the segmentation network that `export_segmentation` wrote."""
    spec = NetworkSpec.read(exported / "segmentation.json")
    return Networks(segmentation=sources.segmentation(exported / "segmentation.onnx", spec))


def redrawing(
    known: Networks, *, segmentation: Path, generator: Path, validation: LabelledFrames, size: FrameSize
) -> Networks:
    """Return ``known`` with generator and perceptual difference, out of the checkpoints of segmentation and generator.

    The levels of the difference are scaled on validation frames.
    """
    drawing = load_generator(generator)
    difference = _difference(segmentation, drawing, validation)
    tensor = partial(_tensor, size=size)
    synthesis = ModuleSpec(
        name="synthesis",
        inputs=(tensor("labels", GENERATOR_LABELS + 1, kind="one-hot"),),
        outputs=(tensor("picture", 3),),
        atol=1e-4,
        licence=_LICENCE,
        source=f"SPADE generator; {_SOURCE}",
    )
    perceptual = ModuleSpec(
        name="perceptual",
        inputs=(tensor("image", 3), tensor("synthesis", 3)),
        outputs=(tensor("difference", 1),),
        atol=1e-4,
        licence=_LICENCE,
        source=f"the segmentation network's encoder, scaled by {_shown(difference.scales)}; {_SOURCE}",
    )
    modules = {one.spec.name: one for one in (_module(drawing, synthesis), _module(difference, perceptual))}
    return Networks(segmentation=known.segmentation, modules={**known.modules, **modules})


def judging(known: Networks, *, dissimilarity: Path, comparator: Path, size: FrameSize) -> Networks:
    """Return ``known`` with the networks that judge with and without the uncertainty maps, out of their checkpoints."""
    tensor = partial(_tensor, size=size)
    inputs = (tensor("image", 3), tensor("synthesis", 3), tensor("semantic", _CLASSES, kind="one-hot"))
    with_prior = ModuleSpec(
        name="dissimilarity",
        inputs=(*inputs, tensor("prior", 3, kind="unit")),
        outputs=(tensor("logits", 2),),
        atol=_LOGIT_ATOL,
        licence=_LICENCE,
        source=f"DissimNetPrior; {_SOURCE}",
    )
    without = ModuleSpec(
        name="comparator",
        inputs=inputs,
        outputs=(tensor("logits", 2),),
        atol=_LOGIT_ATOL,
        licence=_LICENCE,
        source=f"DissimNet; {_SOURCE}",
    )
    found = ((dissimilarity, with_prior), (comparator, without))
    modules = {spec.name: _module(load_comparator(path), spec) for path, spec in found}
    return Networks(segmentation=known.segmentation, modules={**known.modules, **modules})


def _difference(segmentation: Path, generator: SpadeGenerator, validation: LabelledFrames) -> FeatureDifference:
    network = load_network(segmentation)
    pairs = []
    for rgb in validation.rgb[:_SCALED_FRAMES]:
        image = to_input(rgb[None])
        with torch.inference_mode():
            answered = network(image).argmax(1).numpy()
        pairs.append((image, redraw(generator, answered)))
    return scaled(network, pairs)


def _module(network: nn.Module, spec: ModuleSpec) -> Network[ModuleSpec]:
    network.to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]  # stubs lack it
    data = to_onnx(network, spec)
    verify(spec, network, data)
    return Network(file=f"{spec.name}.onnx", model=onnx.load_model_from_string(data), spec=spec)


def _tensor(name: str, channels: int, *, size: FrameSize, kind: str = "normal") -> TensorSpec:
    return TensorSpec(name=name, shape=(channels, size.height, size.width), kind=kind)


def _shown(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:.4g}" for value in values)
