"""A spec file: read back equal, and every mistake in one list."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from catseye_models.errors import UsageError
from catseye_models.labels import LabelSpace
from catseye_models.spec import NetworkSpec
from tests import toy

SPECS = Path(__file__).parents[1] / "specs"


def values(**changes: Any) -> dict[str, Any]:
    """Return the toy spec's JSON object with some keys changed; a value of None removes the key."""
    changed = {**json.loads(toy.SPEC.to_json()), **changes}
    return {key: value for key, value in changed.items() if value is not None}


def read(folder: Path, content: object) -> NetworkSpec:
    path = folder / "net.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return NetworkSpec.read(path)


def problems(folder: Path, content: object) -> list[str]:
    with pytest.raises(UsageError) as failure:
        read(folder, content)
    return list(failure.value.problems)


def test_written_spec_reads_back_equal(tmp_path: Path) -> None:
    space = LabelSpace(name="three", classes=("road", "sky", "thing"), drivable=("road",))
    spec = toy.spec(labels=space, classes=(0, None, 2, 1), max_logit_range=None, logits_resize="bilinear", order="BGR")
    assert read(tmp_path, spec.to_json()) == spec


def test_fraction_means_its_value(tmp_path: Path) -> None:
    assert read(tmp_path, values(scale="1/255")).scale == float(Fraction(1, 255))


def test_left_out_keys_have_their_defaults(tmp_path: Path) -> None:
    keys = ("name", "output_scale", "logits_resize", "label_space", "max_logit_range", "atol", "licence", "source")
    spec = read(tmp_path, {key: value for key, value in values().items() if key not in keys})
    assert (spec.name, spec.output_scale, spec.logits_resize) == ("segmentation", 1.0, "none")
    assert (spec.max_logit_range, spec.licence, spec.source) == (None, "not stated", "not stated")
    assert spec.labels.name == "cityscapes-19"


def test_every_mistake_is_listed_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        values(
            input=None,
            order="GBR",
            size=[1024],
            resize="lanczos",
            scale=0,
            mean=[1, 2],
            std=[1, 0, 1],
            logits=7,
            classes=[0, 1, 1, 19, None],
            max_logit_range=[3, 3],
            atol=-1,
            name="a/b",
            colour="red",
            scales=1,
        ),
    )
    assert found == [
        "net.json: colour: unknown key",
        "net.json: scales: unknown key, did you mean scale?",
        "net.json: size: [1024] is not [width, height] with sides of 1 to 16384 px",
        "net.json: input: missing",
        "net.json: order: 'GBR' is none of RGB, BGR",
        "net.json: resize: 'lanczos' is none of pillow-bicubic, pillow-bilinear",
        "net.json: scale: 0 is not a finite number other than 0",
        "net.json: mean: [1, 2] is not a list of 3 finite numbers",
        "net.json: std: [1, 0, 1] has a 0",
        "net.json: name: 'a/b' has other characters than letters, digits, _ and -",
        "net.json: atol: -1.0 is not above 0",
        "net.json: logits: 7 is not text",
        "net.json: classes: channels 1 and 2 both stand for trainId 1",
        "net.json: classes: channel 3: 19 is neither null nor a trainId of 0 to 18",
        "net.json: max_logit_range: [3, 3] does not go up",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not JSON"),
        ("[]", "expected a JSON object, found list"),
    ],
)
def test_text_that_is_no_object_is_one_clear_problem(tmp_path: Path, content: str, message: str) -> None:
    (problem,) = problems(tmp_path, content)
    assert message in problem
    assert "net.json" in problem


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.json: no such file"):
        NetworkSpec.read(tmp_path / "nowhere.json")


@pytest.mark.parametrize("bad", [True, "1/0", "one", None, [1], float("inf")])
def test_what_is_no_number_is_refused(tmp_path: Path, bad: object) -> None:
    content = {**values(), "scale": bad}
    assert any(problem.startswith("net.json: scale: ") for problem in problems(tmp_path, content))


def test_label_space_mistakes_are_named_with_their_path(tmp_path: Path) -> None:
    space = {"name": "x", "classes": ["road", "road"], "drivable": ["grass"], "colour": 1}
    found = problems(tmp_path, values(label_space=space, classes=[0, 1]))
    assert found == [
        "net.json: label_space.colour: unknown key",
        "net.json: label_space.classes: 2 names, 1 of them different; at most 255, all different",
        "net.json: label_space.drivable: grass not among the classes",
    ]


@pytest.mark.parametrize("path", sorted(SPECS.glob("*.json")), ids=lambda path: path.name)
def test_spec_in_the_repository_is_sound(path: Path) -> None:
    assert NetworkSpec.read(path).licence != "not stated"
