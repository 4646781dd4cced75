"""Measures a bundle on what stands in for real drives while networks are chosen; no real frame with truth is touched.

    python tools/proxy.py BUNDLE --video carnd_vehicle_detection_test_video.mp4 --json proxy.json

Two sets, the road region of each:

* `changed`: every eighth frame of the drawn validation drives, changed in ways that no training uses: local contrast
  (CLAHE), turned hues, blur of motion, WebP, light from one side, few levels;
* `pasted`: obstacles of the validation catalogue, painted with colours of the photograph, standing on the road of a
  video that no training sees. The road is a polygon laid by hand, and true of this one video.

`pasted` says whether real asphalt, shadows and markings raise alarms; it is no data set: its obstacles are drawn.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.bundle import store
from catseye_models.bundle.manifest import GRAPH
from catseye_models.measuring import answers_of
from catseye_models.planes import at_size
from catseye_models.runtime import Session
from catseye_models.scenes.drive import WORKING_SIZE
from catseye_models.scenes.obstacles import catalogue
from catseye_models.scenes.palette import Paint, Palette
from catseye_models.scenes.series import Series, obstacle_drive
from catseye_models.scenes.truth import truth_of
from catseye_models.scores import ScoreCounts
from catseye_models.training.photographs import read_photographs

Bytes = NDArray[np.uint8]
Scene = tuple[Bytes, NDArray[np.bool_], NDArray[np.bool_]]
"""A picture (H, W, 3), its anomalous and its normal pixels (H, W)."""

SEED = 30
ROAD = np.array([(215, 168), (285, 168), (470, 238), (90, 238)], np.int32)
HORIZON_PX, CAMERA_M = 157, 1.3
PASTED, ROUNDS = 3, 6
"""Obstacles in a picture, and how often each photograph is used."""

SHARES = (0.4, 0.6)
"""Of paints from the road, and from anywhere in the picture; about those of drawn drives."""


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="Measure a bundle on stand-ins for real drives.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--video", type=Path, required=True)
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    session = Session(store.read(arguments.bundle)[GRAPH], name=str(arguments.bundle), threads=1)
    figures = []
    for name, scenes in (("changed", changed()), ("pasted", pasted(arguments.video))):
        counts: dict[tuple[str, str], ScoreCounts] = {}
        for rgb, anomalous, normal in scenes:
            for subject, scores in answers_of(session, rgb).items():
                counted = counts.setdefault(subject, ScoreCounts())
                counted.add(at_size(scores, anomalous.shape), anomalous=anomalous, normal=normal)
        for (kind, subject), counted in counts.items():
            figures.append({"set": name, kind: subject, **counted.quality().figures()})
            quality = counted.quality()
            print(f"{name:8} {kind:4} {subject:15} AP {quality.average_precision:.3f}  FPR95 {quality.fpr95:.3f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def changed() -> Iterator[Scene]:
    """Return drawn frames in six looks in turn."""
    series = Series(drives=25, frames=44, seed=1, split="val", size=WORKING_SIZE, period_micros=300_000)
    for number in range(series.drives):
        drive = obstacle_drive(series, number)
        for index in range(number % 8, series.frames, 8):
            frame = drive.frame(index)
            anomalous, normal = truth_of(frame)
            rng = np.random.default_rng((SEED, number, index))
            yield CHANGES[(number + index // 8) % len(CHANGES)](frame.rgb, rng), anomalous, normal["road"]


def pasted(video: Path) -> Iterator[Scene]:
    """Return photographs with obstacles on their road."""
    photographs = read_photographs(video, every=2, size=WORKING_SIZE)
    road = np.zeros(photographs.shape[1:3], np.uint8)
    cv2.fillPoly(road, [ROAD], (1.0,))
    for number, photograph in enumerate(np.repeat(photographs, ROUNDS, axis=0)):
        rng = np.random.default_rng((SEED, number))
        rgb = photograph.astype(np.float32)
        cover = np.zeros(road.shape, np.float32)
        palette = _palette(photograph, road > 0, rng)
        for row in np.sort(rng.uniform(170, 236, PASTED)):  # from far to near
            _paste(rgb, cover, int(row), palette, rng)
        yield np.clip(rgb, 0, 255).astype(np.uint8), cover > 0.6, (cover == 0) & (road > 0)


def _palette(photograph: Bytes, road: NDArray[np.bool_], rng: np.random.Generator) -> Palette:
    def paints(pixels: Bytes) -> tuple[Paint, ...]:
        return tuple(Paint(one.astype(np.float32), 6) for one in pixels[rng.integers(len(pixels), size=12)])

    return Palette((paints(photograph[road]), paints(photograph.reshape(-1, 3))), SHARES)


def _paste(
    rgb: NDArray[np.float32], cover: NDArray[np.float32], bottom: int, palette: Palette, rng: np.random.Generator
) -> None:
    kinds = catalogue()["val"]
    sprite = kinds[rng.integers(len(kinds))].draw(rng, palette=palette)
    px_per_m = (bottom - HORIZON_PX) / CAMERA_M
    size = max(3, round(sprite.width_m * px_per_m)), max(3, round(sprite.height_m * px_per_m))
    alpha = cv2.resize(sprite.alpha, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    colours = cv2.resize(sprite.rgb, size, interpolation=cv2.INTER_AREA)
    share = (bottom - ROAD[0, 1]) / (ROAD[2, 1] - ROAD[0, 1])
    least, most = (ROAD[a, 0] + share * (ROAD[b, 0] - ROAD[a, 0]) for a, b in ((0, 3), (1, 2)))
    left = int(rng.uniform(least, max(least + 1, most - size[0])))
    ground = slice(bottom - max(1, size[1] // 8), bottom + 1), slice(left, left + size[0])
    rgb[ground] *= 0.6
    inside = slice(bottom - size[1], bottom), slice(left, left + size[0])
    part = alpha[:, : rgb[inside].shape[1], None]
    rgb[inside] = rgb[inside] * (1 - part) + colours[:, : part.shape[1]] * part
    cover[inside] = np.maximum(cover[inside], part[..., 0])
    cover[ground] = np.maximum(cover[ground], 0.01)  # a shadow is of neither side


def _local_contrast(rgb: Bytes, rng: np.random.Generator) -> Bytes:
    lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.createCLAHE(rng.uniform(2, 5), (8, 8)).apply(lab[..., 0])
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), np.uint8)


def _hues(rgb: Bytes, rng: np.random.Generator) -> Bytes:
    hsv = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0].astype(int) + rng.integers(30, 150)) % 180
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8)


def _motion(rgb: Bytes, rng: np.random.Generator) -> Bytes:
    length = int(rng.integers(4, 9))
    kernel = np.zeros((length, length), np.float32)
    ends = ((0, length // 2), (length - 1, length // 2)) if rng.random() < 0.5 else ((length // 2, 0), (length // 2, 8))
    cv2.line(kernel, *ends, (1.0,), 1)
    return np.asarray(cv2.filter2D(rgb, -1, kernel / kernel.sum()), np.uint8)


def _webp(rgb: Bytes, rng: np.random.Generator) -> Bytes:
    quality = int(rng.integers(5, 30))
    _, data = cv2.imencode(".webp", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_WEBP_QUALITY, quality])
    return np.asarray(cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB), np.uint8)


def _side_light(rgb: Bytes, rng: np.random.Generator) -> Bytes:
    ends = rng.permutation([rng.uniform(0.3, 0.7), rng.uniform(1.2, 1.7)])
    return np.clip(rgb * np.linspace(*ends, rgb.shape[1])[:, None], 0, 255).astype(np.uint8)


def _few_levels(rgb: Bytes, rng: np.random.Generator) -> Bytes:
    step = int(rng.integers(16, 33))
    return (rgb // step * step + step // 2).astype(np.uint8)


CHANGES = (_local_contrast, _hues, _motion, _webp, _side_light, _few_levels)

if __name__ == "__main__":
    main()
