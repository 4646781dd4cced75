#!/usr/bin/env python3
"""Judge a folder of score maps by Fishyscapes' rule with NumPy and Pillow alone.

This is the witness against our evaluator: it shares no code with `catseye evaluate` nor with `catseye_models`, and
should stay so. Score maps are `ID.png` (8 bit: value / 255, 16 bit: value / 65535) or `ID.npy` (scores as they are);
each is joined with the one mask whose name contains ID (0 normal, 1 anomaly, all else void) and brought to the mask's
size by Pillow's bicubic rule on floats. All valid pixels of all frames are pooled.

Source: bdlb/fishyscapes, `calculate_metrics_perpixAP`: thresholds are the distinct scores, descending; AP = sum of
(R_i - R_{i-1}) P_i; AUROC by trapezoids; FPR95 = FPR at the first threshold with TPR >= 0.95.

    tools/numpy_metrics.py --scores recorded/ --masks fishyscapes_lostandfound/
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

Scores = npt.NDArray[np.float32]
Labels = npt.NDArray[np.uint8]


def read_scores(path: Path) -> Scores:
    """Return a score map, float32 [h, w]."""
    if path.suffix == ".npy":
        return np.asarray(np.load(path), dtype=np.float32)
    values = np.asarray(Image.open(path))
    top = {np.dtype(np.uint8): 255, np.dtype(np.uint16): 65535, np.dtype(np.int32): 65535}.get(values.dtype)
    if top is None or values.ndim != 2:
        raise SystemExit(f"{path}: {values.dtype} {list(values.shape)}, expected a grey PNG of 8 or 16 bits")
    return values.astype(np.float32) / np.float32(top)


def enlarge(scores: Scores, *, width: int, height: int) -> Scores:
    """Return the map at this size by Pillow's bicubic rule on floats; overshoot is kept."""
    if scores.shape == (height, width):
        return scores
    return np.asarray(Image.fromarray(scores).resize((width, height), Image.Resampling.BICUBIC))


def mask_of(frame: str, masks: list[Path]) -> Path:
    """Return the one mask whose name contains the frame's id."""
    found = [mask for mask in masks if frame in mask.name]
    if len(found) != 1:
        raise SystemExit(f"{frame}: {len(found)} masks have this in their name, expected 1")
    return found[0]


def metrics(scores: Scores, anomaly: npt.NDArray[np.bool_]) -> dict[str, float]:
    """Return AP, AUROC and FPR95 of pooled pixels, in float64."""
    if not np.isfinite(scores).all():
        raise SystemExit(f"{int((~np.isfinite(scores)).sum())} scores are not finite")
    positives, negatives = int(anomaly.sum()), int((~anomaly).sum())
    if not positives or not negatives:
        raise SystemExit(f"{positives} anomaly and {negatives} normal pixels: nothing to tell apart")
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], anomaly[order]
    last = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)  # end of each group of equal scores
    true = np.cumsum(hits, dtype=np.int64)[last]
    false = 1 + last - true
    recall, precision, fpr = true / positives, true / (1 + last), false / negatives
    return {
        "AP": float(np.sum(np.diff(recall, prepend=0.0) * precision)),
        "AUROC": float(np.trapezoid(np.append(0.0, recall), np.append(0.0, fpr))),
        "FPR95": float(fpr[np.argmax(recall >= 0.95)]),
    }


def main(arguments: list[str] | None = None) -> int:
    """Print frames, pixels and the three figures to 12 digits."""
    parser = argparse.ArgumentParser(description="AP, AUROC and FPR95 of a folder of score maps (NumPy, Pillow).")
    parser.add_argument("--scores", type=Path, required=True, metavar="DIR", help="ID.png or ID.npy per frame")
    parser.add_argument("--masks", type=Path, required=True, metavar="DIR", help="PNGs whose names contain ID")
    options = parser.parse_args(arguments)

    maps = sorted(path for path in options.scores.iterdir() if path.suffix in (".png", ".npy"))
    masks = sorted(options.masks.glob("*.png"))
    if not maps:
        raise SystemExit(f"{options.scores}: no .png or .npy in it")
    scores: list[Scores] = []
    anomaly: list[npt.NDArray[Any]] = []
    for path in maps:
        labels: Labels = np.asarray(Image.open(mask_of(path.stem.removesuffix("_leftImg8bit"), masks)))
        full = enlarge(read_scores(path), width=labels.shape[1], height=labels.shape[0])
        scores.append(full[labels <= 1])
        anomaly.append(labels[labels <= 1] == 1)
    pooled, truth = np.concatenate(scores), np.concatenate(anomaly)
    print(f"frames {len(maps)}  valid pixels {len(truth)}  anomaly pixels {int(truth.sum())}")
    for name, value in metrics(pooled, truth).items():
        print(f"{name} {value:.12f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
