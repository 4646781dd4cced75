"""What stands in the manifest of drawn drives: which generator drew them, from which arguments, and their digests.

Two digests name the generator: of the code that decides pixels, and of the obstacle catalogue. Who draws the same
series with the same two digests gets the same pixels, and the digest of every drive shows it.
"""

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from catseye_models.scenes.drive import DrawnFrame
from catseye_models.scenes.obstacles import catalogue_bytes
from catseye_models.scenes.series import Series

_ONLY_WRITE: Final = frozenset({"draw.py", "layouts.py", "manifest.py", "truth.py"})
"""Modules that decide no pixel: they write, describe and judge what was drawn."""


@dataclass(frozen=True)
class Generator:
    """SHA-256 (hex) of the code that decides pixels and of the obstacle catalogue."""

    code: str
    catalogue: str

    @staticmethod
    def here() -> "Generator":
        """Return the digests of this installation."""
        code = hashlib.sha256()
        modules = [entry for entry in files("catseye_models.scenes").iterdir() if entry.name.endswith(".py")]
        for module in sorted(modules, key=lambda entry: entry.name):
            if module.name not in _ONLY_WRITE:
                code.update(module.name.encode() + b"\0" + module.read_bytes() + b"\0")
        return Generator(code=code.hexdigest(), catalogue=hashlib.sha256(catalogue_bytes()).hexdigest())

    def __str__(self) -> str:
        """Return both digests, shortened."""
        return f"generator {self.code[:12]}, obstacle catalogue {self.catalogue[:12]}"


def add_to_digest(digest: "hashlib._Hash", frame: DrawnFrame) -> None:
    """Take one frame into a digest of a drive."""
    for plane in (frame.rgb, frame.train_ids, frame.instances, frame.obstacles):
        digest.update(np.ascontiguousarray(plane).data)


def write_manifest(path: Path, series: Series, *, drives: list[str], more: dict[str, object]) -> None:
    """Write the manifest of a series; ``drives`` are the digests of its drives in order, ``more`` what was measured."""
    generator = Generator.here()
    manifest = {
        "generator_sha256": generator.code,
        "obstacle_catalogue_sha256": generator.catalogue,
        "drawn_with": {"numpy": np.__version__, "opencv": cv2.__version__},
        "series": {
            "split": series.split,
            "seed": series.seed,
            "drives": series.drives,
            "frames": series.frames,
            "width": series.size.width,
            "height": series.size.height,
            "period_micros": series.period_micros,
        },
        "drives_sha256": drives,
        **more,
    }
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
