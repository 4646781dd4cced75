"""Fixtures shared by the tests."""

import os
from pathlib import Path

import pytest

from tests.parity_kit import ParityKit

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def kit() -> ParityKit:
    """Return the parity kit: the folder `CATSEYE_PARITY` names, otherwise `../shared/parity` beside the project."""
    folder = Path(os.environ.get("CATSEYE_PARITY", PROJECT.parent / "shared" / "parity"))
    if not (folder / "fill_checkpoint.py").is_file():
        pytest.skip(f"no parity kit in {folder}; CATSEYE_PARITY names its folder")
    return ParityKit(folder)
