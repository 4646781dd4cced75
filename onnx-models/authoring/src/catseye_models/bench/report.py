"""What a bench says: a table for people, an object for programs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from catseye_models.bench import machine, timing
from catseye_models.bench.timing import Timed

PACKAGES = ("numpy", "pillow", "onnxruntime", "torch")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What was asked for.

    Attributes:
        bundle: name and digest.
        frame: width and height, px.
        threads: of torch and of each ONNX Runtime session.
        load_before: of the machine.
    """

    bundle: str
    frame: tuple[int, int]
    threads: int
    load_before: list[float] = field(default_factory=machine.load)


def report(timed: Sequence[Timed], setting: Setting) -> dict[str, Any]:
    """Return all figures as one JSON object; times in milliseconds, ratios of medians to the first form."""
    name, flags = machine.processor()
    return {
        "bundle": setting.bundle,
        "frame": {"width": setting.frame[0], "height": setting.frame[1]},
        "threads": setting.threads,
        "runs": len(timed[0].seconds),
        "processor": name,
        "flags": flags,
        "versions": machine.versions(PACKAGES),
        "load_before": setting.load_before,
        "load_after": machine.load(),
        "peak_mb": round(timing.peak_mb()),
        "agreement": {"within": timing.WITHIN, "least_share": timing.LEAST_SHARE, "most_mean": timing.MOST_MEAN},
        "forms": [_form(one, timed[0]) for one in timed],
    }


def lines(told: dict[str, Any]) -> list[str]:
    """Return the table of a report."""
    frame, versions = told["frame"], ", ".join(f"{name} {one}" for name, one in told["versions"].items())
    before, after = _load(told["load_before"]), _load(told["load_after"])
    head = [
        f"{told['bundle']}, frame {frame['width']}x{frame['height']}, {told['runs']} runs, {told['threads']} threads",
        f"{told['processor']}: {' '.join(told['flags']) or 'flags not told'}; {versions}",
        f"load {before} before, {after} after; peak memory {told['peak_mb']} MB",
        "ms; ratios of medians to the first row; MB: growth of the peak memory by loading and the first run",
        "",
        f"{'':8}{'mean':>8}{'p50':>8}{'p95':>8}{'ratio':>8}{'CPU':>8}{'ratio':>8}{'MB':>7}",
    ]
    for one in told["forms"]:
        times = "".join(f"{one[key]:8.0f}" for key in ("mean_ms", "p50_ms", "p95_ms"))
        cpu = f"{one['cpu_ms']:8.0f}{one['cpu_ratio']:8.2f}"
        head.append(f"{one['name']:8}{times}{one['ratio']:8.2f}{cpu}{one['grown_mb']:7.0f}   {one['what']}")
    rule = told["agreement"]
    head += [
        "",
        f"scores equal to {told['forms'][0]['name']}: {rule['least_share']:.1%} within {rule['within']:g} wanted",
    ]
    head += [f"{one['name']:8}{one['agrees']}" for one in told["forms"][1:]]
    return head


def _form(timed: Timed, first: Timed) -> dict[str, Any]:
    seconds, cpu = np.asarray(timed.seconds), float(np.median(timed.cpu_seconds))
    return {
        "name": timed.form.name,
        "what": timed.form.what,
        "mean_ms": float(seconds.mean() * 1e3),
        "p50_ms": float(np.percentile(seconds, 50) * 1e3),
        "p95_ms": float(np.percentile(seconds, 95) * 1e3),
        "ratio": float(np.median(seconds) / np.median(first.seconds)),
        "cpu_ms": cpu * 1e3,
        "cpu_ratio": cpu / float(np.median(first.cpu_seconds)),
        "runs_ms": [round(one * 1e3, 3) for one in timed.seconds],
        "grown_mb": round(timed.grown_mb),
        "agrees": timing.describe(timed.agreement),
        "largest_difference": timed.agreement.largest,
        "share_within": timed.agreement.share,
    }


def _load(three: list[float]) -> str:
    return " ".join(f"{one:g}" for one in three)
