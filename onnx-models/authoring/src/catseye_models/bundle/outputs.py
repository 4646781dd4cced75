"""What `bundle.json` says of the outputs of a graph, and of the stages that a graph can be taken apart into."""

from dataclasses import dataclass

LAYOUTS = ("NHW", "NHWC", "NCHW")


@dataclass(frozen=True, kw_only=True)
class GraphOutput:
    """One tensor that a graph gives per frame, or that one stage hands to another.

    Attributes:
        name: of the graph output.
        dtype: `uint8` or `float32`.
        kind: what it shows, such as `anomaly` (trunc(255 score)), `score`, `class_map`.
        plan: the plan that it belongs to; None when plans share it.
        width: px.
        height: px.
        layout: one of `LAYOUTS`: a map, an RGB picture, or many planes.
        channels: 1 for a map, 3 for a picture.
        always: whether everybody asks for it; others are there on request.
    """

    name: str
    dtype: str
    kind: str
    plan: str | None
    width: int
    height: int
    layout: str = "NHW"
    channels: int = 1
    always: bool = False

    @property
    def sides(self) -> tuple[int, ...]:
        """Shape without the batch."""
        sides = {"H": self.height, "W": self.width, "C": self.channels}
        return tuple(sides[side] for side in self.layout[1:])

    def to_json(self, *, working_size: tuple[int, int]) -> dict[str, object]:
        """Return the object in `bundle.json`; `size` stands there only where it is not the graph's (width, height)."""
        return {
            "name": self.name,
            "dtype": self.dtype,
            "layout": self.layout,
            "plan": self.plan,
            "map": self.kind,
            "always": self.always,
            **({} if (self.width, self.height) == working_size else self._size),
        }

    def between_stages(self) -> dict[str, object]:
        """Return the object in `bundle.json` of an input or output of a stage; `channels` where the layout has many."""
        channels = {"channels": self.channels} if self.layout == "NCHW" else {}
        return {"name": self.name, "dtype": self.dtype, "layout": self.layout, **channels, **self._size}

    @property
    def _size(self) -> dict[str, object]:
        return {"size": {"width": self.width, "height": self.height}}


@dataclass(frozen=True, kw_only=True)
class StageInfo:
    """What a bundle says of a stage: one network with the glue in front of it and behind.

    Attributes:
        name: of the stage, that of its network.
        inputs: `frames`, or names of outputs of earlier stages.
        outputs: in the order of the graph.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[GraphOutput, ...]
