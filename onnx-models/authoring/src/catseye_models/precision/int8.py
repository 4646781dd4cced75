"""int8: layers, and what lies between them, on 8-bit integers by the ranges that calibration pictures showed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import onnx

from catseye_models.precision import layers
from catseye_models.runtime import Array

OPERATORS = (
    *("Conv", "Gemm", "MatMul"),
    *("Relu", "Clip", "LeakyRelu", "Add", "Mul", "Concat"),
    *("MaxPool", "AveragePool", "GlobalAveragePool", "Resize"),
    *("Reshape", "Transpose", "Squeeze", "Unsqueeze", "Flatten", "Slice", "Split", "Pad"),
)
"""Operators that ONNX Runtime has 8-bit kernels for. All others stay fp32, ConvTranspose among them: its kernel would
compute in fp32 all the same, on rounded values."""


class Quantised:
    """Networks in int8.

    Args:
        networks: by role, as `layers.prepared` returns them.
        inputs: by role, what each takes on each calibration picture, by name.
        folder: an empty one, for files of ours.
    """

    operators = tuple(name for name in layers.LAYERS if name in OPERATORS)
    bound = 0.02

    def __init__(
        self,
        networks: Mapping[str, onnx.ModelProto],
        inputs: Mapping[str, Sequence[Mapping[str, Array]]],
        *,
        folder: Path,
    ) -> None:
        self._quantisers = {}
        for role, model in networks.items():
            (folder / role).mkdir()
            self._quantisers[role] = Quantiser(model, inputs[role], folder=folder / role)

    def written(self, role: str, *, wide: Collection[str]) -> onnx.ModelProto:
        """Return a network as the bundle gets it."""
        return self._quantisers[role].narrowed(wide=wide)

    measured = written
    """Integers are the same on every processor."""


class Quantiser:
    """Narrows one network, over and over, with ranges that are found once.

    Activations are uint8, one scale per tensor; weights int8, one scale per output channel, of 7 bits, so that the
    16-bit sums of processors without VNNI cannot saturate and all processors answer alike.
    Source: ONNX Runtime, "Quantize ONNX models", U8S8 and reduce_range.

    Args:
        model: as `layers.prepared` returns it.
        inputs: what it takes on each calibration picture, by name.
        folder: an empty one, for files of ours.
    """

    def __init__(self, model: onnx.ModelProto, inputs: Sequence[Mapping[str, Array]], *, folder: Path) -> None:
        from onnxruntime.quantization.quant_utils import add_pre_process_metadata

        self._model = model
        self._inputs = inputs
        self._folder = folder
        own = onnx.ModelProto()
        own.CopyFrom(model)
        add_pre_process_metadata(own)  # what it means is done; without it every call says that it is not
        onnx.save(own, folder / "fp32.onnx")

    def narrowed(self, *, wide: Collection[str]) -> onnx.ModelProto:
        """Return the network in int8, its inputs and outputs float32.

        All layers are quantised but `wide` ones and those that give the answer, which 256 levels would coarsen.
        """
        from onnxruntime.quantization import QuantFormat, QuantType, quantize_static

        output = self._folder / "int8.onnx"
        quantize_static(
            self._folder / "fp32.onnx",
            output,
            _Reader(self._inputs),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=list(OPERATORS),
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=sorted(layers.behind(self._model, {*wide, *layers.answering(self._model)})),
            calibration_cache_path=self._folder / "ranges.json",
        )
        model = onnx.load(output)
        output.unlink()
        return model


class _Reader:
    """Gives calibration inputs one after another, as onnxruntime asks for them."""

    def __init__(self, inputs: Sequence[Mapping[str, Array]]) -> None:
        self._rest: Iterator[Mapping[str, Array]] = iter(inputs)

    def get_next(self) -> dict[str, Array] | None:
        found = next(self._rest, None)
        return None if found is None else dict(found)
