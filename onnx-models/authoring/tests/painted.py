"""Frames whose colours are the answers: a graph that takes its maps from the channels of the picture."""

import numpy as np
import onnx_ir as ir
from numpy.typing import NDArray
from onnxscript import GraphBuilder

from catseye_models.scenes.drive import DrawnFrame
from catseye_models.scenes.labels import VOID, TrainId
from catseye_models.scenes.picture import RIM

Mask = NDArray[np.bool_]


def frame(
    rgb: NDArray[np.uint8], *, obstacle: Mask, road: Mask | None = None, rim: Mask | None = None, number: int = 1
) -> DrawnFrame:
    """Return a frame (H, W, 3) with one obstacle where ``obstacle`` (H, W) says so, on a road, beside buildings."""
    shape = rgb.shape[:2]
    train_ids = np.where(np.ones(shape, bool) if road is None else road, TrainId.ROAD, TrainId.BUILDING)
    train_ids[obstacle] = VOID
    obstacles = np.where(obstacle, 22, 0)
    if rim is not None:
        obstacles[rim] = RIM
    return DrawnFrame(
        index=0,
        capture_micros=0,
        rgb=rgb,
        train_ids=train_ids.astype(np.uint8),
        instances=np.where(obstacle, number, 0).astype(np.uint16),
        obstacles=obstacles.astype(np.uint8),
    )


def graph(*, maps: bool = True) -> bytes:
    """Return a graph of `frames`: red is the plan `red` and the perceptual map, green entropy, blue distance.

    q is the mean of red and 255, over 255; the dissimilarity map its byte.  Without ``maps`` there is the plan alone.
    """
    frames = ir.val("frames", dtype=ir.DataType.UINT8, shape=["n", "h", "w", 3])
    built = ir.Graph([frames], [], nodes=[], opset_imports={"": 18}, name="painted")
    builder = GraphBuilder(built)
    op = builder.op
    red, green, blue = (op.Squeeze(part, [3]) for part in op.Split(frames, [1, 1, 1], axis=3, _outputs=3))
    builder.add_output(op.Identity(red), "red.anomaly")
    if maps:
        q = op.Div(op.Add(op.Cast(red, to=ir.DataType.FLOAT), 255.0), 510.0)
        builder.add_output(op.Identity(q), "q")
        builder.add_output(op.Cast(op.Mul(q, 255.0), to=ir.DataType.UINT8), "dissimilarity")
        builder.add_output(op.Identity(red), "perceptual")
        builder.add_output(op.Identity(green), "entropy")
        builder.add_output(op.Identity(blue), "distance")
    return ir.to_proto(ir.Model(built, ir_version=10)).SerializeToString()
