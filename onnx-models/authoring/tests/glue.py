"""Runs glue alone: a graph of nothing but what a test builds."""

from collections.abc import Callable
from typing import Any

import numpy as np
import onnx_ir as ir
from onnxscript import GraphBuilder

from catseye_models.runtime import Session

Array = np.ndarray[Any, np.dtype[Any]]
TYPES = {np.dtype(np.uint8): ir.DataType.UINT8, np.dtype(np.float32): ir.DataType.FLOAT}


def run(build: Callable[..., ir.Value], *inputs: Array) -> Array:
    """Return what the glue made by `build(op, *values)` answers to inputs of rank 4."""
    values = [
        ir.val(f"in{place}", dtype=TYPES[value.dtype], shape=[None] * value.ndim) for place, value in enumerate(inputs)
    ]
    graph = ir.Graph(values, [], nodes=[], opset_imports={"": 18}, name="glue")
    builder = GraphBuilder(graph)
    builder.add_output(builder.op.Identity(build(builder.op, *values)), "out")
    model = ir.to_proto(ir.Model(graph, ir_version=10))
    session = Session(model.SerializeToString(), name="glue")
    return session.run(**{f"in{place}": value for place, value in enumerate(inputs)})["out"]
