"""A release of SynBoost Light in miniature: the same files, entries and containers, small networks, drawn weights."""

from pathlib import Path

import torch
from torch import Tensor, nn

from catseye_models.released import light
from catseye_models.released.account import COUNTER

RELEASE = light.release(width=128, height=64, channels=1 / 16)

PATHS = {
    "segmentation": "models/image-segmentation/icnet_final.pth",
    "synthesis": "models/image-synthesis_spade/latest_net_G.pth",
    "perceptual": "vgg19-dcbb9e9d.pth",
    "dissimilarity": "models/image-dissimilarity/best_net_baseline_void_prior_spadedecoder_light_mult_3.pth",
    "comparator": "models/image-dissimilarity/best_net_baseline_mult_3.pth",
}
"""Module -> file of the release."""

State = dict[str, Tensor]


def state(module: str) -> State:
    """Return drawn weights of a network as its file holds them: SPADE without counters, VGG with layers to spare."""
    torch.manual_seed(sorted(PATHS).index(module))
    (file,) = (file for file in RELEASE.files if file.spec.name == module)
    entries = {name: _drawn(name, value) for name, value in file.network().state_dict().items()}
    for name in [name for name in entries if name.endswith("weight_orig")]:
        _normalise(entries, name.removesuffix("_orig"))
    if module == "segmentation":  # its input is 0 to 255
        entries |= {name: entries[name] / 64 for name in ("conv_sub1.0.conv.weight", "backbone.conv1.weight")}
    if module == "synthesis":
        entries = {name: value for name, value in entries.items() if not name.endswith(COUNTER)}
    if module == "perceptual":
        entries |= {"features.30.weight": torch.zeros(4, 4, 3, 3), "classifier.0.bias": torch.zeros(4)}
    return entries


def write(folder: Path) -> Path:
    """Write the release; return the folder."""
    for module, path in PATHS.items():
        save(folder / path, state(module), wrapped=module == "segmentation")
    return folder


def save(path: Path, entries: State, *, wrapped: bool = False) -> None:
    """Save entries plainly, or as a data-parallel training run keeps them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"state_dict": {f"module.{name}": one for name, one in entries.items()}} if wrapped else entries, path)


def _drawn(name: str, value: Tensor) -> Tensor:
    """Return weights that keep the size of what flows through, and norms that are not neutral."""
    if value.dim() > 1:
        return nn.init.kaiming_normal_(value.detach().clone(), nonlinearity="linear")
    if name.endswith("running_var"):
        return torch.rand_like(value) + 0.5
    if value.is_floating_point():
        return value.detach() + 0.1 * torch.randn_like(value)
    return value


def _normalise(entries: State, layer: str) -> None:
    """Set the vectors of a spectral norm to the first singular pair of its weight."""
    weight = entries[f"{layer}_orig"]
    left, _, right = torch.linalg.svd(weight.flatten(1), full_matrices=False)
    entries[f"{layer}_u"], entries[f"{layer}_v"] = left[:, 0].contiguous(), right[0].contiguous()
