"""Accounts for every entry of a checkpoint: what a network needs, what a file has."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from catseye_models.released.checkpoint import State

COUNTER = "num_batches_tracked"
"""Batch norm's counter: no output depends on it, and files of the sync-BN package lack it."""

SHOWN = 20
"""Of each kind of problem in one file; the rest is counted."""

LANDMARKS = (
    ("a pix2pixHD generator", "model."),
    ("a CC-FPSE generator", "labelenc1."),
    ("a VAE encoder", "fc_mu."),
    ("a SPADE generator", "head_0."),
    ("DeepLabV3+", "mod1."),
    ("ICNet", "conv_sub1."),
    ("VGG", "features."),
    ("a dissimilarity network with prior", "prior_encoder."),
    ("a dissimilarity network without prior", "semantic_encoder."),
)
"""What a network is called and what some of its entries begin with; the first that is found counts."""


def recognised(names: Sequence[str]) -> str:
    """Return what a file with entries of these names is, `an unknown network` if it is none that we know."""
    found = (what for what, landmark in LANDMARKS if any(name.startswith(landmark) for name in names))
    return next(found, "an unknown network")


def problems(network: nn.Module, state: State, *, spare: Callable[[str], bool] = lambda _: False) -> list[str]:
    """Return what keeps `state` from being exactly the entries of `network`; empty when it is.

    A file of another network that we know is one problem, not hundreds.

    Args:
        network: may live on the meta device; only names and shapes count.
        state: entries of the file.
        spare: tells entries that the file may have although the network does not use them.
    """
    needed = network.state_dict()
    wanted, found = recognised(list(needed)), recognised(list(state))
    if found != wanted:
        example = next(iter(state))
        return [f"is {found} ({len(state)} entries, such as {example}), expected {wanted}"]
    missing = [name for name in needed if name not in state and not name.endswith(COUNTER)]
    unexpected = [name for name in state if name not in needed and not spare(name)]
    shared = [name for name in needed if name in state]
    misshapen = [name for name in shared if state[name].shape != needed[name].shape]
    retyped = [name for name in shared if state[name].dtype != needed[name].dtype]
    broken = [name for name in shared if not state[name].isfinite().all()]
    return [
        *_some("missing", [f"{name} {_shape(needed[name])}" for name in missing]),
        *_some("unexpected", [f"{name} {_shape(state[name])}" for name in unexpected]),
        *_some("shape", [f"{name} {_shape(state[name])}, expected {_shape(needed[name])}" for name in misshapen]),
        *_some("type", [f"{name} {state[name].dtype}, expected {needed[name].dtype}" for name in retyped]),
        *_some("not finite", broken),
    ]


def load(network: nn.Module, state: State) -> nn.Module:
    """Give the network, which may live on the meta device, the entries without a copy; call after `problems`."""
    needed = network.state_dict()
    complete = {name: state.get(name, torch.zeros((), dtype=torch.int64)) for name in needed}
    network.load_state_dict(complete, strict=True, assign=True)
    return network.eval()


def _some(kind: str, sentences: list[str]) -> list[str]:
    rest = len(sentences) - SHOWN
    return [f"{kind}: {one}" for one in sentences[:SHOWN]] + ([f"{kind}: {rest} more"] if rest > 0 else [])


def _shape(tensor: Tensor) -> str:
    return str(list(tensor.shape))
