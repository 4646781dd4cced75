"""The maps of SynBoost and Image Resynthesis: the picture is redrawn from its labels and compared with the frame."""

from collections.abc import Mapping
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
        statistics: of the segmentation, at full size.
        segmentation: its spec.
        modules: `synthesis`, and as the maps asked for need them `perceptual`, `dissimilarity`, `comparator`.
        size: working size, height and width.
    """

    def __init__(
        self,
        assembly: Assembly,
        statistics: PixelStatistics,
        *,
        segmentation: NetworkSpec,
        modules: Mapping[str, Network[ModuleSpec]],
        size: synboost.Size,
    ) -> None:
        self._assembly = assembly
        self._statistics = statistics
        self._segmentation = segmentation
        self._modules = modules
        self._size = size

    @cached_property
    def entropy(self) -> ir.Value:
        """E8, uint8 [N, 1, H, W]."""
        plane = self._nats
        with self._assembly.scope("uncertainty") as op:
            return synboost.as_bytes(op, synboost.scaled_entropy(op, plane, synboost.extremes(op, plane)))

    @cached_property
    def distance(self) -> ir.Value:
        """D8, uint8 [N, 1, H, W]."""
        with self._assembly.scope("uncertainty") as op:
            gap = maps.top_gap(op, self._statistics)
            return synboost.as_bytes(op, synboost.scaled_distance(op, gap, synboost.extremes(op, gap)))

    @cached_property
    def semantic(self) -> ir.Value:
        """The trainIds, uint8 [N, 1, h, w]."""
        return self._sampled("semantic", self._statistics.train_id)

    @cached_property
    def synthesis(self) -> ir.Value:
        """S8, uint8 [N, 3, h, w], RGB: the picture redrawn from `semantic`."""
        return self._assembly.glue("redrawn", synboost.picture_bytes, self._drawn)

    @cached_property
    def perceptual(self) -> ir.Value:
        """P8, uint8 [N, 1, h, w]: how far frame and synthesis differ to VGG19."""
        difference = self._difference
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
        probability, planes = self._compared("comparator"), [self._statistics.sum_exp, self._drawn]
        with self._assembly.scope("doubt") as op:
            return op.Add(probability, synboost.doubt(op, planes))

    def mixed(self, weights: Mapping[str, float], *, scope: str) -> ir.Value:
        """Return the weighted mean of dissimilarity, entropy, perceptual and distance, float32 [N, 1, h, w].

        NaN all over a frame of which logits, synthesis or perceptual difference could not be computed: the scalings
        join all pixels of a frame.
        """
        entropy, distance = self._uncertainty
        planes = {"entropy": entropy, "perceptual": self.perceptual, "distance": distance}
        dissimilarity, doubt = self.dissimilarity, self._doubt
        with self._assembly.scope(scope) as op:
            units = {name: synboost.unit(op, plane) for name, plane in planes.items() if weights[name]}
            return op.Add(synboost.ensemble(op, {"dissimilarity": dissimilarity, **units}, weights), doubt)

    @cached_property
    def _doubt(self) -> ir.Value:
        planes = [self._statistics.sum_exp, self._drawn, self._difference]
        with self._assembly.scope("doubt") as op:
            return synboost.doubt(op, planes)

    @cached_property
    def _nats(self) -> ir.Value:
        """H, float32 [N, 1, H, W]."""
        return self._assembly.glue("uncertainty", lambda op: maps.entropy_nats(op, self._statistics))

    @cached_property
    def _uncertainty(self) -> tuple[ir.Value, ir.Value]:
        """E8 and D8, uint8 [N, 1, h, w]."""
        return self._sampled("prior", self.entropy), self._sampled("prior", self.distance)

    @cached_property
    def _drawn(self) -> ir.Value:
        """The generator's answer, float32 [N, 3, h, w], -1 to 1."""
        labels = self._assembly.glue("labels", synboost.label_ids, self.semantic)
        (picture,) = self._run("synthesis", labels=self._assembly.glue("labels", synboost.generator_input, labels))
        return picture

    @cached_property
    def _frame(self) -> ir.Value:
        """X, float32 [N, 3, h, w]."""
        sampled = self._sampled("frame", self._assembly.picture(self._segmentation))
        return self._assembly.glue("frame", synboost.imagenet, sampled)

    @cached_property
    def _picture(self) -> ir.Value:
        """Y, float32 [N, 3, h, w]."""
        return self._assembly.glue("redrawn", synboost.imagenet, self.synthesis)

    @cached_property
    def _planes(self) -> ir.Value:
        """The trainIds, float32 [N, classes, h, w], one-hot."""
        classes = len(self._segmentation.labels.classes)
        return self._assembly.glue("semantic", synboost.one_hot, self.semantic, classes=classes)

    @cached_property
    def _difference(self) -> ir.Value:
        """V, float32 [N, 1, h, w]."""
        levels = self._run("perceptual", image=self._frame, synthesis=self._picture)
        with self._assembly.scope("difference") as op:
            return synboost.perceptual_sum(op, levels, size=self._size)

    def _compared(self, module: str, **prior: ir.Value) -> ir.Value:
        (logits,) = self._run(module, image=self._frame, synthesis=self._picture, semantic=self._planes, **prior)
        return self._assembly.glue("probability", synboost.anomaly_probability, logits)

    def _run(self, module: str, **inputs: ir.Value) -> list[ir.Value]:
        return self._assembly.run(self._modules[module], **inputs)

    def _sampled(self, scope: str, planes: ir.Value) -> ir.Value:
        source = (self._segmentation.height, self._segmentation.width)
        return self._assembly.glue(scope, synboost.sample_centres, planes, source=source, target=self._size)
