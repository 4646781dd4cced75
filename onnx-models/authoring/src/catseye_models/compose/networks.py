"""The network files that a graph can be made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

import onnx

from catseye_models.anomaly_spec import AnomalySpec
from catseye_models.compose import network
from catseye_models.ends import Ends
from catseye_models.errors import ModelError
from catseye_models.module import ModuleSpec
from catseye_models.spec import OPSET, NetworkSpec

SEGMENTATION = "segmentation"
EXTERNAL = "external"


class Spec(Protocol):
    """What the specs of all kinds of networks have."""

    @property
    def name(self) -> str:
        """Short name, in front of the network's node names."""

    @property
    def ends(self) -> Ends:
        """Inputs and outputs."""

    @property
    def atol(self) -> float:
        """Largest absolute difference that a conversion may show."""

    @property
    def licence(self) -> str:
        """Of the weights."""

    @property
    def source(self) -> str:
        """Where network and weights come from."""

    def values(self) -> dict[str, Any]:
        """Return the JSON object of the spec."""


S = TypeVar("S", bound=Spec, covariant=True)


@dataclass(frozen=True, kw_only=True)
class Network(Generic[S]):
    """A network file as it was given.

    Attributes:
        file: what messages call it.
        model: read and checked, weights inside.
        spec: of the network.
    """

    file: str
    model: onnx.ModelProto
    spec: S

    @property
    def converted_from(self) -> int | None:
        """Opset of the file when it has to be converted, None when it is ours."""
        opset = network.opset_of(self.model)
        return None if opset == OPSET else opset


@dataclass(frozen=True, kw_only=True)
class Networks:
    """What there is to compose; any of it may be absent.

    Attributes:
        segmentation: the network whose logits the softmax plans read, and whose classes the others redraw.
        modules: further networks of a published pipeline, by role, all of one working size.
        anomaly: a whole anomaly network of somebody else.
    """

    segmentation: Network[NetworkSpec] | None = None
    modules: Mapping[str, Network[ModuleSpec]] = field(default_factory=dict)
    anomaly: Network[AnomalySpec] | None = None

    def __post_init__(self) -> None:
        """Raise `ModelError` where networks do not go together."""
        names = [one.spec.name for one in self.roles.values()]
        problems = [
            f"two networks are called {name}; `name` in a spec changes that"
            for name in dict.fromkeys(names)
            if names.count(name) > 1
        ]
        sizes = {one.file: one.spec.size for one in self.modules.values()}
        if len(set(sizes.values())) > 1:
            shown = ", ".join(f"{file} {width}x{height}" for file, (height, width) in sizes.items())
            problems.append(f"networks of different working sizes: {shown}")
        if problems:
            raise ModelError(*problems)

    @property
    def roles(self) -> dict[str, Network[Spec]]:
        """Every network there is, by what plans need it as."""
        alone = {SEGMENTATION: self.segmentation, EXTERNAL: self.anomaly}
        return {**{role: one for role, one in alone.items() if one is not None}, **self.modules}

    def size(self, role: str) -> tuple[int, int]:
        """Return height and width of what a network answers, px."""
        if role == SEGMENTATION and self.segmentation is not None:
            return self.segmentation.spec.height, self.segmentation.spec.width
        if role == EXTERNAL and self.anomaly is not None:
            return self.anomaly.spec.map_height, self.anomaly.spec.map_width
        return self.modules[role].spec.size

    def with_models(self, models: Mapping[str, onnx.ModelProto]) -> "Networks":
        """Return the same networks, those of some roles with other files behind the same specs."""

        def changed(role: str, one: Network[S]) -> Network[S]:
            return replace(one, model=models[role]) if role in models else one

        return Networks(
            segmentation=self.segmentation and changed(SEGMENTATION, self.segmentation),
            modules={role: changed(role, one) for role, one in self.modules.items()},
            anomaly=self.anomaly and changed(EXTERNAL, self.anomaly),
        )
