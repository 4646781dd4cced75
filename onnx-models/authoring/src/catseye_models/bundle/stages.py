"""Finds what is wrong with the stages that a bundle keeps beside its fused graph."""

from collections.abc import Mapping, Sequence
from typing import Any

from catseye_models.bundle import graphs
from catseye_models.bundle.outputs import LAYOUTS
from catseye_models.ends import Sides
from catseye_models.runtime import Array, Session, chain

FRAMES = {"name": "frames", "dtype": "uint8", "layout": "NHWC"}
"""What the first stage takes, as `bundle.json` says it: pictures of any size."""


def problems(stages: Sequence[dict[str, Any]], files: Mapping[str, bytes]) -> list[str]:
    """Return what is wrong with each stage, and where one takes what none before it gives."""
    mistakes = []
    there: dict[str, dict[str, Any]] = {FRAMES["name"]: FRAMES}
    for stage in stages:
        where = f"stage {stage['name']}"
        tensors = [*stage["inputs"], *stage["outputs"]]
        strange = [one for one in tensors if one["layout"] not in LAYOUTS]
        mistakes += [f"{where}: {one['name']} has layout {one['layout']!r}" for one in strange]
        mistakes += [
            f"{where}: takes {one['name']}, which no stage before it gives like that"
            for one in stage["inputs"]
            if there.get(one["name"]) != one
        ]
        there |= {one["name"]: one for one in stage["outputs"]}
        if stage["file"] in files and not strange:
            ends = {one["name"]: (one["dtype"], _sides(one)) for one in tensors}
            mistakes += [f"{stage['file']}: {one}" for one in graphs.problems(files[stage["file"]], ends=ends)]
    return mistakes


def run(stages: Sequence[dict[str, Any]], files: Mapping[str, bytes], frames: Array) -> dict[str, Array]:
    """Return every tensor that the stages make of frames, uint8 NHWC; one session at a time is open."""
    sessions = (Session(files[stage["file"]], name=stage["file"]) for stage in stages)
    return chain(sessions, {"frames": frames})


def _sides(tensor: dict[str, Any]) -> Sides:
    size = tensor.get("size", {})
    channels = 3 if tensor["layout"] == "NHWC" else tensor.get("channels")
    sides = {"N": None, "H": size.get("height"), "W": size.get("width"), "C": channels}
    return tuple(sides[side] for side in tensor["layout"])
