"""The forms that are timed: each scores a frame, all with the same networks."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import onnx
import onnx_ir as ir
import onnx_ir.passes.common as passes

from catseye_models.bench import glue
from catseye_models.bench.glue import Uncertainty
from catseye_models.compose.synboost import Size
from catseye_models.feed import Feed
from catseye_models.runtime import Array, Session, chain

Score = Callable[[Array], Array]
"""From a frame, uint8 [height, width, 3] RGB, to its anomaly score, float32 [h, w]."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form of the pipeline.

    Attributes:
        name: short, for the table.
        what: in a few words.
        score: runs it.
    """

    name: str
    what: str
    score: Score


def fused(graph: bytes, *, output: str, threads: int) -> Form:
    """Return the fused graph, without what `output` does not need."""
    session = Session(reduced(graph, {output}), name="fused graph", threads=threads)
    return Form(
        name="fused",
        what="ONNX Runtime, one graph",
        score=lambda frame: session.run(frames=frame[None])[output][0],
    )


def reduced(graph: bytes, outputs: Collection[str]) -> bytes:
    """Return the graph with those of its outputs alone, and only what they need.

    ONNX Runtime computes every output of a graph, also those that nobody asks for.
    """
    model = ir.from_proto(onnx.load_model_from_string(graph))
    model.graph.outputs[:] = [value for value in model.graph.outputs if value.name in outputs]
    passes.RemoveUnusedNodesPass()(model)
    return bytes(ir.to_proto(model).SerializeToString())


def stages(parts: Sequence[tuple[Mapping[str, Any], bytes]], *, output: str, threads: int) -> Form:
    """Return the stage graphs in a chain, up to the one that gives `output`.

    Args:
        parts: entry of `bundle.json` and file of each stage, in order.
        output: that is asked for.
        threads: of each session.
    """
    chosen: list[tuple[Mapping[str, Any], bytes]] = []
    wanted = {output}
    for entry, data in reversed(parts):
        if wanted & {one["name"] for one in entry["outputs"]}:
            chosen.insert(0, (entry, data))
            wanted |= {one["name"] for one in entry["inputs"]}
    sessions = [Session(reduced(data, wanted), name=entry["file"], threads=threads) for entry, data in chosen]
    return Form(
        name="stages",
        what="ONNX Runtime, one graph per network",
        score=lambda frame: chain(sessions, {"frames": frame[None]})[output][0],
    )


class OnnxNetworks:
    """The bare network files, with what follows them in NumPy."""

    def __init__(self, files: Mapping[str, bytes], *, feed: Feed, size: Size, threads: int) -> None:
        self._sessions = {role: Session(data, name=role, threads=threads) for role, data in files.items()}
        self._feed = feed
        self._size = size

    def uncertainty(self, image: Array) -> Uncertainty:
        """Run the segmentation."""
        (logits,) = self._run("segmentation", **{self._feed.input: image})
        return glue.uncertainty(logits)

    def picture(self, labels: Array) -> Array:
        """Run the synthesis."""
        return self._run("synthesis", labels=labels)[0]

    def difference(self, image: Array, synthesis: Array) -> Array:
        """Run VGG19."""
        return glue.perceptual_sum(self._run("perceptual", image=image, synthesis=synthesis), size=self._size)

    def probability(self, image: Array, synthesis: Array, semantic: Array, prior: Array) -> Array:
        """Run the dissimilarity network."""
        (logits,) = self._run("dissimilarity", image=image, synthesis=synthesis, semantic=semantic, prior=prior)
        return glue.probability(logits)

    def _run(self, role: str, **inputs: Array) -> list[Array]:
        return list(self._sessions[role].run(**inputs).values())


def modules(files: Mapping[str, bytes], *, feed: Feed, size: Size, threads: int) -> Form:
    """Return the bare network files with NumPy and Pillow between them.

    Args:
        files: by role.
        feed: of the segmentation network.
        size: working size, height and width.
        threads: of each session.
    """
    networks = OnnxNetworks(files, feed=feed, size=size, threads=threads)
    return Form(
        name="modules",
        what="ONNX Runtime, bare networks, NumPy glue",
        score=lambda frame: glue.score(networks, frame, feed=feed, size=size),
    )
