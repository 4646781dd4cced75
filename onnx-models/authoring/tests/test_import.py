"""Importing a release: everything accounted for, nothing run, nothing written that does not verify."""

import dataclasses
import io
import json
import os
import pickle
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="networks need the `train` extra")

import onnx
import torch

from catseye_models import cli
from catseye_models.bundle import check, store
from catseye_models.commands import import_
from catseye_models.errors import ModelError, UsageError
from catseye_models.progress import StageBar
from catseye_models.released import account, checkpoint, light
from catseye_models.released.light import ReleasedFile
from catseye_models.released.modules import STAGES_PER_FILE, export_all
from catseye_models.runtime import Session
from catseye_models.torch_export import answers
from tests import released

pytestmark = pytest.mark.torch

Change = Callable[[released.State], object]


def file_of(module: str) -> ReleasedFile:
    (file,) = (file for file in released.RELEASE.files if file.spec.name == module)
    return file


def problems_of(module: str, change: Change) -> list[str]:
    """Return what is said about the entries of a file after `change` to them."""
    state = released.state(module)
    change(state)
    file = file_of(module)
    return account.problems(file.network(), state, spare=file.spare)


def refusal(path: Path) -> str:
    with pytest.raises(ModelError) as failure:
        checkpoint.read(path)
    (problem,) = failure.value.problems
    assert problem.startswith(f"{path}: ")
    return problem.removeprefix(f"{path}: ")


@pytest.mark.parametrize("module", released.PATHS)
def test_released_entries_are_accounted_for(module: str) -> None:
    assert problems_of(module, lambda _: None) == []


def test_renamed_entry_is_missing_and_unexpected() -> None:
    def rename(state: released.State) -> None:
        state["conv11.weights"] = state.pop("conv11.weight")

    assert problems_of("dissimilarity", rename) == [
        "missing: conv11.weight [2, 4, 1, 1]",
        "unexpected: conv11.weights [2, 4, 1, 1]",
    ]


def test_reshaped_entry_is_named_with_both_shapes() -> None:
    found = problems_of("segmentation", lambda state: state.update({"head.conv_cls.weight": torch.zeros(20, 8, 1, 1)}))
    assert found == ["shape: head.conv_cls.weight [20, 8, 1, 1], expected [19, 8, 1, 1]"]


def test_entry_of_another_type_is_named() -> None:
    found = problems_of("comparator", lambda state: state.update({"conv11.bias": torch.zeros(2, dtype=torch.int64)}))
    assert found == ["type: conv11.bias torch.int64, expected torch.float32"]


def test_weight_that_is_not_finite_is_named() -> None:
    found = problems_of("comparator", lambda state: state["conv11.bias"].fill_(float("nan")))
    assert found == ["not finite: conv11.bias"]


def test_many_problems_of_one_kind_are_counted() -> None:
    def prune(state: released.State) -> None:
        for name in [name for name in state if name.startswith("backbone.layer")]:
            del state[name]

    found = problems_of("segmentation", prune)
    assert len(found) == account.SHOWN + 1
    assert found[-1].endswith(" more")


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("model.1.weight", "a pix2pixHD generator"),
        ("labelenc1.0.0.weight_orig", "a CC-FPSE generator"),
        ("features.0.weight", "VGG"),
        ("something", "an unknown network"),
    ],
)
def test_file_of_another_network_is_refused_by_name(entry: str, what: str) -> None:
    found = account.problems(file_of("synthesis").network(), {entry: torch.zeros(1)})
    assert found == [f"is {what} (1 entries, such as {entry}), expected a SPADE generator"]


def test_loaded_network_answers_with_the_weights_of_the_file() -> None:
    file, state = file_of("comparator"), released.state("comparator")
    with torch.device("meta"):
        empty = file.network()
    reference = file.network()
    reference.load_state_dict(state, strict=True)
    inputs = file.spec.sample(1)
    np.testing.assert_array_equal(answers(account.load(empty, state), inputs)[0], answers(reference, inputs)[0])


def test_wrapper_and_prefix_are_taken_off(tmp_path: Path) -> None:
    released.save(tmp_path / "net.pth", released.state("comparator"), wrapped=True)
    assert list(checkpoint.read(tmp_path / "net.pth")) == list(released.state("comparator"))


def test_prefix_on_some_entries_alone_is_one_problem(tmp_path: Path) -> None:
    released.save(tmp_path / "net.pth", {"module.a": torch.ones(2), "b": torch.ones(2), "module.c": torch.ones(2)})
    assert refusal(tmp_path / "net.pth") == "2 of 3 entries begin with module., expected all or none"


def test_half_precision_becomes_float32(tmp_path: Path) -> None:
    released.save(tmp_path / "net.pth", {"a": torch.ones(2, dtype=torch.float16), "n": torch.tensor(3)})
    state = checkpoint.read(tmp_path / "net.pth")
    assert (state["a"].dtype, state["n"].dtype) == (torch.float32, torch.int64)


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("kept", [0.5, 0.99])
def test_truncated_file_is_refused_with_its_length(tmp_path: Path, zipped: bool, kept: float) -> None:
    path = tmp_path / "net.pth"
    torch.save(released.state("comparator"), path, _use_new_zipfile_serialization=zipped)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    assert refusal(path) == f"is cut off or damaged ({int(len(whole) * kept)} bytes)"


def test_flipped_bit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "net.pth"
    released.save(path, released.state("comparator"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert refusal(path).startswith("is damaged: ")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"<html>404 Not Found</html>", "is no checkpoint of tensors"),
        (bytes(range(256)) * 8, "is no checkpoint of tensors"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "is no checkpoint of tensors"),
    ],
)
def test_file_that_is_no_checkpoint_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "net.pth").write_bytes(content)
    assert refusal(tmp_path / "net.pth") == says


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "net.pth") == "no such file, expected a checkpoint"
    assert refusal(tmp_path) == "is a folder, expected a checkpoint"


class Attack:
    """Creates a file when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what unpickling is to call."""
        return os.mkdir, (str(self.target),)


@pytest.mark.parametrize("container", ["zip", "legacy", "pickle 2", "pickle 5"])
def test_pickle_with_code_is_refused_by_name_and_not_run(tmp_path: Path, container: str) -> None:
    path, proof = tmp_path / "net.pth", tmp_path / "attacked"
    if container.startswith("pickle"):
        path.write_bytes(pickle.dumps({"a": Attack(proof)}, protocol=int(container[-1])))
    else:
        torch.save({"a": Attack(proof)}, path, _use_new_zipfile_serialization=container == "zip")
    assert refusal(path) == "opening it would run code (posix.mkdir); refused, nothing was run"
    assert not proof.exists()


def test_whole_pickled_network_is_refused_by_name(tmp_path: Path) -> None:
    torch.save(torch.nn.Linear(2, 2), tmp_path / "net.pth")
    assert "torch.nn.modules.linear.Linear" in refusal(tmp_path / "net.pth")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ([1, 2], "holds a list, expected entries of a network"),
        ({"epoch": 3, "loss": 0.5}, "holds epoch, loss, expected tensors alone"),
        ({}, "holds nothing, expected tensors alone"),
    ],
)
def test_checkpoint_without_entries_is_refused(tmp_path: Path, content: object, says: str) -> None:
    torch.save(content, tmp_path / "net.pth")
    assert refusal(tmp_path / "net.pth") == says


def test_release_is_found_from_its_folder_and_from_models_itself(release: Path) -> None:
    for folder in (release, release / "models"):
        found = released.RELEASE.find(folder, chosen={})
        assert [(file.spec.name, path.resolve()) for file, path in found] == [
            (module, (release / path).resolve()) for module, path in released.PATHS.items()
        ]


def test_named_file_is_taken_before_the_pattern(release: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.pth"
    with pytest.raises(ModelError, match=r"dissimilarity: --dissimilarity .*own\.pth: no such file"):
        released.RELEASE.find(release, chosen={"dissimilarity": own})
    own.touch()
    found = released.RELEASE.find(release, chosen={"dissimilarity": own})
    assert own in [path for _, path in found]


def test_everything_missing_is_one_list(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as failure:
        released.RELEASE.find(tmp_path, chosen={})
    assert [problem.split(":")[0] for problem in failure.value.problems] == [
        "segmentation",
        "synthesis",
        "perceptual",
        "dissimilarity",
    ]
    assert f"no vgg19-*.pth or ../vgg19-*.pth in {tmp_path}; --vgg names another place" in failure.value.problems[2]


def test_several_files_that_fit_are_named(release: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(release, tmp_path / "copy")
    path = copy / released.PATHS["dissimilarity"]
    shutil.copy(path, path.with_name(path.name.replace("_3", "_5")))
    with pytest.raises(ModelError, match=r"2 files fit, choose one with --dissimilarity: .*_3\.pth, .*_5\.pth"):
        released.RELEASE.find(copy, chosen={})


def test_problems_of_all_files_are_one_list_before_any_export(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copytree(release, tmp_path / "copy")
    pruned = released.state("dissimilarity")
    del pruned["conv11.bias"]
    released.save(copy / released.PATHS["dissimilarity"], pruned)
    (copy / released.PATHS["synthesis"]).write_bytes(b"nothing")
    released.save(copy / released.PATHS["comparator"], {"model.1.weight": torch.zeros(1)})
    monkeypatch.setattr("catseye_models.released.modules.to_onnx", lambda *_: pytest.fail("exported"))

    with pytest.raises(ModelError) as failure:
        export_all(released.RELEASE.find(copy, chosen={}), progress=lambda _: None)
    assert [problem.removeprefix(f"{copy}/models/") for problem in failure.value.problems] == [
        "image-synthesis_spade/latest_net_G.pth: is no checkpoint of tensors",
        f"{released.PATHS['dissimilarity'].removeprefix('models/')}: missing: conv11.bias [2]",
        "image-dissimilarity/best_net_baseline_mult_3.pth: is a pix2pixHD generator (1 entries, such as model.1.weight)"
        ", expected a dissimilarity network without prior",
    ]


def test_export_that_does_not_verify_writes_nothing(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    strict = [
        dataclasses.replace(file, spec=dataclasses.replace(file.spec, atol=1e-12)) for file in released.RELEASE.files
    ]
    monkeypatch.setattr(light, "release", lambda: dataclasses.replace(released.RELEASE, files=tuple(strict)))
    bundle = tmp_path / "light"
    assert cli.main(["import", "synboost-light", str(release), "-o", str(bundle)]) == 1
    assert "segmentation: logits, batch of 1: max |diff|" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "moment",
    ["released.checkpoint.read", "released.modules.to_onnx", "released.modules.verify", "bundle.check.require_sound"],
)
def test_interruption_leaves_nothing_behind(
    release: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    moment: str,
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(light, "release", lambda: released.RELEASE)
    monkeypatch.setattr(f"catseye_models.{moment}", interrupt)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    assert cli.main(["import", "synboost-light", str(release), "-o", str(tmp_path / "light")]) == 130
    assert capsys.readouterr().err == "catseye-models import: interrupted\n"
    assert list(tmp_path.iterdir()) == [scratch]
    assert not [path for path in scratch.rglob("*") if path.is_file()]  # torch leaves empty folders of its own


def test_interruption_while_the_bundle_is_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {store.MANIFEST: b"{}"}
    store.write(tmp_path / "light", old)
    whole = Path.write_bytes

    def second_fails(path: Path, data: bytes) -> int:
        if path.name != store.MANIFEST:
            raise KeyboardInterrupt
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", second_fails)
    with pytest.raises(KeyboardInterrupt):
        store.write(tmp_path / "light", {store.MANIFEST: b"new", "graphs/fused.onnx": b"x"}, replace=True)
    assert [path.name for path in tmp_path.iterdir()] == ["light"]
    assert store.read(tmp_path / "light") == old


def test_place_that_cannot_be_written_to_is_refused_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    command = ["import", "synboost-light", str(tmp_path / "nowhere"), "-o"]
    assert cli.main([*command, str(tmp_path / "file" / "light")]) == 2
    assert f"{tmp_path}/file is no folder; nothing was written" in capsys.readouterr().err
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != tmp_path)  # root may write everywhere
    assert cli.main([*command, str(tmp_path / "new" / "light")]) == 2
    assert f"{tmp_path} may not be written to; nothing was written" in capsys.readouterr().err


def test_archive_in_the_place_of_its_folder_is_named(tmp_path: Path) -> None:
    archive = tmp_path / "models.tar"
    archive.touch()
    with pytest.raises(ModelError, match=r"models\.tar: is a file, expected the folder"):
        released.RELEASE.find(archive, chosen={})
    with pytest.raises(ModelError, match=r"nowhere: no such folder"):
        released.RELEASE.find(tmp_path / "nowhere", chosen={})


def test_imported_bundle_is_sound_and_carries_every_network_with_its_spec(imported_light: Path) -> None:
    files = store.read(imported_light)
    check.require_sound(files)
    manifest = json.loads(files[store.MANIFEST])
    assert [module["name"] for module in manifest["modules"]] == list(released.PATHS)
    assert manifest["modules"][1]["spec"] == file_of("synthesis").spec.values()


def test_provenance_names_every_checkpoint_with_its_digest(release: Path, imported_light: Path) -> None:
    recipe = json.loads((imported_light / "bundle.json").read_text())["provenance"]["recipe"]
    for path in released.PATHS.values():
        assert f"{Path(path).name} sha256 {store.sha256((release / path).read_bytes())}" in recipe


def test_imported_synthesis_has_folded_weights_and_the_answer_of_the_unfolded_network(imported_light: Path) -> None:
    model = (imported_light / "modules" / "synthesis.onnx").read_bytes()
    assert not {"MatMul", "Div"} & {node.op_type for node in onnx.load_model_from_string(model).graph.node}
    file = file_of("synthesis")
    network = file.network()
    network.load_state_dict(account.load(file.network(), released.state("synthesis")).state_dict())
    inputs = file.spec.sample(1)
    picture = Session(model, name="synthesis").run(**inputs)["picture"]
    np.testing.assert_allclose(picture, answers(network, inputs)[0], atol=1e-5)


def test_output_that_exists_and_unknown_plan_are_refused_before_reading(release: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    taken = [str(release / "nowhere"), "-o", str(tmp_path / "taken")]
    unknown = [str(release), "-o", str(tmp_path / "new"), "--plans", "entropie"]
    for arguments in (taken, unknown):
        command = ["import", "synboost-light", *arguments]
        with pytest.raises(UsageError, match=r"exists and is no bundle|plan 'entropie'"):
            import_.run(cli.build_parser().parse_args(command))


def test_every_stage_is_announced(release: Path) -> None:
    stages: list[str] = []
    found = released.RELEASE.find(release, chosen={})[-1:]
    export_all(found, progress=stages.append)
    assert stages == ["reading best_net_baseline_mult_3.pth", "exporting comparator", "verifying comparator"]
    assert len(stages) == STAGES_PER_FILE * len(found)


def test_bar_shows_the_stage_on_a_terminal_and_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = {}
    for terminal in (True, False):
        stream = io.StringIO()
        stream.isatty = lambda terminal=terminal: terminal  # type: ignore[method-assign, misc]
        monkeypatch.setattr(sys, "stderr", stream)
        with StageBar(2, quiet=False) as bar:
            bar.begin("first")
            bar.begin("second")
        shown[terminal] = stream.getvalue()
    assert "first" in shown[True]
    assert "2/2" in shown[True]
    assert shown[False] == ""
