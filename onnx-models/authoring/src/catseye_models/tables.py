"""What was measured, as rows of a manifest and as text."""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from catseye_models.bundle.provenance import OperatingPoint
from catseye_models.measuring import Counts, Measurement, ranked
from catseye_models.recall import Levels
from catseye_models.scenes.truth import REGIONS
from catseye_models.scores import LEVELS, Figures

_SUBJECTS: Final = ("plan", "map", "control", "ensemble", "published")
"""Keys of a row that name what was measured."""

_FIGURES: Final = {"average_precision": "AP", "auroc": "AUROC", "fpr95": "FPR95", "anomaly_share": "share"}
_WIDTH: Final = 46


def rows(measurement: Measurement, points: Mapping[str, Sequence[OperatingPoint]]) -> list[Figures]:
    """Return the figures of plans (the best first), maps and controls on each region, then those at thresholds.

    A row of the second kind tells of one plan of ``points`` and one operating point which share of obstacle pixels is
    found (`hit_rate`), which share of free road alarms (`false_alarm_rate`), and what is found by size of obstacle.
    """
    found: list[Figures] = []
    for region, words in REGIONS.items():
        head = {"data": measurement.data, "region": words}
        plans = {plan: measurement.counts[plan, region] for plan in ranked(measurement)}
        found += [{**head, "plan": plan, **counts.quality().figures()} for plan, counts in plans.items()]
        found += [
            {**head, "map": name, **measurement.maps[name, region].quality().figures()}
            for name in _names(measurement.maps)
        ]
        found += [
            {**head, "control": name, **quality.figures()}
            for name, quality in measurement.controls.by_region[region].items()
        ]
    found += [_at(measurement, plan, point) for plan in points for point in points[plan]]
    return found


def text(measured: Iterable[Figures]) -> str:
    """Return rows as a table; those with the same data and region have one head."""
    lines: list[str] = []
    for (data, region), group in itertools.groupby(measured, lambda row: (row["data"], row.get("region"))):
        lines.append(f"{data}; {region or 'at operating points'}")
        told = list(group)
        lines += _quality_lines(told) if region else _point_lines(told)
    return "\n".join(lines)


def _at(measurement: Measurement, plan: str, point: OperatingPoint) -> Figures:
    level = math.ceil((LEVELS - 1) * point.threshold)
    on_road = measurement.counts[plan, "road"]
    return {
        "data": measurement.data,
        "plan": plan,
        "operating_point": point.name,
        "threshold": point.threshold,
        "hit_rate": round(on_road.hit_rate(level), 5),
        "false_alarm_rate": round(on_road.false_alarm_rate(level), 5),
        "obstacles": {size: _found(levels, level) for size, levels in measurement.recall[plan].sizes.items()},
    }


def _found(levels: Levels, level: int) -> Figures:
    return {
        "count": int(levels.obstacles.sum()),
        "pixels_found": _rounded(levels.pixel_recall(level)),
        "half_found": _rounded(levels.obstacle_recall(level)),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 5)


def _names(counts: Counts) -> list[str]:
    return list(dict.fromkeys(name for name, _ in counts))


def _quality_lines(group: Iterable[Figures]) -> Iterator[str]:
    yield f"  {'':{_WIDTH}}" + "".join(f"{short:>8}" for short in _FIGURES.values())
    for row in group:
        (kind,) = (key for key in _SUBJECTS if key in row)
        title = f"{kind} {row[kind]}" + (f" of {row['bundle']}" if "bundle" in row else "")
        weights = f"  {row['weights']}" if "weights" in row else ""
        figures = "".join(f"{_cell(row.get(name)):>8}" for name in _FIGURES)
        yield f"  {title:{_WIDTH}}{figures}{weights}"


def _point_lines(group: Iterable[Figures]) -> Iterator[str]:
    for row in group:
        yield (
            f"  plan {row['plan']}, {row['operating_point']} (threshold {row['threshold']}): finds "
            f"{_cell(row['hit_rate'])} of obstacle pixels, alarms on {_cell(row['false_alarm_rate'])} of free road"
        )
        sizes = row["obstacles"]
        for size, found in sizes.items() if isinstance(sizes, Mapping) else ():
            yield (
                f"    {found['count']} obstacles {size}: {_cell(found['pixels_found'])} of their pixels, "
                f"{_cell(found['half_found'])} of them by half or more"
            )


def _cell(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float | int) else "-"
