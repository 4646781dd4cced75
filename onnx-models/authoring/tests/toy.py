"""A small segmentation network with drawn weights, its spec, and its frames."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnx_ir as ir
from onnxscript import GraphBuilder

from catseye_models.spec import NetworkSpec

CHANNELS = 5
SPEC = NetworkSpec(
    name="toy",
    input="image",
    order="RGB",
    width=64,
    height=32,
    resize="pillow-bicubic",
    scale=1 / 255,
    mean=(0.485, 0.456, 0.406),
    std=(0.229, 0.224, 0.225),
    logits="logits",
    classes=(0, 3, None, 11, 13),
    max_logit_range=(-1.0, 6.0),
)
"""Five channels: four classes, and channel 2 void."""


def network(
    *, opset: int = 18, batch: int | str = "n", height: int | str = "h", width: int | str = "w"
) -> onnx.ModelProto:
    """Return a two-layer network: 3x3 convolution, ReLU, 1x1 convolution to `CHANNELS` logits."""
    image = ir.val("image", dtype=ir.DataType.FLOAT, shape=[batch, 3, height, width])
    graph = ir.Graph([image], [], nodes=[], opset_imports={"": opset}, name="toy")
    builder = GraphBuilder(graph)
    op = builder.op
    rng = np.random.default_rng(7)
    first = ir.tensor(rng.standard_normal((8, 3, 3, 3)).astype(np.float32), name="first")
    second = ir.tensor(rng.standard_normal((CHANNELS, 8, 1, 1)).astype(np.float32), name="second")
    hidden = op.Relu(op.Conv(image, first, pads=[1, 1, 1, 1]))
    builder.add_output(op.Conv(hidden, second), "logits")
    graph.outputs[0].dtype = ir.DataType.FLOAT
    graph.outputs[0].shape = ir.Shape([batch, CHANNELS, height, width])
    return ir.to_proto(ir.Model(graph, ir_version=8))


def write(folder: Path, *, spec: NetworkSpec = SPEC, **options: Any) -> tuple[Path, Path]:
    """Write network and spec into `folder`; return their paths."""
    onnx_path, spec_path = folder / "toy.onnx", folder / "toy.json"
    onnx.save(network(**options), onnx_path)
    spec_path.write_text(spec.to_json(), encoding="utf-8")
    return onnx_path, spec_path


def spec(**changes: Any) -> NetworkSpec:
    """Return `SPEC` with some attributes changed."""
    return replace(SPEC, **changes)


def frames(count: int, height: int, width: int, *, seed: int = 0) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return uint8 [count, height, width, 3]: smooth colours under noise, no two frames alike."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:height, 0:width]
    waves = 128 + 60 * np.sin(rows[..., None] / 9 + np.arange(3)) + 40 * np.cos(columns[..., None] / 13)
    noise = rng.normal(0, 15, (count, height, width, 3))
    return np.clip(waves + noise + 10 * np.arange(count)[:, None, None, None], 0, 255).astype(np.uint8)
