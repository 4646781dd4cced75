"""What must be known about a whole anomaly network of somebody else: `AnomalySpec`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from catseye_models import feed
from catseye_models.ends import Ends
from catseye_models.feed import Feed
from catseye_models.fields import Fields, read_object

KEYS = ("name", *feed.KEYS, "anomaly", "range", "map_size", "atol", "licence", "source")


@dataclass(frozen=True, kw_only=True)
class AnomalySpec(Feed):
    """How frames enter a network that answers with an anomaly map, and what its values mean.

    Attributes:
        name: short name of the network, used in node names: letters, digits, `_`, `-`.
        anomaly: name of the graph output, float [n, 1, map_height, map_width], or without the 1.
        normal: value that stands for score 0.
        anomalous: value that stands for score 1; below `normal` where the network counts downwards. Values beyond
            either are clipped.
        map_width: of the answer, px; the working size of the plan.
        map_height: of the answer, px.
        atol: largest absolute difference that a conversion may show.
        licence: of the weights, in a few words.
        source: where network and weights come from.
    """

    name: str = "anomaly"
    anomaly: str
    normal: float
    anomalous: float
    map_width: int
    map_height: int
    atol: float = 1e-3
    licence: str = "not stated"
    source: str = "not stated"

    @property
    def ends(self) -> Ends:
        """Input and answer."""
        return Ends(
            inputs={self.input: (None, 3, self.height, self.width)},
            outputs={self.anomaly: (None, 1, self.map_height, self.map_width)},
        )

    def values(self) -> dict[str, object]:
        """Return the JSON object of the spec file."""
        values: dict[str, object] = dataclasses.asdict(self)
        values["size"] = [values.pop("width"), values.pop("height")]
        values["map_size"] = [values.pop("map_width"), values.pop("map_height")]
        values["range"] = [values.pop("normal"), values.pop("anomalous")]
        return {key: values[key] for key in KEYS}

    @staticmethod
    def read(path: Path) -> AnomalySpec:
        """Read a spec file; raise `UsageError` with every mistake in it, each with the file's name in front."""
        return AnomalySpec.parse(read_object(path), where=path.name)

    @staticmethod
    def parse(values: Mapping[str, object], *, where: str) -> AnomalySpec:
        """Return the spec that a JSON object holds; raise `UsageError` as `read`, with `where` in front."""
        fields = Fields(values, known=KEYS)
        attributes = feed.read_feed(fields)
        map_size = (attributes["width"], attributes["height"])
        if fields.has("map_size"):
            map_size = fields.size("map_size")
        normal, anomalous = _range(fields)
        spec = AnomalySpec(
            **attributes,
            **feed.read_origin(fields, name="anomaly"),
            anomaly=fields.text("anomaly"),
            normal=normal,
            anomalous=anomalous,
            map_width=map_size[0],
            map_height=map_size[1],
        )
        fields.require_sound(where)
        return spec


def _range(fields: Fields) -> tuple[float, float]:
    before = len(fields.problems)
    normal, anomalous = fields.numbers("range", count=2)
    if normal == anomalous and len(fields.problems) == before:
        fields.wrong("range", f"{fields.values['range']} has no width")
    return normal, anomalous
