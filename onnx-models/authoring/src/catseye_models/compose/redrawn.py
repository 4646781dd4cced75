"""The maps of SynBoost and Image Resynthesis: the picture is redrawn from its labels and compared with the frame."""

from collections.abc import Callable, Mapping
from functools import cached_property

import onnx_ir as ir

from catseye_models.compose import maps, synboost
from catseye_models.compose.assembly import Assembly
from catseye_models.compose.maps import PixelStatistics
from catseye_models.compose.networks import Network
from catseye_models.module import ModuleSpec
from catseye_models.spec import NetworkSpec


class Redrawn:
    """The steps of SynBoost's estimator behind the segmentation, each built when it is first asked for.

    Full size [H, W] is that of the segmentation network, working size [h, w] that of the modules. Maps are uint8 where
    the original keeps bytes.

    Args:
        assembly: of the graph.
        statistics: gives those of the segmentation, at full size, when they are first needed.
        segmentation: its spec.
        modules: `synthesis`, and as the maps asked for need them `perceptual`, `dissimilarity`, `comparator`.
        size: working size, height and width.
        given: steps that enter the graph as its inputs, by the name of their property here, instead of being built.
    """

    def __init__(
        self,
        assembly: Assembly,
        statistics: Callable[[], PixelStatistics],
        *,
        segmentation: NetworkSpec,
        modules: Mapping[str, Network[ModuleSpec]],
        size: synboost.Size,
        given: Mapping[str, ir.Value],
    ) -> None:
        self._assembly = assembly
        self._statistics = statistics
        self._segmentation = segmentation
        self._modules = modules
        self._size = size
        self._given = given
        vars(self).update(given)  # where a cached property keeps what it has built

    @cached_property
    def entropy(self) -> ir.Value:
        """E8, uint8 [N, 1, H, W]."""
        plane = self._nats
        with self._assembly.scope("uncertainty") as op:
            return synboost.as_bytes(op, synboost.scaled_entropy(op, plane, synboost.extremes(op, plane)))

    @cached_property
    def distance(self) -> ir.Value:
        """D8, uint8 [N, 1, H, W]."""
        statistics = self._statistics()
        with self._assembly.scope("uncertainty") as op:
            gap = maps.top_gap(op, statistics)
            return synboost.as_bytes(op, synboost.scaled_distance(op, gap, synboost.extremes(op, gap)))

    @cached_property
    def picture(self) -> ir.Value:
        """The frame, uint8 [N, 3, h, w], RGB."""
        return self._sampled("frame", self._assembly.picture(self._segmentation))

    @cached_property
    def semantic(self) -> ir.Value:
        """The trainIds, uint8 [N, 1, h, w]."""
        return self._sampled("semantic", self._statistics().train_id)

    @cached_property
    def labels(self) -> ir.Value:
        """The label ids that the picture is redrawn from, uint8 [N, 1, h, w]."""
        return self._assembly.glue("labels", synboost.label_ids, self.semantic)

    @cached_property
    def edges(self) -> ir.Value:
        """Borders between labels, float32 [N, 1, h, w], 0 or 1."""
        return self._assembly.glue("labels", synboost.edges, self.labels)

    @cached_property
    def synthesis(self) -> ir.Value:
        """S8, uint8 [N, 3, h, w], RGB: the picture redrawn from `semantic`."""
        return self._assembly.glue("redrawn", synboost.picture_bytes, self._drawn)

    @cached_property
    def difference(self) -> ir.Value:
        """V, float32 [N, 1, h, w]: how far frame and synthesis differ to VGG19."""
        levels = self._run("perceptual", image=self._frame, synthesis=self._redrawn)
        with self._assembly.scope("difference") as op:
            return synboost.perceptual_sum(op, levels, size=self._size)

    @cached_property
    def perceptual(self) -> ir.Value:
        """P8, uint8 [N, 1, h, w]: `difference`, scaled frame by frame."""
        difference = self.difference
        with self._assembly.scope("difference") as op:
            return synboost.as_bytes(op, synboost.scaled_difference(op, difference))

    @cached_property
    def dissimilarity(self) -> ir.Value:
        """q, float32 [N, 1, h, w], 0 to 1: probability of an anomaly, judged with the uncertainty maps."""
        entropy, distance = self._uncertainty
        return self._compared(
            "dissimilarity", prior=self._assembly.glue("prior", synboost.prior, entropy, self.perceptual, distance)
        )

    @cached_property
    def comparison(self) -> ir.Value:
        """q, float32 [N, 1, h, w], 0 to 1: probability of an anomaly, judged without them.

        NaN all over a frame of which logits or synthesis could not be computed.
        """
        return self._doubted(self._compared("comparator"), self._doubt("semantic", "synthesis"), scope="doubt")

    def mixed(self, weights: Mapping[str, float], *, scope: str) -> ir.Value:
        """Return the weighted mean of dissimilarity, entropy, perceptual and distance, float32 [N, 1, h, w].

        NaN all over a frame of which logits, synthesis or perceptual difference could not be computed: the scalings
        join all pixels of a frame.
        """
        entropy, distance = self._uncertainty
        planes = {"entropy": entropy, "perceptual": self.perceptual, "distance": distance}
        dissimilarity, doubt = self.dissimilarity, self._mixed_doubt
        with self._assembly.scope(scope) as op:
            units = {name: synboost.unit(op, plane) for name, plane in planes.items() if weights[name]}
            score = synboost.ensemble(op, {"dissimilarity": dissimilarity, **units}, weights)
        return self._doubted(score, doubt, scope=scope)

    @cached_property
    def _mixed_doubt(self) -> ir.Value | None:
        return self._doubt("semantic", "synthesis", "perceptual")

    def _doubt(self, *steps: str) -> ir.Value | None:
        """Return NaN for frames whose floats behind one of the steps' bytes are not finite, else 0, [N, 1, 1, 1].

        None when all these steps are given: bytes have forgotten what they were made of.
        """
        behind = {
            "semantic": lambda: self._statistics().sum_exp,
            "synthesis": lambda: self._drawn,
            "perceptual": lambda: self.difference,
        }
        planes = [behind[step]() for step in steps if step not in self._given]
        return self._assembly.glue("doubt", synboost.doubt, planes) if planes else None

    def _doubted(self, score: ir.Value, doubt: ir.Value | None, *, scope: str) -> ir.Value:
        return score if doubt is None else self._assembly.glue(scope, lambda op: op.Add(score, doubt))

    @cached_property
    def _nats(self) -> ir.Value:
        """H, float32 [N, 1, H, W]."""
        return self._assembly.glue("uncertainty", maps.entropy_nats, self._statistics())

    @cached_property
    def _uncertainty(self) -> tuple[ir.Value, ir.Value]:
        """E8 and D8, uint8 [N, 1, h, w]."""
        return self._sampled("prior", self.entropy), self._sampled("prior", self.distance)

    @cached_property
    def _drawn(self) -> ir.Value:
        """The generator's answer, float32 [N, 3, h, w], -1 to 1."""
        entry = self._assembly.glue("labels", synboost.generator_input, self.labels)
        (picture,) = self._run("synthesis", labels=entry)
        return picture

    @cached_property
    def _frame(self) -> ir.Value:
        """X, float32 [N, 3, h, w]."""
        return self._assembly.glue("frame", synboost.imagenet, self.picture)

    @cached_property
    def _redrawn(self) -> ir.Value:
        """Y, float32 [N, 3, h, w]."""
        return self._assembly.glue("redrawn", synboost.imagenet, self.synthesis)

    @cached_property
    def _planes(self) -> ir.Value:
        """The trainIds, float32 [N, classes, h, w], one-hot."""
        classes = len(self._segmentation.labels.classes)
        return self._assembly.glue("semantic", synboost.one_hot, self.semantic, classes=classes)

    def _compared(self, module: str, **prior: ir.Value) -> ir.Value:
        (logits,) = self._run(module, image=self._frame, synthesis=self._redrawn, semantic=self._planes, **prior)
        return self._assembly.glue("probability", synboost.anomaly_probability, logits)

    def _run(self, module: str, **inputs: ir.Value) -> list[ir.Value]:
        return self._assembly.run(self._modules[module], **inputs)

    def _sampled(self, scope: str, planes: ir.Value) -> ir.Value:
        source = (self._segmentation.height, self._segmentation.width)
        return self._assembly.glue(scope, synboost.sample_centres, planes, source=source, target=self._size)
