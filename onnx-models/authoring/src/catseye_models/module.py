"""What must be known of one network file to feed and verify it, whatever it computes: `ModuleSpec`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catseye_models.ends import Ends
from catseye_models.feed import read_origin
from catseye_models.fields import Fields
from catseye_models.spec import OPSET, NetworkSpec

Floats = NDArray[np.float32]
Shape = tuple[int, int, int]
"""Channels, height, width."""

KEYS = ("name", "opset", "inputs", "outputs", "atol", "licence", "source")
"""Of the object in `bundle.json`."""

BLOCK = 16
"""Side of a patch of equal labels in a `one-hot` sample, px."""


def _normal(random: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    return random.standard_normal(shape, dtype=np.float32)


def _pixel(random: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    return random.random(shape, dtype=np.float32) * 255 - 128


def _unit(random: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    return random.random(shape, dtype=np.float32)


def _one_hot(random: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    count, channels, height, width = shape
    patches = random.integers(channels, size=(count, -(-height // BLOCK), -(-width // BLOCK)))
    labels = patches.repeat(BLOCK, axis=1).repeat(BLOCK, axis=2)[:, None, :height, :width]
    return np.equal(labels, np.arange(channels)[:, None, None]).astype(np.float32)


KINDS: dict[str, Callable[[np.random.Generator, tuple[int, ...]], Floats]] = {
    "normal": _normal,
    "pixel": _pixel,
    "unit": _unit,
    "one-hot": _one_hot,
}
"""What an input means, by what stands in for it when an export is verified: a normalised picture; a mean-subtracted
one of 0 to 255; values of 0 to 1; exactly one channel of 1 per pixel, in patches."""


@dataclass(frozen=True, kw_only=True)
class TensorSpec:
    """One end of a network: float32 [n, *shape], any n.

    Attributes:
        name: of the graph input or output.
        shape: channels, height, width.
        kind: of an input, one of `KINDS`.
    """

    name: str
    shape: Shape
    kind: str = "normal"

    def sample(self, count: int, random: np.random.Generator) -> Floats:
        """Return drawn values for `count` frames, float32 [count, *shape]."""
        return KINDS[self.kind](random, (count, *self.shape))


@dataclass(frozen=True, kw_only=True)
class ModuleSpec:
    """The ends of a network and how exactly its file has to answer.

    Attributes:
        name: short name, also of the file.
        inputs: in the order of the network's arguments.
        outputs: in the order of its results.
        atol: largest absolute difference from the original network that the file may show.
        licence: of the weights, in a few words.
        source: where network and weights come from.
    """

    name: str
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    atol: float
    licence: str = "not stated"
    source: str = "not stated"

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the first input, px."""
        return self.inputs[0].shape[1:]

    @property
    def ends(self) -> Ends:
        """All inputs and outputs."""
        return Ends(
            inputs={one.name: (None, *one.shape) for one in self.inputs},
            outputs={one.name: (None, *one.shape) for one in self.outputs},
        )

    @staticmethod
    def of(spec: NetworkSpec, *, kind: str = "normal") -> ModuleSpec:
        """Return the ends of a segmentation network whose logits have the size of its input."""
        size = (spec.height, spec.width)
        return ModuleSpec(
            name=spec.name,
            inputs=(TensorSpec(name=spec.input, shape=(3, *size), kind=kind),),
            outputs=(TensorSpec(name=spec.logits, shape=(len(spec.classes), *size)),),
            atol=spec.atol,
            licence=spec.licence,
            source=spec.source,
        )

    def sample(self, count: int) -> dict[str, Floats]:
        """Return seeded inputs for `count` frames, by name."""
        random = np.random.default_rng(count)
        return {one.name: one.sample(count, random) for one in self.inputs}

    @staticmethod
    def parse(values: Mapping[str, object], *, where: str) -> ModuleSpec:
        """Return the spec that an object of `bundle.json` holds; raise `UsageError` with every mistake in it.

        Which values an input takes is not told there; the samples of such a spec are `normal`.
        """
        fields = Fields(values, known=KEYS)
        spec = ModuleSpec(
            **read_origin(fields, name="module"),
            inputs=_tensors(fields, "inputs"),
            outputs=_tensors(fields, "outputs"),
        )
        fields.require_sound(where)
        return spec

    def values(self) -> dict[str, Any]:
        """Return the object that describes this module in `bundle.json`; n stands for the batch."""
        return {
            "name": self.name,
            "opset": OPSET,
            "inputs": [_tensor(one) for one in self.inputs],
            "outputs": [_tensor(one) for one in self.outputs],
            "atol": self.atol,
            "licence": self.licence,
            "source": self.source,
        }


def _tensors(fields: Fields, key: str) -> tuple[TensorSpec, ...]:
    value = fields.values.get(key)
    tensors = []
    for entry in value if isinstance(value, list) else []:
        match entry:
            case {"name": str(name), "shape": [_, int(channels), int(height), int(width)]}:
                tensors.append(TensorSpec(name=name, shape=(channels, height, width)))
            case _:
                fields.wrong(key, f"{entry!r} is not a name with a shape [n, channels, height, width]")
    if not value or not isinstance(value, list):
        fields.wrong(key, f"{value!r} is not a list of names with shapes")
        tensors.append(TensorSpec(name=key, shape=(1, 1, 1)))
    return tuple(tensors)


def _tensor(spec: TensorSpec) -> dict[str, Any]:
    return {"name": spec.name, "dtype": "float32", "shape": ["n", *spec.shape]}
