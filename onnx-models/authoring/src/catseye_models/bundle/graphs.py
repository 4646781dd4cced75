"""Finds what is wrong with one graph of a bundle: its file, its opset, its inputs and outputs."""

from collections.abc import Mapping

import onnx
from google.protobuf.message import DecodeError

from catseye_models.bundle.precision import precision_of
from catseye_models.ends import Sides
from catseye_models.spec import OPSET

DTYPES = {"uint8": onnx.TensorProto.UINT8, "float32": onnx.TensorProto.FLOAT}

FRAMES_SIDES: Sides = (None, None, None, 3)


def problems(data: bytes, *, ends: Mapping[str, tuple[str, Sides]], precision: str | None = None) -> list[str]:
    """Return what keeps a file from being the graph that the manifest means.

    Args:
        data: of the file.
        ends: dtype and shape of its inputs and outputs, by name.
        precision: of its networks' arithmetic; None where nothing is said of it.
    """
    try:
        model = onnx.load_model_from_string(data)
        if any(weight.data_location == onnx.TensorProto.EXTERNAL for weight in model.graph.initializer):
            return ["keeps weights in another file (external data)"]
        onnx.checker.check_model(model, full_check=True)
    except DecodeError:
        return [f"not an ONNX file, or cut off ({len(data)} bytes)"]
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError, ValueError) as mistake:
        return [f"damaged graph: {' '.join(str(mistake).split())}"]
    mistakes = []
    opsets = {entry.domain: entry.version for entry in model.opset_import}
    if opsets != {"": OPSET}:
        mistakes.append(f"imports opsets {opsets}, expected the default domain at {OPSET}")
    if model.functions:
        mistakes.append(f"has {len(model.functions)} local functions; they must be inlined")
    if precision not in (None, precision_of(model.graph)):
        mistakes.append(f"computes in {precision_of(model.graph)}, the manifest says {precision}")
    found = {value.name: value for value in [*model.graph.input, *model.graph.output]}
    if set(found) != set(ends):
        mistakes.append(f"has inputs and outputs {sorted(found)}, the manifest says {sorted(ends)}")
    for name in sorted(set(found) & set(ends)):
        mistakes += _value_problems(found[name], *ends[name])
    return mistakes


def _value_problems(value: onnx.ValueInfoProto, dtype: str, sides: Sides) -> list[str]:
    """Compare dtype and shape of one graph input or output."""
    tensor = value.type.tensor_type
    shape = [dim.dim_value if dim.HasField("dim_value") else None for dim in tensor.shape.dim]
    problems = []
    if tensor.elem_type != DTYPES.get(dtype):
        problems.append(
            f"{value.name} is {onnx.TensorProto.DataType.Name(tensor.elem_type)}, the manifest says {dtype}"
        )
    if len(shape) != len(sides) or any(side not in (None, got) for got, side in zip(shape, sides, strict=True)):
        problems.append(f"{value.name} has shape {shape}, expected {list(sides)}")
    return problems
