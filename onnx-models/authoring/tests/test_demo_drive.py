"""The drive shipped for demo and tests: complete, small, and told how it was drawn."""

from pathlib import Path

import numpy as np
from PIL import Image

DEMO = Path(__file__).parents[3] / "replay-tools" / "drives" / "demo"
FRAMES = 110
COMMAND = f"catseye-models draw lost-and-found --drives 1 --frames {FRAMES} --seed 25 --size 1024x512 --jpeg 70 -o demo"
GENERATOR = "c76bafd"
"""Commit whose generator drew it; later ones draw other pixels."""


def picture(index: int) -> Path:
    return DEMO / "leftImg8bit" / "test" / "90_Drawn" / f"90_Drawn_000000_{index:06d}_leftImg8bit.jpg"


def labels(index: int, kind: str) -> Path:
    return DEMO / "gtCoarse" / "test" / "90_Drawn" / f"90_Drawn_000000_{index:06d}_gtCoarse_{kind}.png"


def test_every_frame_has_picture_labels_and_time() -> None:
    for index in range(FRAMES):
        assert picture(index).is_file()
        assert all(labels(index, kind).is_file() for kind in ("labelIds", "labelTrainIds", "instanceIds"))
    times = (DEMO / "times.csv").read_text().splitlines()
    assert times[1:] == [f"90_Drawn_000000_{index:06d},{index * 100_000}" for index in range(FRAMES)]


def test_whole_drive_stays_below_6_mb() -> None:
    assert sum(path.stat().st_size for path in DEMO.rglob("*") if path.is_file()) <= 6_000_000


def test_readme_names_the_generator_and_the_command_that_drew_it() -> None:
    readme = (DEMO / "README.md").read_text()
    assert COMMAND in readme
    assert f"git checkout {GENERATOR}" in readme


def test_at_least_three_obstacles_grow_and_leave_the_picture() -> None:
    areas: dict[int, dict[int, int]] = {}
    for index in range(FRAMES):
        with Image.open(labels(index, "instanceIds")) as image:
            numbers, counts = np.unique(np.asarray(image), return_counts=True)
        for number, count in zip(numbers, counts, strict=True):
            if number >= 2000:
                areas.setdefault(int(number), {})[index] = int(count)
    passed = [
        area for area in areas.values() if max(area.values()) > 20 * min(area.values()) and max(area) < FRAMES - 1
    ]
    assert len(passed) >= 3
