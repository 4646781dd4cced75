"""From a torch network to an ONNX file, and the proof that both answer alike."""

import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import nn

from catseye_models.errors import ModelError
from catseye_models.module import Floats, ModuleSpec
from catseye_models.runtime import Array, Session
from catseye_models.spec import OPSET

BATCHES: Final = (1, 2)
"""How many frames at once the verification tries: the second proves that the batch stayed free."""


def to_onnx(network: nn.Module, spec: ModuleSpec) -> bytes:
    """Return the network, in inference mode, as ONNX at our opset with the ends of `spec`, for any batch."""
    ends = [one.name for one in (*spec.inputs, *spec.outputs)]
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as scratch:
        warnings.simplefilter("ignore")  # torch announces that this exporter will not grow, and which sizes it fixes
        target = Path(scratch) / "network.onnx"
        torch.onnx.export(
            network.eval(),
            tuple(torch.from_numpy(one) for one in spec.sample(1).values()),
            target,
            opset_version=OPSET,
            dynamo=False,
            input_names=[one.name for one in spec.inputs],
            output_names=[one.name for one in spec.outputs],
            dynamic_axes={name: {0: "n"} for name in ends},
        )
        return target.read_bytes()


def verify(spec: ModuleSpec, network: nn.Module, model: bytes) -> float:
    """Return the largest absolute difference of `model` from the network on seeded input.

    Raises `ModelError` when it is above `spec.atol` or not a number.
    """
    session = Session(model, name=spec.name)
    worst = 0.0
    for batch in BATCHES:
        inputs = spec.sample(batch)
        actual = session.run(**inputs)
        for output, expected in zip(spec.outputs, answers(network, inputs), strict=True):
            difference = float(np.abs(expected - actual[output.name]).max())
            if not difference <= spec.atol:  # also catches NaN
                raise ModelError(
                    f"{spec.name}: {output.name}, batch of {batch}: max |diff| {difference:.2e} > atol {spec.atol:.0e}"
                )
            worst = max(worst, difference)
    return worst


def answers(network: nn.Module, inputs: Mapping[str, Floats]) -> tuple[Array, ...]:
    """Return what the network answers to the inputs, taken in order."""
    with torch.inference_mode():
        outputs = network.eval()(*(torch.from_numpy(one) for one in inputs.values()))
    return tuple(one.numpy() for one in (outputs if isinstance(outputs, tuple) else (outputs,)))
