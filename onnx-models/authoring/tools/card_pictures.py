"""Draws the pictures of a bundle's model card: maps side by side, what it finds, and where it fails.

    python tools/card_pictures.py BUNDLE -o DIR [--plan synboost-light] [--every 11]

Looks at every so many-th frame of the drawn test drives and writes `found.jpg` (frames with the best average precision
on the road), `missed.jpg` (the worst, with an obstacle of 40 px or more) and `alarmed.jpg` (frames without obstacle and
with the largest area above the operating point). Pixels that mix obstacle and background are black in the truth.

Source: the figures 4 to 6 of Di Biase et al., CVPR 2021, as a form.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from catseye_models.bundle import store
from catseye_models.bundle.manifest import GRAPH
from catseye_models.runtime import Session
from catseye_models.scenes.drive import WORKING_SIZE, DrawnFrame
from catseye_models.scenes.labels import to_colours
from catseye_models.scenes.picture import RIM
from catseye_models.scenes.series import Series, obstacle_drive
from catseye_models.scenes.truth import truth_of
from catseye_models.scores import ScoreCounts

SHOWN = 4
"""Rows of a sheet."""

CLEAR_PX = 40
"""Least area of an obstacle that is worth calling missed."""

COLUMNS = ("frame", "truth", "classes", "synthesis", "entropy", "perceptual", "dissimilarity", "score")


@dataclass(frozen=True)
class Look:
    """One frame: how well it went, and its row of pictures (h, w, 3)."""

    quality: float
    row: NDArray[np.uint8]


def main() -> None:
    """Draw the sheets."""
    parser = argparse.ArgumentParser(description="Draw the pictures of a bundle's model card.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    parser.add_argument("--plan", default="synboost-light", help="whose score is judged (default: %(default)s)")
    parser.add_argument("--every", type=int, default=11, metavar="N", help="frames of a drive (default: %(default)s)")
    arguments = parser.parse_args()
    files = store.read(arguments.bundle)
    session = Session(files[GRAPH], name=str(arguments.bundle))
    threshold = _threshold(json.loads(files[store.MANIFEST]), arguments.plan)

    seen: dict[str, list[Look]] = {"found": [], "missed": [], "alarmed": []}
    series = Series(
        drives=25, frames=44, seed=1, split="test", size=WORKING_SIZE, period_micros=300_000
    )  # those of the bundle's figures
    for number in range(series.drives):
        for index in range(0, series.frames, arguments.every):
            frame = obstacle_drive(series, number).frame(index)
            _look(frame, session.run(frames=frame.rgb[None]), arguments.plan, threshold, seen)
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name, looks in seen.items():
        best = sorted(looks, key=lambda look: look.quality, reverse=name != "missed")[:SHOWN]
        Image.fromarray(_sheet([look.row for look in best])).save(arguments.output / f"{name}.jpg", quality=82)


def _look(
    frame: DrawnFrame,
    maps: dict[str, NDArray[np.generic]],
    plan: str,
    threshold: int,
    seen: dict[str, list[Look]],
) -> None:
    anomalous, normal = truth_of(frame)
    score = np.asarray(maps[f"{plan}.anomaly"][0], np.uint8)
    row = _row(frame, maps, score)
    if not anomalous.any():
        seen["alarmed"].append(Look(float((score[normal["road"]] >= threshold).sum()), row))
        return
    counts = ScoreCounts()
    counts.add(score, anomalous=anomalous, normal=normal["road"])
    look = Look(counts.quality().average_precision, row)
    seen["found"].append(look)
    if np.bincount(frame.instances[anomalous]).max() >= CLEAR_PX:
        seen["missed"].append(look)


def _row(frame: DrawnFrame, maps: dict[str, NDArray[np.generic]], score: NDArray[np.uint8]) -> NDArray[np.uint8]:
    truth = np.full_like(frame.rgb, 60)
    truth[(frame.obstacles > 0) & (frame.obstacles != RIM)] = 255
    truth[frame.obstacles == RIM] = 0
    planes = [np.asarray(maps[name][0], np.uint8) for name in ("entropy", "perceptual", "dissimilarity")]
    pictures = [
        frame.rgb,
        truth,
        to_colours(np.asarray(maps["semantic"][0], np.uint8)),
        np.asarray(maps["synthesis"][0], np.uint8),
        *(_warm(plane) for plane in (*planes, score)),
    ]
    small = [np.asarray(Image.fromarray(picture).resize((256, 128))) for picture in pictures]
    return np.concatenate(small, axis=1)


def _warm(plane: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return black over red and yellow to white for 0 to 255."""
    ramp = np.clip(3.0 * plane[..., None] - np.array([0, 255, 510]), 0, 255)
    return np.asarray(ramp, np.uint8)


def _sheet(rows: list[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    head = Image.new("RGB", (rows[0].shape[1], 18), "white")
    pen = ImageDraw.Draw(head)
    for place, name in enumerate(COLUMNS):
        pen.text((place * 256 + 4, 3), name, fill="black")
    return np.concatenate([np.asarray(head), *rows])


def _threshold(manifest: dict[str, Any], plan: str) -> int:
    points = next(one["operating_points"] for one in manifest["plans"] if one["name"] == plan)
    return int(np.ceil(255 * points[0]["threshold"]))


if __name__ == "__main__":
    main()
