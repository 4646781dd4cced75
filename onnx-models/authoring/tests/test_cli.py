"""The command line as a user meets it: help, exit codes, one line per mistake."""

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from catseye_models import cli
from catseye_models.bundle import store
from catseye_models.commands import check, compose
from catseye_models.errors import ModelError, UsageError
from catseye_models.pictures import decode
from tests import toy


def test_every_verb_is_a_module_with_parser_and_run() -> None:
    for name in cli.VERBS:
        module = cli.verb_module(name)
        assert callable(module.add_parser)
        assert callable(module.run)


def test_help_names_every_verb_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert cli.EXIT_CODES in shown
    for name in cli.VERBS:
        assert name in shown


def test_unknown_verb_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["teleport"])
    assert end.value.code == 2
    assert "teleport" in capsys.readouterr().err


@pytest.mark.parametrize(("failure", "code"), [(UsageError("a", "b"), 2), (ModelError("a", "b"), 1)])
def test_expected_failure_is_one_line_per_problem(
    failure: Exception, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: argparse.Namespace) -> int:
        raise failure

    parser = argparse.ArgumentParser()
    parser.set_defaults(run=fail, verb="fail")
    monkeypatch.setattr(cli, "build_parser", lambda: parser)

    assert cli.main([]) == code
    assert capsys.readouterr().err == "catseye-models fail: a\ncatseye-models fail: b\n"


def test_help_example_of_compose_and_check_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, spec = toy.write(tmp_path)
    path.rename(tmp_path / "net.onnx")
    spec.rename(tmp_path / "net.json")
    monkeypatch.chdir(tmp_path)
    for verb in (compose, check):
        assert verb.EXAMPLE in " ".join(help_of(verb.EXAMPLE.split()[1], capsys).split())
        assert cli.main(verb.EXAMPLE.split()[1:]) == 0
    shown = capsys.readouterr()
    digest = hashlib.sha256(Path("my-bundle/bundle.json").read_bytes()).hexdigest()
    assert shown.out.splitlines()[-1] == f"my-bundle: sound, digest {digest}"
    assert shown.err == ""


def test_compose_writes_a_zip_with_the_frame_it_was_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, spec = toy.write(tmp_path)
    frame = toy.frames(1, 40, 50)[0]
    Image.fromarray(frame).save(tmp_path / "frame.png")
    command = ["compose", "--segmentation", str(path), "--spec", str(spec), "--plans", "msp, max-logit"]
    command += ["--frame", str(tmp_path / "frame.png"), "--name", "mine", "--version", "2.0"]
    assert cli.main([*command, "-o", str(tmp_path / "b.zip")]) == 0
    files = store.read(tmp_path / "b.zip")
    manifest = json.loads(files["bundle.json"])
    assert (manifest["name"], manifest["version"], manifest["default_plan"]) == ("mine", "2.0", "msp")
    np.testing.assert_array_equal(decode(files["golden/frame.png"], name="frame", mode="RGB"), frame)
    assert cli.main(["check", str(tmp_path / "b.zip")]) == 0
    assert cli.main([*command, "-o", str(tmp_path / "b.zip")]) == 2
    assert "--replace" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"--spec": "nowhere.json"}, 2, "nowhere.json: no such file"),
        ({"--segmentation": "nowhere.onnx"}, 1, "nowhere.onnx does not exist"),
        ({"--plans": "magic"}, 2, "plan 'magic' is none of entropy, distance, msp, max-logit"),
        ({"--frame": "nowhere.png"}, 1, "nowhere.png: no such picture"),
        ({"--frame": "toy.json"}, 1, "toy.json: not a picture that can be read"),
        ({"--provenance": "nowhere.json"}, 2, "nowhere.json: no such file"),
        ({"-o": "/proc/nothing/bundle"}, 1, "/proc/nothing"),
    ],
)
def test_each_mistake_of_compose_is_one_line(
    changes: dict[str, str],
    code: int,
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    toy.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    options = {"--segmentation": "toy.onnx", "--spec": "toy.json", "--plans": "entropy", "-o": "bundle", **changes}
    assert cli.main(["compose", *(word for pair in options.items() for word in pair)]) == code
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line
    assert not Path("bundle").exists()


def test_check_of_a_damaged_bundle_lists_all_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, spec = toy.write(tmp_path)
    bundle = tmp_path / "bundle"
    cli.main(["compose", "--segmentation", str(path), "--spec", str(spec), "--plans", "msp", "-o", str(bundle)])
    (bundle / "golden" / "class_map.png").unlink()
    (bundle / "extra").write_text("x")
    assert cli.main(["check", str(bundle)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "catseye-models check: golden/class_map.png: missing",
        "catseye-models check: extra: not named in bundle.json",
    ]


def help_of(verb: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what `catseye-models VERB --help` prints."""
    with pytest.raises(SystemExit):
        cli.main([verb, "--help"])
    return capsys.readouterr().out


def test_package_needs_neither_torch_nor_onnxruntime_to_import() -> None:
    heavy = "{'torch', 'onnxruntime', 'onnx', 'cv2'}"
    code = f"import sys; from catseye_models import cli; cli.build_parser(); print({heavy} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


def test_compose_without_onnxruntime_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, spec = toy.write(tmp_path)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    command = ["compose", "--segmentation", str(path), "--spec", str(spec), "--plans", "msp", "-o", str(tmp_path / "b")]
    assert cli.main(command) == 1
    expected = "catseye-models compose: onnxruntime is not installed: pip install 'catseye-models[dev]'\n"
    assert capsys.readouterr().err == expected
