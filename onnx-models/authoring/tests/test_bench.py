"""`bench`: glue in NumPy against glue in the graph, forms against each other, the report, refusals."""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest

pytest.importorskip("torch", reason="networks need the `train` extra")

from catseye_models import cli
from catseye_models.bench import forms, glue, machine, report, timing
from catseye_models.bench.forms import Form
from catseye_models.bundle import store
from catseye_models.compose import maps, pixels, synboost
from catseye_models.errors import ModelError
from catseye_models.runtime import Array
from tests import glue as graph
from tests import released, toy

pytestmark = pytest.mark.torch

SPEC = released.RELEASE.segmentation


def planes(picture: Array) -> Array:
    """[H, W] or [H, W, C] to [1, C, H, W]."""
    return np.ascontiguousarray(picture.reshape(*picture.shape[:2], -1).transpose(2, 0, 1))[None]


def test_uncertainty_is_what_the_graph_computes() -> None:
    logits = np.random.default_rng(1).normal(0, 4, (1, 19, SPEC.height, SPEC.width)).astype(np.float32)
    found = glue.uncertainty(logits)
    for build, plane in (
        (lambda _, one: one.train_id, found.train_ids),
        (maps.entropy_nats, found.entropy),
        (maps.top_gap, found.gap),
    ):
        expected = graph.run(
            lambda op, x, build=build: build(
                op, maps.pixel_statistics(op, maps.class_planes(op, x, spec=SPEC), spec=SPEC)
            ),
            logits,
        )
        np.testing.assert_allclose(plane, expected[0, 0], atol=2e-6)


def test_inputs_of_the_networks_are_what_the_graph_feeds() -> None:
    picture = toy.frames(1, SPEC.height, SPEC.width)[0]
    expected = graph.run(lambda op, x: pixels.prepare(op, x, feed=SPEC), planes(picture))
    np.testing.assert_allclose(glue.fed(picture, SPEC), expected, atol=1e-4)
    np.testing.assert_allclose(glue.imagenet(picture), graph.run(synboost.imagenet, planes(picture)), atol=1e-6)
    labels = np.random.default_rng(2).integers(0, 34, (12, 20)).astype(np.uint8)
    labels[3:9, 4:15] = 7
    np.testing.assert_array_equal(glue.generator_input(labels), graph.run(synboost.generator_input, labels[None, None]))


def test_sampling_takes_the_pixels_under_the_centres() -> None:
    picture = toy.frames(1, 45, 80)[0]
    expected = graph.run(
        lambda op, x: synboost.sample_centres(op, x, source=(45, 80), target=(16, 32)), planes(picture)
    )
    np.testing.assert_array_equal(glue.sampled(picture, (16, 32)), expected[0].transpose(1, 2, 0))


def test_perceptual_sum_is_what_the_graph_computes() -> None:
    random = np.random.default_rng(3)
    levels = [random.random((1, 1, 64 >> level, 128 >> level), dtype=np.float32) for level in range(5)]
    expected = graph.run(lambda op, *x: synboost.perceptual_sum(op, x, size=(64, 128)), *levels)
    np.testing.assert_allclose(glue.perceptual_sum(levels, size=(64, 128)), expected[0, 0], atol=1e-5)


def test_form_runs_no_node_that_its_output_does_not_need(imported_light: Path) -> None:
    data = (imported_light / "graphs" / "fused.onnx").read_bytes()
    graph = onnx.load_model_from_string(forms.reduced(data, {"entropy.score"})).graph
    assert [value.name for value in graph.output] == ["entropy.score"]
    assert not [node.name for node in graph.node if node.name.startswith(("synthesis/", "distance/"))]
    assert not [weight.name for weight in graph.initializer if weight.name.startswith("synthesis/")]


def bench(bundle: Path, *options: str) -> int:
    return cli.main(["bench", str(bundle), *options])


def test_forms_agree_and_the_report_names_them_all(
    imported_light: Path,
    release: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from catseye_models.released import light

    monkeypatch.setattr(light, "release", lambda: released.RELEASE)
    figures = tmp_path / "figures.json"
    assert bench(imported_light, "--models", str(release), "--runs", "2", "--threads", "1", "--json", str(figures)) == 0
    told = json.loads(figures.read_text())
    assert [form["name"] for form in told["forms"]] == ["fused", "stages", "modules", "eager"]
    assert all(len(form["runs_ms"]) == 2 and min(form["runs_ms"]) > 0 for form in told["forms"])
    assert (told["runs"], told["threads"], told["forms"][0]["ratio"]) == (2, 1, 1.0)
    assert told["forms"][1]["largest_difference"] == 0
    assert {"python", "numpy", "onnxruntime", "torch"} <= set(told["versions"])
    shown = capsys.readouterr().out
    assert shown.splitlines() == report.lines(told)
    for word in (told["processor"], "peak memory", "load", "fused", "stages", "modules", "eager"):
        assert word in shown


def test_without_checkpoints_there_is_no_eager_form(imported_light: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench(imported_light, "--runs", "1") == 0
    assert "eager" not in capsys.readouterr().out


def form(name: str, score: Array) -> Form:
    return Form(name=name, what="drawn", score=lambda _: score)


def test_forms_that_do_not_agree_are_not_timed() -> None:
    score = np.zeros((8, 8), dtype=np.float32)
    other = score.copy()
    other[0, 0] = 0.5
    with pytest.raises(ModelError) as failure:
        timing.measure([lambda: form("one", score), lambda: form("two", other)], score, runs=1, progress=lambda _: None)
    (problem,) = failure.value.problems
    assert problem.startswith("two does not score as one does: 98.438% of pixels within 0.002, mean 7.8e-03")


def test_scores_that_are_no_numbers_do_not_agree() -> None:
    score = np.zeros((8, 8), dtype=np.float32)
    assert timing.agreement(score, score).holds
    assert not timing.agreement(np.full_like(score, np.nan), score).holds


def test_each_round_runs_every_form_and_another_one_first() -> None:
    order: list[str] = []

    def named(name: str) -> Form:
        def score(_: Array) -> Array:
            order.append(name)
            return np.zeros((2, 2), dtype=np.float32)

        return Form(name=name, what="drawn", score=score)

    timing.measure([lambda: named("a"), lambda: named("b")], np.zeros(1), runs=3, progress=lambda _: None)
    assert order == ["a", "b", "a", "b", "b", "a", "a", "b"]


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--runs", "0"], 2, "--runs 0: not 1 or more"),
        (["--threads", "-1"], 2, "--threads -1: not 1 or more"),
        (["--models", "nowhere"], 1, "nowhere: no such folder"),
        (["--frame", "nowhere.png"], 1, "nowhere.png: no such picture"),
    ],
)
def test_each_mistake_is_one_line(
    imported_light: Path, options: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(imported_light, *options) == code
    assert capsys.readouterr().err == f"catseye-models bench: {message}\n"


def test_checkpoints_without_torch_are_one_line(
    imported_light: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    assert bench(imported_light, "--models", "synboost") == 2
    assert capsys.readouterr().err == (
        "catseye-models bench: --models needs torch; install catseye-models with the extra 'train'\n"
    )


def test_bundles_without_what_is_timed_are_refused_in_one_line(
    imported_light: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = store.read(imported_light)
    manifest = json.loads(files[store.MANIFEST])
    for change, problem in (
        ({"modules": []}, "carries no networks and stages; write it again with --modules"),
        ({"stages": []}, "carries no networks and stages; write it again with --modules"),
        ({"plans": manifest["plans"][1:]}, "has no plan synboost-light, the one that is timed; it has distance, "),
    ):
        bundle = tmp_path / str(len(list(tmp_path.iterdir())))
        store.write(bundle, {**files, store.MANIFEST: json.dumps({**manifest, **change}).encode()})
        assert bench(bundle) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"catseye-models bench: {bundle}: {problem}")
    (tmp_path / "empty").mkdir()
    assert bench(tmp_path / "empty") == 1
    assert capsys.readouterr().err == f"catseye-models bench: {tmp_path / 'empty'}: is no bundle\n"


def test_damaged_network_is_refused_by_name(
    imported_light: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = store.read(imported_light)
    store.write(tmp_path / "bundle", {**files, "modules/synthesis.onnx": b"other"})
    assert bench(tmp_path / "bundle") == 1
    assert "modules/synthesis.onnx is missing or not the one" in capsys.readouterr().err


def test_processor_and_its_flags_are_read_from_linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "cpuinfo"
    told.write_text("processor\t: 0\nmodel name\t: Fast One\nflags\t\t: fpu avx2 amx_tile avx512_vnni\n\n")
    monkeypatch.setattr(machine, "CPUINFO", told)
    assert machine.processor() == ("Fast One", ["avx2", "avx512_vnni", "amx_tile"])
    monkeypatch.setattr(machine, "CPUINFO", tmp_path / "none")
    assert machine.processor()[1] == []
