"""What plans share: each part is built when it is first asked for, and never twice."""

from functools import cached_property

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
    """

    def __init__(self, assembly: Assembly, networks: Networks) -> None:
        self.assembly = assembly
        self._networks = networks

    @property
    def segmentation(self) -> Network[NetworkSpec]:
        """The segmentation network."""
        if self._networks.segmentation is None:
            raise ValueError("no segmentation network")
        return self._networks.segmentation

    @cached_property
    def statistics(self) -> PixelStatistics:
        """What the softmax says of each pixel, at the size of the segmentation network."""
        spec = self.segmentation.spec
        (logits,) = self.assembly.run(self.segmentation, **{spec.input: self.assembly.fed(spec, scope=spec.name)})
        with self.assembly.scope("maps") as op:
            return maps.pixel_statistics(op, maps.class_planes(op, logits, spec=spec), spec=spec)

    @cached_property
    def redrawn(self) -> Redrawn:
        """The maps of SynBoost and Image Resynthesis."""
        return Redrawn(
            self.assembly,
            self.statistics,
            segmentation=self.segmentation.spec,
            modules=self._networks.modules,
            size=self._networks.size("synthesis"),
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
