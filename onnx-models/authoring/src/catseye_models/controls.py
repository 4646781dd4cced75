"""What simple rules find on drawn drives: controls that a network has to beat, and that must not get far.

A drive whose obstacles are told from the road by colour, contrast or place alone says nothing about a network. What
counts is the region of ground-truth road and obstacles; on all pixels the same rules are counted beside it.
"""

from dataclasses import dataclass, field
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.drive import WORKING_SIZE, DrawnFrame
from catseye_models.scenes.truth import REGIONS, truth_of
from catseye_models.scores import Quality, ScoreCounts

Plane: TypeAlias = NDArray[np.float32]

LIMIT: Final = 0.2
"""Highest average precision that a control may have on drives which count as fair."""

POSITION: Final = "position"

CONTROLS: Final = {
    "colour": "distance to the mean colour of the frame's road, RGB",
    "chroma": "distance to the mean chroma of the frame's road, CIELAB a, b",
    "contrast-fine": "deviation of luminance within 5x5 pixels",
    "contrast-wide": "difference of luminance to the mean of 31x31 pixels",
    POSITION: "how often the same place showed an obstacle in all other drives, road pixels only",
}
"""Name and rule of each control; windows in pixels of a frame 512 wide. On all pixels, the position counts all."""

_LEVELS: Final = 4096
_HIGHEST: Final = {"colour": 442.0, "chroma": 180.0, "contrast-fine": 128.0, "contrast-wide": 255.0}
_FINE_PX: Final = 5
_WIDE_PX: Final = 31
_PRIOR_BLUR_PX: Final = 6.0


@dataclass
class Sums:
    """What is kept of the frames of one drive.

    counts: by control, without the position, and region.  obstacles: (H, W), how often each pixel was an obstacle.
    seen: by region, (H, W), how often it was an obstacle or one of the normal pixels.  areas_px: visible area of each
    obstacle in each frame.
    """

    counts: dict[tuple[str, str], ScoreCounts] = field(
        default_factory=lambda: {
            (name, region): ScoreCounts.of_levels(_LEVELS) for name in _HIGHEST for region in REGIONS
        }
    )
    obstacles: Plane = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    seen: dict[str, Plane] = field(default_factory=dict)
    areas_px: list[int] = field(default_factory=list)
    frames: int = 0
    frames_without: int = 0

    def add(self, frame: DrawnFrame) -> None:
        """Take in one frame; all frames of a drive have one size."""
        anomalous, normal_by_region = truth_of(frame)
        road = normal_by_region["road"]
        if not self.frames:
            self.obstacles = np.zeros(road.shape, np.float32)
            self.seen = {region: np.zeros(road.shape, np.float32) for region in REGIONS}
        self.frames += 1
        self.frames_without += not anomalous.any()
        self.obstacles += anomalous
        for region, normal in normal_by_region.items():
            self.seen[region] += normal | anomalous
        self.areas_px += np.unique(frame.instances[anomalous], return_counts=True)[1].tolist()
        if road.any():
            for name, score in scores_of(frame.rgb, road=road).items():
                levels = np.clip(score * ((_LEVELS - 1) / _HIGHEST[name]), 0, _LEVELS - 1).astype(np.uint16)
                for region, normal in normal_by_region.items():
                    self.counts[name, region].add(levels, anomalous=anomalous, normal=normal)


@dataclass(frozen=True)
class Report:
    """How far the controls get on a set of drives.

    by_region: by region and control; no control when no pixel or every pixel of the road is an obstacle, and no
    position when there is one drive only.  areas_px: sorted, one entry for each obstacle in each frame.
    """

    frames: int
    frames_without: int
    by_region: dict[str, dict[str, Quality]]
    areas_px: NDArray[np.int64]

    @property
    def quality(self) -> dict[str, Quality]:
        """Return what counts: the figures on road and obstacles, by control."""
        return self.by_region["road"]

    @staticmethod
    def of(drives: list[Sums]) -> "Report":
        """Return the report on drives of one frame size."""
        areas_px = np.sort(np.array([area for drive in drives for area in drive.areas_px], np.int64))
        told = len(areas_px) > 0 and any((drive.seen["road"] > drive.obstacles).any() for drive in drives)
        return Report(
            frames=sum(drive.frames for drive in drives),
            frames_without=sum(drive.frames_without for drive in drives),
            by_region={region: _quality(drives, region) if told else {} for region in REGIONS},
            areas_px=areas_px,
        )

    def lines(self) -> list[str]:
        """Return the report as text."""
        lines = [f"{self.frames_without} of {self.frames} frames show no obstacle"]
        if not self.quality:
            return lines
        share = next(iter(self.quality.values())).anomaly_share
        shares = (0.1, 0.25, 0.5, 0.75, 0.9)
        areas = ", ".join(
            f"{share:.0%} {area:.0f}" for share, area in zip(shares, np.quantile(self.areas_px, shares), strict=True)
        )
        lines.append(
            f"obstacle area in pixels, quantiles: {areas}; smallest {self.areas_px[0]}, largest {self.areas_px[-1]}"
        )
        lines.append(f"controls on road and obstacles; {share:.2%} of the pixels are obstacles")
        lines.append(f"{'control':14} {'AP':>6} {'AUROC':>6} {'FPR95':>6}")
        lines += [
            f"{name:14} {found.average_precision:6.3f} {found.auroc:6.3f} {found.fpr95:6.3f}  {CONTROLS[name]}"
            for name, found in self.quality.items()
        ]
        return lines

    def to_json(self) -> dict[str, object]:
        """Return the figures as they stand in a manifest."""
        return {
            "frames": self.frames,
            "frames_without_obstacle": self.frames_without,
            "obstacle_area_px_deciles": [int(area) for area in np.quantile(self.areas_px, np.arange(11) / 10)]
            if len(self.areas_px)
            else [],
            "controls": [
                {"control": name, "rule": CONTROLS[name], **found.figures()} for name, found in self.quality.items()
            ],
        }


def scores_of(rgb: NDArray[np.uint8], *, road: NDArray[np.bool_]) -> dict[str, Plane]:
    """Return the score (H, W) of each control but the position for a frame (H, W, 3) RGB and its road (H, W)."""
    light = rgb.astype(np.float32)
    chroma = cv2.cvtColor(light / 255, cv2.COLOR_RGB2Lab)[..., 1:]
    luminance = cv2.cvtColor(light, cv2.COLOR_RGB2GRAY)
    scale = rgb.shape[1] / WORKING_SIZE.width
    fine, wide = (2 * round(scale * (side - 1) / 2) + 1 for side in (_FINE_PX, _WIDE_PX))
    mean = cv2.blur(luminance, (fine, fine))
    variance = cv2.blur(luminance**2, (fine, fine)) - mean**2
    return {
        "colour": np.linalg.norm(light - light[road].mean(0), axis=-1),
        "chroma": np.linalg.norm(chroma - chroma[road].mean(0), axis=-1),
        "contrast-fine": np.sqrt(np.maximum(variance, 0)),
        "contrast-wide": np.abs(luminance - cv2.blur(luminance, (wide, wide))),
    }


def _quality(drives: list[Sums], region: str) -> dict[str, Quality]:
    counts = {
        name: sum((drive.counts[name, region] for drive in drives), ScoreCounts.of_levels(_LEVELS)) for name in _HIGHEST
    }
    if len(drives) > 1:
        counts[POSITION] = _position(drives, region)
    return {name: counted.quality() for name, counted in counts.items()}


def _position(drives: list[Sums], region: str) -> ScoreCounts:
    """Score each pixel of a drive by how often the other drives had an obstacle there."""
    obstacles = sum((drive.obstacles for drive in drives), np.zeros_like(drives[0].obstacles))
    seen = sum((drive.seen[region] for drive in drives), np.zeros_like(obstacles))
    blur_px = _PRIOR_BLUR_PX * seen.shape[1] / WORKING_SIZE.width
    counts = ScoreCounts.of_levels(_LEVELS)
    for drive in drives:
        often, looked = (
            cv2.GaussianBlur(total - own, (0, 0), blur_px)
            for total, own in ((obstacles, drive.obstacles), (seen, drive.seen[region]))
        )
        prior = often / np.maximum(looked, 0.5)
        levels = np.round((_LEVELS - 1) * prior / max(float(prior.max()), 1e-9)).astype(np.int64).ravel()
        for counted, weight in (
            (counts.anomalous, drive.obstacles),
            (counts.normal, drive.seen[region] - drive.obstacles),
        ):
            counted += np.bincount(levels, weight.ravel(), minlength=_LEVELS).round().astype(np.int64)
    return counts
