"""What is told about a bundle's origin and quality: a JSON file beside the recipe that made the network."""

from dataclasses import dataclass, field
from pathlib import Path

from catseye_models.fields import Fields, as_number, read_object

KEYS = ("data", "recipe", "measured", "operating_points")


@dataclass(frozen=True, kw_only=True)
class OperatingPoint:
    """A threshold that was chosen for a reason.

    Attributes:
        name: short name, such as `tpr95`.
        threshold: anomaly score, 0 to 1; a pixel counts when its score is at least this.
        source: what it was measured on.
    """

    name: str
    threshold: float
    source: str

    def to_json(self) -> dict[str, object]:
        """Return the object that stands in `bundle.json`."""
        return {"name": self.name, "threshold": self.threshold, "source": self.source}


UNCALIBRATED = OperatingPoint(name="uncalibrated", threshold=0.5, source="not measured; the middle of the scale")


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Where the networks of a bundle come from and how good they were found to be.

    Attributes:
        data: what they were trained on.
        recipe: how.
        measured: one object per data set, taken over as it is.
        operating_points: per plan; a plan without any is given `UNCALIBRATED`.
    """

    data: str = "not stated"
    recipe: str = "not stated"
    measured: tuple[object, ...] = ()
    operating_points: dict[str, tuple[OperatingPoint, ...]] = field(default_factory=dict)

    @staticmethod
    def read(path: Path) -> "Provenance":
        """Read `{"data", "recipe", "measured": [...], "operating_points": {PLAN: [{"name", "threshold", "source"}]}}`.

        Every key may be left out. Raises `UsageError` with every mistake.
        """
        fields = Fields(read_object(path), known=KEYS)
        measured = fields.values.get("measured", [])
        if not isinstance(measured, list):
            fields.wrong("measured", f"{measured!r} is not a list")
            measured = []
        provenance = Provenance(
            data=fields.text("data", default="not stated"),
            recipe=fields.text("recipe", default="not stated"),
            measured=tuple(measured),
            operating_points=_operating_points(fields),
        )
        fields.require_sound(path.name)
        return provenance


def _operating_points(fields: Fields) -> dict[str, tuple[OperatingPoint, ...]]:
    value = fields.values.get("operating_points", {})
    if not isinstance(value, dict) or not all(isinstance(points, list) for points in value.values()):
        fields.wrong("operating_points", f"{value!r} is not an object with one list per plan")
        return {}
    return {
        plan: tuple(
            _operating_point(fields, f"operating_points.{plan}[{place}]", point) for place, point in enumerate(points)
        )
        for plan, points in value.items()
    }


def _operating_point(fields: Fields, where: str, value: object) -> OperatingPoint:
    if not isinstance(value, dict):
        fields.wrong(where, f"{value!r} is not an object")
        return UNCALIBRATED
    point = Fields(value, known=("name", "threshold", "source"))
    threshold = as_number(value.get("threshold"))
    if threshold is None or not 0 <= threshold <= 1:
        point.wrong("threshold", f"{value.get('threshold')!r} is outside [0, 1]")
        threshold = UNCALIBRATED.threshold
    result = OperatingPoint(name=point.text("name"), threshold=threshold, source=point.text("source"))
    fields.problems.extend(f"{where}.{problem}" for problem in point.problems)
    return result
