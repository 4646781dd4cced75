"""The published networks at their published size and at small widths."""

import pytest

pytest.importorskip("torch", reason="networks need the `train` extra")

import torch
from torch import Tensor, nn
from torch.nn import functional

from catseye_models.networks.dissimilarity import DissimNet, DissimNetPrior
from catseye_models.networks.icnet import IcNet
from catseye_models.networks.layers import AveragePool, channel_sum, channels, folded, shares, unfolded
from catseye_models.networks.perceptual import Vgg19, perceptual_sum
from catseye_models.networks.spade import SpadeGenerator, fold_spectral_norm
from catseye_models.published import LEVEL_WEIGHTS

pytestmark = pytest.mark.torch

SMALL = 1 / 16


def seeded(network: nn.Module) -> nn.Module:
    """Return the network in inference mode, with random norms too: fresh ones would hide a mistake in their place."""
    torch.manual_seed(0)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.get_buffer("running_mean"), std=0.1)
            nn.init.uniform_(module.get_buffer("running_var"), 0.5, 1.5)
    return network.eval()


def run(network: nn.Module, *inputs: Tensor) -> Tensor:
    with torch.no_grad():
        return network(*inputs)


def picture(*, count: int = 1, height: int = 64, width: int = 128) -> Tensor:
    return torch.randn(count, 3, height, width, generator=torch.Generator().manual_seed(1))


def labels(classes: int, *, count: int = 1, height: int = 64, width: int = 128) -> Tensor:
    ids = torch.randint(classes, (count, height, width), generator=torch.Generator().manual_seed(2))
    return functional.one_hot(ids, classes).permute(0, 3, 1, 2).float()


@pytest.mark.parametrize(
    ("network", "parameters", "entries"),
    [
        (IcNet, 47_489_184, 417),
        (SpadeGenerator, 93_048_003, 234),
        (Vgg19, 12_944_960, 26),
        (DissimNetPrior, 18_780_162, 116),
        (DissimNet, 13_798_530, 60),
    ],
)
def test_published_width_has_the_published_parameters_and_entries(
    network: type[nn.Module], parameters: int, entries: int
) -> None:
    with torch.device("meta"):  # shapes only, no memory
        full = network()
    assert sum(one.numel() for one in full.parameters()) == parameters
    assert len(full.state_dict()) == entries


def test_small_width_keeps_the_entry_names() -> None:
    for network in (IcNet, SpadeGenerator, Vgg19, DissimNetPrior, DissimNet):
        with torch.device("meta"):
            full, small = network(), network(width=SMALL)
        assert list(small.state_dict()) == list(full.state_dict())


@pytest.mark.parametrize(("published", "width", "expected"), [(64, 1.0, 64), (64, 0.3, 19), (32, 0.01, 4)])
def test_channels_are_rounded_and_never_below_four(published: int, width: float, expected: int) -> None:
    assert channels(published, width) == expected


@pytest.mark.parametrize("cells", [1, 2, 3, 6])
@pytest.mark.parametrize("size", [(32, 64), (8, 16), (33, 65)])
def test_average_pool_equals_adaptive_average(cells: int, size: tuple[int, int]) -> None:
    x = torch.randn(2, 3, *size)
    torch.testing.assert_close(AveragePool(cells)(x), functional.adaptive_avg_pool2d(x, cells), rtol=0, atol=1e-6)


@pytest.mark.parametrize("size", [(64, 64), (256, 512), (192, 328)])
def test_icnet_answers_at_full_size(size: tuple[int, int]) -> None:
    logits = run(seeded(IcNet(width=SMALL)), picture(height=size[0], width=size[1]))
    assert logits.shape == (1, 19, *size)
    assert logits.isfinite().all()


def test_channel_sum_adds_up_the_channels() -> None:
    x = torch.randn(2, 5, 3, 4)
    torch.testing.assert_close(channel_sum(x, factor=0.5), x.sum(dim=1, keepdim=True) / 2)


def test_icnet_pool_rounds_sizes_up() -> None:
    network = seeded(IcNet(width=SMALL))
    assert isinstance(network, IcNet)
    assert network.backbone.to_layer2(picture(height=512, width=1024)).shape[-2:] == (65, 129)


def test_spade_answers_with_apicture() -> None:
    image = run(seeded(SpadeGenerator(width=SMALL)), labels(36))
    assert image.shape == (1, 3, 64, 128)
    assert image.abs().max() <= 1


def test_folded_spectral_norm_leaves_the_answer_and_plain_weights() -> None:
    network = seeded(SpadeGenerator(width=SMALL))
    before = run(network, labels(36))
    fold_spectral_norm(network)
    assert not [name for name in network.state_dict() if name.endswith(("_orig", "_u", "_v"))]
    torch.testing.assert_close(run(network, labels(36)), before, rtol=0, atol=0)


def test_folded_spectral_norm_uses_the_stored_vectors() -> None:
    network = SpadeGenerator(width=SMALL).eval()
    original = network.get_parameter("up_0.conv_s.weight_orig").detach().clone()
    network.get_buffer("up_0.conv_s.weight_u").fill_(0.25)
    network.get_buffer("up_0.conv_s.weight_v").fill_(0.5)
    fold_spectral_norm(network)
    folded = network.get_parameter("up_0.conv_s.weight").detach()
    torch.testing.assert_close(folded, original / (0.125 * original.sum()))


def test_equal_pictures_have_no_perceptual_difference() -> None:
    network, image = seeded(Vgg19(width=SMALL)), picture()
    for level, one in enumerate(network(image, image)):
        assert one.shape == (1, 1, 64 >> level, 128 >> level)
        assert not one.any()


def test_perceptual_sum_of_constant_maps_is_their_weighted_sum() -> None:
    maps = tuple(torch.full((1, 1, 64 >> level, 128 >> level), float(level + 1)) for level in range(5))
    expected = sum(weight * (level + 1) for level, weight in enumerate(LEVEL_WEIGHTS))
    torch.testing.assert_close(perceptual_sum(maps), torch.full((1, 1, 64, 128), expected))


def test_dissimnet_prior_looks_at_every_input() -> None:
    network = seeded(DissimNetPrior(width=SMALL))
    inputs = [picture(), picture().flip(-1), labels(19), picture().sigmoid()]
    reference = run(network, *inputs)
    assert reference.shape == (1, 2, 64, 128)
    for number in range(len(inputs)):
        other = [one.flip(-2) if index == number else one for index, one in enumerate(inputs)]
        assert not torch.equal(run(network, *other), reference), f"input {number} does not matter"


def test_dissimnet_accepts_void_as_all_zeros() -> None:
    semantic = labels(19)
    semantic[..., 16:32, 16:32] = 0
    assert run(seeded(DissimNet(width=SMALL)), picture(), picture(), semantic).isfinite().all()


@pytest.mark.parametrize("network", [DissimNetPrior, DissimNet])
def test_batch_gives_each_picture_its_own_statistics(network: type[nn.Module]) -> None:
    inputs = [picture(count=2), picture(count=2).flip(-1), labels(19, count=2)]
    if network is DissimNetPrior:
        inputs.append(picture(count=2).sigmoid())
    small = seeded(network(width=SMALL))
    both = run(small, *inputs)
    for number in range(2):
        alone = run(small, *(one[number : number + 1] for one in inputs))
        torch.testing.assert_close(both[number : number + 1], alone, rtol=0, atol=1e-4)


@pytest.mark.parametrize("network", [DissimNetPrior, DissimNet])
def test_folded_comparator_judges_every_pixel_at_a_quarter_of_the_places(network: type[nn.Module]) -> None:
    inputs = [picture(), picture().flip(-1), labels(19)]
    if network is DissimNetPrior:
        inputs.append(picture().sigmoid())
    small = seeded(network(width=SMALL, fold=2))
    reference = run(small, *inputs)
    assert reference.shape == (1, 2, 64, 128)
    other = inputs[0].clone()
    other[0, :, 33, 65] += 3  # one pixel of a square of four
    assert not torch.equal(run(small, other, *inputs[1:]), reference)


def test_folded_generator_draws_at_the_size_of_its_labels() -> None:
    image = run(seeded(SpadeGenerator(width=SMALL, fold=2)), labels(36, height=128, width=256))
    assert image.shape == (1, 3, 128, 256)


def test_unfolded_takes_back_folded() -> None:
    x = torch.randn(2, 3, 8, 16)
    assert folded(x, 2).shape == (2, 12, 4, 8)
    torch.testing.assert_close(unfolded(folded(x, 2), 2), x, rtol=0, atol=0)
    torch.testing.assert_close(shares(labels(5), 2).sum(1), torch.ones(1, 32, 64))
