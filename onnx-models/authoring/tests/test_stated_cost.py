"""The bundle of a stated cost, `tools/stated_cost.py`: what its chains are, and that they change no score."""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from catseye_models.bundle import check, store
from catseye_models.bundle.manifest import GRAPH
from catseye_models.runtime import Session
from tests import toy

TOOL = Path(__file__).parents[1] / "tools" / "stated_cost.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Import the script by its path: it is no part of the package and must stay so."""
    spec = importlib.util.spec_from_file_location("stated_cost", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bundle(tool: ModuleType, folder: Path, *, run_products: int, frame_products: int) -> dict[str, bytes]:
    tool.write(folder, size=tool.Size(64, 32), run_products=run_products, frame_products=frame_products)
    files = store.read(folder)
    check.require_sound(files)
    return files


def test_chains_are_as_long_as_asked_and_change_no_score(tool: ModuleType, tmp_path: Path) -> None:
    bare = bundle(tool, tmp_path / "bare", run_products=0, frame_products=0)
    costly = bundle(tool, tmp_path / "costly", run_products=3, frame_products=2)
    frames = toy.frames(3, 32, 64)
    alone = Session(costly[GRAPH], name="costly").run(frames=frames[:1])
    answers = [Session(files[GRAPH], name="graph").run(frames=frames) for files in (bare, costly)]

    assert costly[GRAPH].count(b"MatMul") > bare[GRAPH].count(b"MatMul")
    for name in ("external.anomaly", "external.score"):
        np.testing.assert_array_equal(answers[0][name], answers[1][name])
        np.testing.assert_array_equal(answers[1][name][:1], alone[name])
    blocks = frames.astype(np.float64).mean(axis=3).reshape(3, 4, 8, 8, 8).mean(axis=(2, 4)) / 255
    np.testing.assert_allclose(answers[0]["external.score"], blocks / 4, atol=1e-5)


@pytest.mark.parametrize(("run_products", "frame_products"), [(5, 0), (0, 4)])
def test_one_chain_per_run_and_one_per_frame(tool: ModuleType, run_products: int, frame_products: int) -> None:
    model = tool.network(size=tool.Size(64, 32), run_products=run_products, frame_products=frame_products)
    kinds = [node.op_type for node in model.graph.node]
    assert kinds.count("MatMul") == run_products + frame_products


def test_fit_finds_the_line_and_how_far_a_time_is_from_it(tool: ModuleType) -> None:
    exact = tool.fit([(1, 95.0), (2, 110.0), (4, 140.0), (8, 200.0)])
    assert (exact.run_ms, exact.frame_ms) == pytest.approx((80, 15))
    assert exact.residual_ms == pytest.approx(0, abs=1e-9)
    assert tool.fit([(1, 0.0), (2, 3.0), (3, 0.0)]).residual_ms == pytest.approx(2)


def test_products_fill_what_is_left_of_the_wanted_time(tool: ModuleType) -> None:
    assert tool.products(80, bare=5, probed=25, count=20) == 75
    assert tool.products(3, bare=5, probed=25, count=20) == 0
    assert tool.products(80, bare=5, probed=5, count=0) == 0


def test_sides_that_are_no_multiples_of_a_block_are_refused(tool: ModuleType) -> None:
    with pytest.raises(ValueError, match="multiples of 8"):
        tool.Size.of("100x64")
