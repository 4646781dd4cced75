"""The published networks against the parity kit: what the original modules compute with the same weights."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.parity_kit import Case, ParityKit

pytest.importorskip("torch", reason="networks need the `train` extra")

import torch
from torch import Tensor, nn

from catseye_models.networks.dissimilarity import Comparator, DissimNet, DissimNetPrior
from catseye_models.networks.icnet import IcNet
from catseye_models.networks.perceptual import Vgg19, perceptual_sum
from catseye_models.networks.spade import SpadeGenerator, fold_spectral_norm

pytestmark = [pytest.mark.torch, pytest.mark.parity]

Image = NDArray[Any]


def loaded(network: nn.Module, kit: ParityKit, keys: str, stream: str | None = None) -> nn.Module:
    network.load_state_dict(kit.state(keys, stream), strict=True)
    return network.eval()


@contextmanager
def watched(network: nn.Module, **paths: str) -> Iterator[dict[str, Image]]:
    """Collect what the named submodules answer to the first picture of a batch, by golden name."""
    seen: dict[str, Image] = {}

    def keep(name: str) -> Any:
        def hook(_module: nn.Module, _inputs: object, output: Tensor) -> None:
            seen[name] = output[0].numpy()

        return hook

    handles = [network.get_submodule(path).register_forward_hook(keep(name)) for name, path in paths.items()]
    with torch.no_grad():
        yield seen
    for handle in handles:
        handle.remove()


def planes(image: Image) -> Tensor:
    """[H, W, 3] bytes to [1, 3, H, W] floats 0 to 255."""
    return torch.from_numpy(image).permute(2, 0, 1)[None].float()


def imagenet(image: Image) -> Tensor:
    mean = torch.tensor([0.485, 0.456, 0.406]).reshape(3, 1, 1)
    deviation = torch.tensor([0.229, 0.224, 0.225]).reshape(3, 1, 1)
    return (planes(image) / 255 - mean) / deviation


def one_hot(ids: Image, classes: int) -> Tensor:
    """[H, W] to [1, classes, H, W]; ids beyond the classes are all zeros."""
    return torch.from_numpy((ids[None] == np.arange(classes)[:, None, None]).astype(np.float32))[None]


def generator_input(case: Case, edge: str) -> Tensor:
    edges = torch.from_numpy(case[edge].astype(np.float32))[None, None]
    return torch.cat([one_hot(case["in_label_ids"], 35), edges], dim=1)


@pytest.mark.parametrize(
    ("keys", "network"),
    [
        ("icnet", IcNet),
        ("spade_generator", SpadeGenerator),
        ("vgg19", Vgg19),
        ("dissimnet_prior", DissimNetPrior),
        ("dissimnet", DissimNet),
    ],
)
def test_entries_are_those_of_the_released_file(kit: ParityKit, keys: str, network: type[nn.Module]) -> None:
    with torch.device("meta"):
        full = network()
    assert {name: tuple(entry.shape) for name, entry in full.state_dict().items()} == kit.shapes(keys)


def test_icnet(kit: ParityKit) -> None:
    case = kit.small("icnet_256x512")
    network = loaded(IcNet(), kit, "icnet")
    mean = torch.tensor([103.939, 116.779, 123.68]).reshape(3, 1, 1)
    with watched(
        network,
        sub1_c8_s2="conv_sub1",
        stem_pool_c16_s2="backbone.pool",
        layer2_c32_s1="backbone.layer2",
        layer4_c128_s1="backbone.layer4",
        psp_c16_s1="backbone.head",
        sub4_c16_s1="conv_sub4",
        sub2_c16_s1="conv_sub2",
        cff24_c8_s1="head.cff_24",
        cff12_c16_s1="head.cff_12",
        logits_quarter_c1_s4="head.conv_cls",
    ) as seen:
        logits = network(planes(case["in_image_rgb"]).flip(1) - mean)[0].numpy()
    for name, actual in seen.items():
        case.check(name, actual)
    case.check("logits_every8", logits)
    case.check("class_map", logits.argmax(axis=0))


def test_spade(kit: ParityKit) -> None:
    case = kit.small("spade_64x128")
    network = loaded(SpadeGenerator(), kit, "spade_generator")
    with watched(
        network,
        fc_c8_s1="fc",
        head_0_c8_s1="head_0",
        G_middle_1_c32_s1="G_middle_1",
        up_1_c32_s1="up_1",
        up_3_c16_s2="up_3",
    ) as seen:
        image = network(generator_input(case, "out_edge"))[0].numpy()
    for name, actual in seen.items():
        case.check(name, actual)
    case.check("tanh", image)
    with torch.no_grad():
        folded = fold_spectral_norm(network)(generator_input(case, "out_edge"))[0].numpy()
    case.check("tanh", folded)


def test_spade_block(kit: ParityKit) -> None:
    case = kit.small("spade_block_up_3_16x32")
    network = loaded(SpadeGenerator(), kit, "spade_generator")
    with torch.no_grad():
        block = network.get_submodule("up_3")(torch.from_numpy(case["in_x"])[None], generator_input(case, "in_edge"))
    case.check("block", block[0].numpy())


def test_perceptual_difference(kit: ParityKit) -> None:
    case = kit.small("vgg19_difference_64x128")
    network = loaded(Vgg19(), kit, "vgg19")
    with torch.no_grad():
        maps = network(imagenet(case["in_x_rgb"]), imagenet(case["in_y_rgb"]))
        for level, one in enumerate(maps, start=1):
            case.check(f"map{level}", one[0, 0].numpy())
        case.check("V", perceptual_sum(maps)[0, 0].numpy())


def comparison(case: Case) -> tuple[Tensor, Tensor, Tensor]:
    return imagenet(case["in_x_rgb"]), imagenet(case["in_y_rgb"]), one_hot(case["in_train_ids"], 19)


def check_levels(case: Case, levels: list[Tensor], *, tolerance: float | None = None) -> None:
    """Compare correlation and fused map of the four levels; `tolerance` is relative to the largest value."""
    for name in case.arrays:
        part = name.removeprefix("out_")
        if part.startswith(("correlation", "fused")):
            level = levels[int(part.removeprefix("correlation").removeprefix("fused")[0]) - 1][0].numpy()
            limit = None if tolerance is None else tolerance * float(np.abs(case[name]).max())
            case.check(part, level[0] if part.startswith("correlation") else level[1:], max_abs=limit)


@pytest.mark.parametrize(("name", "stream"), [("full", "dissimnet_prior"), ("light", "dissimnet_prior_light")])
def test_dissimnet_prior(kit: ParityKit, name: str, stream: str) -> None:
    case = kit.small(f"dissimilarity_64x128_{name}")
    network = loaded(DissimNetPrior(), kit, "dissimnet_prior", stream)
    assert isinstance(network, DissimNetPrior)
    prior = torch.from_numpy(np.stack([case["in_E8"], case["in_P8"], case["in_D8"]]))[None] / 255
    names = {"conv1_c32_s1", "conv2_c32_s1", "tconv1_c32_s1", "conv13_c32_s2", "tconv3_c32_s2", "conv4_c32_s2"}
    names |= {"tconv2_c32_s4", "conv6_c16_s4"}
    with watched(network, **{one: one.split("_")[0] for one in names if f"out_{one}" in case.arrays}) as seen:
        logits = network(*comparison(case), prior)
        check_levels(case, network.fuse(*comparison(case), network.prior_encoder(prior)))
    for part, actual in seen.items():
        case.check(part, actual)
    case.check("logits", logits[0].numpy())
    case.check("q", logits.softmax(dim=1)[0, 1].numpy())


def test_dissimnet(kit: ParityKit) -> None:
    case = kit.small("dissimilarity_64x128_no_prior")
    network = loaded(DissimNet(), kit, "dissimnet")
    assert isinstance(network, Comparator)
    with torch.no_grad():
        check_levels(case, network.fuse(*comparison(case), None), tolerance=1e-5)
        logits = network(*comparison(case))
    case.check("logits", logits[0].numpy())
    case.check("q", logits.softmax(dim=1)[0, 1].numpy())


def test_spectral_norms(kit: ParityKit) -> None:
    sigmas = kit.spectral_norms("spade_generator")
    network = loaded(SpadeGenerator(), kit, "spade_generator")
    weights = {name: network.get_parameter(f"{name}.weight_orig").detach().clone() for name in sigmas}
    fold_spectral_norm(network)
    for name, sigma in sigmas.items():
        folded = network.get_parameter(f"{name}.weight").detach()
        torch.testing.assert_close(folded, weights[name] / sigma, rtol=1e-6, atol=1e-9)
