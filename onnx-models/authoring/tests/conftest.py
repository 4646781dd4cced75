"""Fixtures shared by the tests."""

import os
import socket
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


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small release of SynBoost Light."""
    pytest.importorskip("torch", reason="networks need the `train` extra")
    from tests import released

    return released.write(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="session")
def imported_light(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bundle that the example in the help of `import` writes, with its networks; no socket is opened."""
    from catseye_models import cli
    from catseye_models.commands import import_
    from catseye_models.released import light
    from tests import released

    folder = tmp_path_factory.mktemp("imported")
    (folder / "synboost").symlink_to(release)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(light, "release", lambda: released.RELEASE)
        patch.setattr(socket, "socket", refuse_network)
        assert cli.main([*import_.EXAMPLE.split()[1:], "--modules"]) == 0
    return folder / "light"


def refuse_network(*_: object, **__: object) -> None:
    """Stand in for `socket.socket` where none may be opened."""
    raise AssertionError("a socket was opened")
