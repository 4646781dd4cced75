"""Where real pictures and networks lie, for the tests that want them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDER = Path(os.environ.get("CATSEYE_DATA") or ROOT.parent / "shared" / "data")
NETWORK = FOLDER / "derived" / "espnet_p2_q8.onnx"
LOST_AND_FOUND = FOLDER / "lost_and_found" / "leftImg8bit"
MASKS = FOLDER / "lost_and_found" / "fishyscapes_lostandfound"

needs_data = pytest.mark.skipif(
    not NETWORK.is_file() or not LOST_AND_FOUND.is_dir(),
    reason=f"no real data in {FOLDER} (set CATSEYE_DATA)",
)


def pictures() -> list[Path]:
    """Return the Lost & Found frames, in order of their names."""
    return sorted(LOST_AND_FOUND.glob("*/*/*_leftImg8bit.png"))
