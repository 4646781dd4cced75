"""What plans share: each part is built when it is first asked for, and never twice."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

import onnx_ir as ir

from catseye_models.compose import maps
from catseye_models.compose.assembly import Assembly
from catseye_models.compose.maps import PixelStatistics
from catseye_models.compose.networks import Network, Networks
from catseye_models.compose.redrawn import Redrawn
from catseye_models.spec import NetworkSpec


class Parts:
    """The parts of one graph.

    Args:
        assembly: of the graph.
        networks: those that the plans need; `plans.choose` saw to it that they are there.
        given: parts of `redrawn` that enter the graph instead of being built, by name.
    """

    def __init__(
        self, assembly: Assembly, networks: Networks, given: Mapping[str, ir.Value] = MappingProxyType({})
    ) -> None:
        self.assembly = assembly
        self._networks = networks
        self._given = given

    @property
    def segmentation(self) -> Network[NetworkSpec]:
        """The segmentation network."""
        if self._networks.segmentation is None:
            raise ValueError("no segmentation network")
        return self._networks.segmentation

    @cached_property
    def logits(self) -> ir.Value:
        """Logits, float32 [N, channels, H, W] at the size of the segmentation network's input."""
        spec = self.segmentation.spec
        (logits,) = self.assembly.run(self.segmentation, **{spec.input: self.assembly.fed(spec, scope=spec.name)})
        return self.assembly.glue("maps", maps.resized_logits, logits, spec=spec)

    @cached_property
    def statistics(self) -> PixelStatistics:
        """What the softmax says of each pixel, at the size of the segmentation network."""
        spec, logits = self.segmentation.spec, self.logits
        with self.assembly.scope("maps") as op:
            return maps.pixel_statistics(op, maps.class_planes(op, logits, spec=spec), spec=spec)

    @cached_property
    def redrawn(self) -> Redrawn:
        """The maps of SynBoost and Image Resynthesis."""
        return Redrawn(
            self.assembly,
            lambda: self.statistics,
            segmentation=self.segmentation.spec,
            modules=self._networks.modules,
            size=self._networks.size("synthesis"),
            given=self._given,
        )

    @cached_property
    def foreign(self) -> ir.Value:
        """Score of somebody else's anomaly network, unclipped, float32 [N, 1, h, w]."""
        anomaly = self._networks.anomaly
        if anomaly is None:
            raise ValueError("no anomaly network")
        spec = anomaly.spec
        (values,) = self.assembly.run(anomaly, **{spec.input: self.assembly.fed(spec, scope=spec.name)})
        with self.assembly.scope("maps") as op:
            plane = op.Reshape(values, [-1, 1, spec.map_height, spec.map_width])
            return op.Mul(op.Sub(plane, spec.normal), 1.0 / (spec.anomalous - spec.normal))
