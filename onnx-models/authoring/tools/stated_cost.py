"""Writes a bundle whose runs cost what is asked for, a ms + b ms per frame, and prints what they cost here.

    python tools/stated_cost.py --run-ms 80 --frame-ms 15 --threads 2 -o DIR

For benches of the stream: a network on an accelerator costs about that, and few networks do so on a CPU. The graph has
two chains of matrix products, all real work: one begins with the mean of the whole batch and has the same length
whatever the batch, the other runs once per frame. Both enter the score with weight 0, so that a frame's score, the
mean brightness of each block of the picture, does not depend on its batch. Calibrate on a quiet machine, the one that
the bench runs on: what else runs meanwhile is taken for the cost of a product. `--run-ms 0 --frame-ms 0` writes the
graph without products.
"""

import argparse
import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnx_ir as ir
from onnxscript import GraphBuilder

from catseye_models import cli
from catseye_models.bundle import store
from catseye_models.bundle.manifest import GRAPH
from catseye_models.runtime import Session

SIDE = 384
"""Of the square matrices: a product takes about a millisecond on one core."""

BLOCK = 8
"""Side of the blocks of the picture that become one value of the map, px."""

BATCHES = (1, 2, 4, 8)
RUNS = 9
"""Of each batch; the fastest counts, which other work on the machine has disturbed least."""

PROBE = 60
"""Products in the chains whose cost per product is measured first."""

ROUNDS = 2
"""Of the calibration: the second one starts from what the first one found."""


@dataclass(frozen=True)
class Cost:
    """A straight line through the times of runs.

    Attributes:
        run_ms: of a run, whatever its frames.
        frame_ms: that each frame adds.
        residual_ms: largest distance of a measured time from the line.
    """

    run_ms: float
    frame_ms: float
    residual_ms: float


@dataclass(frozen=True)
class Size:
    """Of the frames that the network takes without resizing, px; both sides are multiples of `BLOCK`."""

    width: int
    height: int

    @staticmethod
    def of(text: str) -> "Size":
        """Read `WxH`."""
        width, height = (int(side) for side in text.split("x"))
        if width < BLOCK or height < BLOCK or width % BLOCK or height % BLOCK:
            raise ValueError(f"both sides are multiples of {BLOCK}")
        return Size(width, height)


def network(*, size: Size, run_products: int, frame_products: int) -> onnx.ModelProto:
    """Return the anomaly network: float [n, 3, height, width] to float [n, 1, height / 8, width / 8]."""
    image = ir.val("image", dtype=ir.DataType.FLOAT, shape=["n", 3, size.height, size.width])
    graph = ir.Graph([image], [], nodes=[], opset_imports={"": 18}, name="stated_cost")
    builder = GraphBuilder(graph)
    op = builder.op
    score = op.AveragePool(op.ReduceMean(image, [1], keepdims=1), kernel_shape=[BLOCK, BLOCK], strides=[BLOCK, BLOCK])
    # Orthogonal, so that no product grows: 0 times it is 0.
    rotation = np.linalg.qr(np.random.default_rng(0).standard_normal((SIDE, SIDE)))[0].astype(np.float32)
    weights = builder.initializer(ir.tensor(rotation), name="rotation")
    nothing = builder.initializer(ir.tensor(np.float32(0)), name="nothing")
    if run_products:
        chain = op.Add(weights, op.ReduceMean(image, keepdims=0))
        for _ in range(run_products):
            chain = op.MatMul(chain, weights)
        score = op.Add(score, op.Mul(op.ReduceMean(chain, keepdims=0), nothing))
    if frame_products:
        chain = op.Add(weights, op.ReduceMean(image, [1, 2, 3], keepdims=1))  # n, 1, SIDE, SIDE
        for _ in range(frame_products):
            chain = op.MatMul(chain, weights)
        score = op.Add(score, op.Mul(op.ReduceMean(chain, [2, 3], keepdims=1), nothing))
    builder.add_output(score, "score")
    graph.outputs[0].dtype = ir.DataType.FLOAT
    graph.outputs[0].shape = ir.Shape(["n", 1, size.height // BLOCK, size.width // BLOCK])
    return ir.to_proto(ir.Model(graph, ir_version=10))


def spec(size: Size) -> dict[str, object]:
    """Return the JSON object of the network's spec."""
    return {
        "name": "stated-cost",
        "input": "image",
        "order": "RGB",
        "size": [size.width, size.height],
        "resize": "pillow-bilinear",
        "scale": 1 / 255,
        "mean": [0, 0, 0],
        "std": [1, 1, 1],
        "anomaly": "score",
        "range": [0, 4],  # no picture is bright enough to alarm
        "map_size": [size.width // BLOCK, size.height // BLOCK],
        "licence": "Apache-2.0",
        "source": "tools/stated_cost.py",
    }


def write(folder: Path, *, size: Size, run_products: int, frame_products: int, replace: bool = False) -> None:
    """Compose the bundle."""
    with tempfile.TemporaryDirectory() as work:
        graph, words = Path(work, "stated-cost.onnx"), Path(work, "stated-cost.json")
        onnx.save(network(size=size, run_products=run_products, frame_products=frame_products), graph)
        words.write_text(json.dumps(spec(size)))
        command = ["compose", "--anomaly", str(graph), "--spec", str(words), "--plans", "external", "-o", str(folder)]
        if cli.main(command + ["--replace"] * replace) != 0:
            raise SystemExit(1)


def times(bundle: Path, *, size: Size, threads: int) -> list[tuple[int, float]]:
    """Return frames and milliseconds of runs: the fastest of `RUNS` for each of `BATCHES`, measured in turn."""
    session = Session(store.read(bundle)[GRAPH], name=str(bundle), threads=threads)
    frames = np.random.default_rng(0).integers(0, 256, (max(BATCHES), size.height, size.width, 3), dtype=np.uint8)
    taken: dict[int, list[float]] = {batch: [] for batch in BATCHES}
    for run in range(RUNS + 1):
        for batch in BATCHES:
            begin = time.perf_counter()
            session.run(frames=frames[:batch])
            if run:  # the first one lays out the memory
                taken[batch].append(1e3 * (time.perf_counter() - begin))
    return [(batch, min(values)) for batch, values in taken.items()]


def fit(measured: list[tuple[int, float]]) -> Cost:
    """Return the line that fits best, by least squares."""
    frames = np.array([batch for batch, _ in measured], dtype=float)
    taken = np.array([ms for _, ms in measured])
    frame_ms, run_ms = np.polyfit(frames, taken, 1)
    return Cost(float(run_ms), float(frame_ms), float(np.abs(taken - run_ms - frame_ms * frames).max()))


def products(wanted: float, *, bare: float, probed: float, count: int) -> int:
    """Return how many products take what is left of the wanted time, given that of no and of `count` products, ms."""
    return max(0, round((wanted - bare) * count / (probed - bare))) if wanted > bare and probed > bare else 0


def calibrate(*, size: Size, wanted: Cost, threads: int) -> tuple[int, int]:
    """Return the numbers of products per run and per frame that take the wanted time on this machine."""

    def cost(run_products: int, frame_products: int) -> Cost:
        with tempfile.TemporaryDirectory() as work:
            bundle = Path(work, "probe")
            write(bundle, size=size, run_products=run_products, frame_products=frame_products)
            return fit(times(bundle, size=size, threads=threads))

    bare = cost(0, 0)
    run_count, frame_count = PROBE, PROBE
    for _ in range(ROUNDS):
        probed = cost(run_count, frame_count)
        run_count = products(wanted.run_ms, bare=bare.run_ms, probed=probed.run_ms, count=run_count)
        frame_count = products(wanted.frame_ms, bare=bare.frame_ms, probed=probed.frame_ms, count=frame_count)
    return run_count, frame_count


def main() -> None:
    """Calibrate, write, and tell what it costs."""
    parser = argparse.ArgumentParser(description="Write a bundle whose runs cost a ms + b ms per frame.")
    parser.add_argument("--run-ms", type=float, required=True, metavar="A", help="of a run, whatever its frames")
    parser.add_argument("--frame-ms", type=float, required=True, metavar="B", help="that each frame adds")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="that compute a run (default: %(default)s)")
    parser.add_argument(
        "--size",
        type=Size.of,
        default=Size(1024, 512),
        metavar="WxH",
        help="of the frames (default: 1024x512, as in the shipped drive)",
    )
    parser.add_argument("--replace", action="store_true", help="put the bundle in the place of an older one")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    arguments = parser.parse_args()
    store.refuse_existing(arguments.output, replace=arguments.replace)
    size, threads = arguments.size, arguments.threads
    counts = (0, 0)
    if arguments.run_ms > 0 or arguments.frame_ms > 0:
        counts = calibrate(size=size, wanted=Cost(arguments.run_ms, arguments.frame_ms, 0), threads=threads)
    write(arguments.output, size=size, run_products=counts[0], frame_products=counts[1], replace=arguments.replace)
    measured = times(arguments.output, size=size, threads=threads)
    found = fit(measured)
    print(f"{counts[0]} products per run, {counts[1]} per frame, {threads} threads, load {os.getloadavg()[0]:.1f}")
    print("frames  ms, fastest of", RUNS)
    for batch, ms in measured:
        print(f"{batch:6d}  {ms:.1f}")
    print(f"a = {found.run_ms:.1f} ms, b = {found.frame_ms:.1f} ms per frame, residual {found.residual_ms:.1f} ms")


if __name__ == "__main__":
    main()
