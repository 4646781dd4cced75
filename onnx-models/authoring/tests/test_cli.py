"""The command line as a user meets it: help, exit codes, one line per mistake."""

import argparse

import pytest

from catseye_models import cli
from catseye_models.errors import ModelError, UsageError


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
