"""A picture of what a training logged: one panel per number, over the iterations."""

import json
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from catseye_models.runtime import Array

_WIDTH: Final = 480
_HEIGHT: Final = 150
_MARGIN: Final = 24
_LEFT_OUT: Final = {"iteration", "cpu_seconds"}


def draw(metrics: Path, picture: Path) -> None:
    """Draw every number of a JSON lines file, lowest value at the bottom, its ends written beside it."""
    series: dict[str, list[tuple[float, float]]] = {}
    for line in metrics.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        for name, value in entry.items():
            if name not in _LEFT_OUT and isinstance(value, int | float):
                series.setdefault(name, []).append((entry["iteration"], value))
    panels = [_panel(name, np.array(points, np.float64)) for name, points in series.items()]
    Image.fromarray(np.concatenate(panels)).save(picture)


def _panel(name: str, points: Array) -> Array:
    """Return one curve, uint8 [_HEIGHT, _WIDTH, 3]; points are (iteration, value)."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    pen = ImageDraw.Draw(image)
    low, high = points.min(axis=0), points.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    across = _MARGIN + (points[:, 0] - low[0]) / span[0] * (_WIDTH - 2 * _MARGIN)
    down = _HEIGHT - _MARGIN - (points[:, 1] - low[1]) / span[1] * (_HEIGHT - 2 * _MARGIN)
    pen.rectangle((_MARGIN, _MARGIN, _WIDTH - _MARGIN, _HEIGHT - _MARGIN), outline="lightgrey")
    pen.line(list(zip(across.tolist(), down.tolist(), strict=True)), fill="navy", width=2)
    pen.text((_MARGIN, 4), f"{name}: {points[-1, 1]:.4g}, from {low[1]:.4g} to {high[1]:.4g}", fill="black")
    pen.text((_MARGIN, _HEIGHT - _MARGIN + 4), f"iterations {low[0]:.0f} to {high[0]:.0f}", fill="black")
    return np.asarray(image)
