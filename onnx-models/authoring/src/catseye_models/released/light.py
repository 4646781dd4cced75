"""The release of SynBoost Light: which files it has, where they lie, which network each holds, how it is fed.

Source: Di Biase et al., CVPR 2021, code giandbt/synboost, commit eaa4d3a: archive `models.tar` and torchvision's VGG19.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from torch import nn

from catseye_models.errors import ModelError
from catseye_models.labels import CITYSCAPES
from catseye_models.module import ModuleSpec, TensorSpec
from catseye_models.networks.dissimilarity import DissimNet, DissimNetPrior
from catseye_models.networks.icnet import IcNet
from catseye_models.networks.perceptual import TAPS, Vgg19
from catseye_models.networks.spade import SpadeGenerator
from catseye_models.published import GENERATOR_LABELS
from catseye_models.spec import NetworkSpec

ARCHIVE = "models"
CLASSES = len(CITYSCAPES.classes)
GENERATOR_CHANNELS = GENERATOR_LABELS + 1

LICENCE = "not stated by the release; trained on Cityscapes, whose terms apply"
SOURCE = "giandbt/synboost, models.tar"


@dataclass(frozen=True, kw_only=True)
class ReleasedFile:
    """One file of a release.

    Attributes:
        option: of the command line, for a file that lies elsewhere.
        patterns: where it may lie below the archive's folder, as globs.
        network: makes the network, without its values.
        spec: of the network file that it becomes.
        optional: whether a release without it can be imported.
        spare: tells entries that the file has and the network does not use.
    """

    option: str
    patterns: tuple[str, ...]
    network: Callable[[], nn.Module]
    spec: ModuleSpec
    optional: bool = False
    spare: Callable[[str], bool] = lambda _: False


@dataclass(frozen=True, kw_only=True)
class Release:
    """All files of a release.

    Attributes:
        segmentation: how frames enter its segmentation network.
        files: one per network.
    """

    segmentation: NetworkSpec
    files: tuple[ReleasedFile, ...]

    def find(self, folder: Path, *, chosen: Mapping[str, Path]) -> list[tuple[ReleasedFile, Path]]:
        """Return the files that are there, in the order of `files`.

        Args:
            folder: holds `models/` (and the VGG file), or is `models/` itself.
            chosen: option -> file, where the user names one.

        Raises `ModelError` with everything that is missing or not clear.
        """
        if not folder.is_dir():
            raise ModelError(f"{folder}: {'is a file, expected the folder' if folder.exists() else 'no such folder'}")
        archive = folder / ARCHIVE if (folder / ARCHIVE).is_dir() else folder
        found: list[tuple[ReleasedFile, Path]] = []
        problems: list[str] = []
        for file in self.files:
            named = chosen.get(file.option)
            paths = [named] if named else _matches(archive, file.patterns)
            if named and not named.exists():
                problems.append(f"{file.spec.name}: --{file.option} {named}: no such file")
            elif len(paths) == 1:
                found.append((file, paths[0]))
            elif paths:
                names = ", ".join(path.name for path in paths)
                problems.append(f"{file.spec.name}: {len(paths)} files fit, choose one with --{file.option}: {names}")
            elif not file.optional:
                places = " or ".join(file.patterns)
                problems.append(f"{file.spec.name}: no {places} in {archive}; --{file.option} names another place")
        if problems:
            raise ModelError(*problems)
        return found


def release(*, width: int = 512, height: int = 256, channels: float = 1.0) -> Release:
    """Return the release; with other arguments, one of the same form for networks of another size.

    Args:
        width: of synthesis, perceptual difference and dissimilarity, px, a multiple of 64; segmentation has four times
            that.
        height: likewise.
        channels: width factor of every network.
    """
    segmentation = _segmentation(width=4 * width, height=4 * height)
    tensor = partial(_tensor, width=width, height=height)
    pictures = (tensor("image", 3), tensor("synthesis", 3))
    semantic = tensor("semantic", CLASSES, kind="one-hot")
    synthesis = ModuleSpec(
        name="synthesis",
        inputs=(tensor("labels", GENERATOR_CHANNELS, kind="one-hot"),),
        outputs=(tensor("picture", 3),),
        atol=1e-4,
        licence=LICENCE,
        source=f"SPADE generator: {SOURCE}",
    )
    perceptual = ModuleSpec(
        name="perceptual",
        inputs=pictures,
        outputs=tuple(tensor(f"map{level + 1}", 1, level=level) for level in range(len(TAPS))),
        atol=1e-4,
        licence="not stated by the file; trained on ImageNet, whose terms apply",
        source="VGG19: torchvision, IMAGENET1K_V1",
    )
    dissimilarity = ModuleSpec(
        name="dissimilarity",
        inputs=(*pictures, semantic, tensor("prior", 3, kind="unit")),
        outputs=(tensor("logits", 2),),
        atol=1e-3,
        licence=LICENCE,
        source=f"DissimNetPrior, light: {SOURCE}",
    )
    comparator = ModuleSpec(
        name="comparator",
        inputs=(*pictures, semantic),
        outputs=(tensor("logits", 2),),
        atol=1e-3,
        licence=LICENCE,
        source=f"DissimNet of Image Resynthesis++: {SOURCE}",
    )
    files = (
        ReleasedFile(
            option="segmentation",
            patterns=("image-segmentation/icnet_final.pth",),
            network=partial(IcNet, width=channels),
            spec=ModuleSpec.of(segmentation, kind="pixel"),
        ),
        ReleasedFile(
            option="synthesis",
            patterns=("image-synthesis_spade/latest_net_G.pth",),
            network=partial(SpadeGenerator, labels=GENERATOR_CHANNELS, width=channels),
            spec=synthesis,
        ),
        ReleasedFile(
            option="vgg",
            patterns=("vgg19-*.pth", "../vgg19-*.pth"),
            network=partial(Vgg19, width=channels),
            spec=perceptual,
            spare=_spare_layer,
        ),
        ReleasedFile(
            option="dissimilarity",
            # expected by the grammar of the other names; hence a pattern
            patterns=("image-dissimilarity/*_net_baseline_void_prior_spadedecoder_light_mult_*.pth",),
            network=partial(DissimNetPrior, width=channels),
            spec=dissimilarity,
        ),
        ReleasedFile(
            option="comparator",
            patterns=("image-dissimilarity/*_net_baseline_mult_*.pth",),
            network=partial(DissimNet, width=channels),
            spec=comparator,
            optional=True,
        ),
    )
    return Release(segmentation=segmentation, files=files)


def _segmentation(*, width: int, height: int) -> NetworkSpec:
    """Return how SynBoost feeds ICNet.

    Deviates: frames of any size are brought to 2048x1024 first, as in its full pipeline; its light scripts took them
    as they were.
    """
    return NetworkSpec(
        name="segmentation",
        input="image",
        order="BGR",
        width=width,
        height=height,
        resize="pillow-bicubic",
        scale=1.0,
        mean=(103.939, 116.779, 123.68),
        std=(1.0, 1.0, 1.0),
        logits="logits",
        classes=tuple(range(CLASSES)),
        atol=5e-3,  # corner-aligned resizes differ by 1e-5 px between runtimes: 1.3e-3 in logits of up to 25
        licence=LICENCE,
        source=f"ICNet: {SOURCE}",
    )


def _tensor(name: str, channels: int, *, width: int, height: int, kind: str = "normal", level: int = 0) -> TensorSpec:
    return TensorSpec(name=name, shape=(channels, height >> level, width >> level), kind=kind)


def _spare_layer(name: str) -> bool:
    """Tell layers of torchvision's VGG19 behind relu5_1."""
    layer = re.fullmatch(r"(classifier|features)\.(\d+)\.(weight|bias)", name)
    return layer is not None and (layer[1] == "classifier" or int(layer[2]) > TAPS[-1])


def _matches(archive: Path, patterns: Sequence[str]) -> list[Path]:
    """Return the files of the first pattern that has any."""
    for pattern in patterns:
        folder = archive.parent if pattern.startswith("../") else archive
        paths = sorted(folder.glob(pattern.removeprefix("../")))
        if paths:
            return paths
    return []
