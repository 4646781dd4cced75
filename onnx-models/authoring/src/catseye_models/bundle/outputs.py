"""What `bundle.json` says of the outputs of a graph."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class GraphOutput:
    """One map that a graph gives per frame.

    Attributes:
        name: of the graph output.
        dtype: `uint8` or `float32`.
        kind: what it shows, such as `anomaly` (trunc(255 score)), `score`, `class_map`.
        plan: the plan that it belongs to; None when plans share it.
        width: px.
        height: px.
        channels: 1 for a map [n, height, width], 3 for an RGB picture [n, height, width, 3].
        always: whether everybody asks for it; others are there on request.
    """

    name: str
    dtype: str
    kind: str
    plan: str | None
    width: int
    height: int
    channels: int = 1
    always: bool = False

    @property
    def sides(self) -> tuple[int, ...]:
        """Shape without the batch."""
        return (self.height, self.width) if self.channels == 1 else (self.height, self.width, self.channels)

    def to_json(self, *, working_size: tuple[int, int]) -> dict[str, object]:
        """Return the object in `bundle.json`; `size` stands there only where it is not the graph's (width, height)."""
        size = {"size": {"width": self.width, "height": self.height}}
        return {
            "name": self.name,
            "dtype": self.dtype,
            "layout": "NHW" if self.channels == 1 else "NHWC",
            "plan": self.plan,
            "map": self.kind,
            "always": self.always,
            **({} if (self.width, self.height) == working_size else size),
        }
