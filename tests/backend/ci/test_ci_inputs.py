"""What a job may ask for, and that no value of it can become an option, a file or a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.ci.inputs import Inputs, InvalidInput
from scripts.ci.texts import annotation, log, markdown

HOURS = {"HARDWARE": "h100-sxm-80gb", "HOURS": "2.5", "MAX_KG": "5"}
FIELDS = ("HARDWARE", "HOURS", "DEVICES", "PLACE", "KIND", "NAME")


def inputs(folder: Path, **given: str) -> Inputs:
    named = {f"GREENLEDGER_CI_{name}": value for name, value in given.items()}
    return Inputs.of({"GREENLEDGER_CI_FOLDER": str(folder)} | named)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"MAX_KG": "5"}, "file, hardware"),
        ({"FILE": "nowhere.csv", "MAX_KG": "5"}, "nowhere.csv"),
        (HOURS | {"FILE": "nowhere.csv"}, "file, hardware"),
        (HOURS | {"MAX_KG": ""}, "max-kg"),
        (HOURS | {"RECORD": "perhaps"}, "record: expected one of no, submit, report, send"),
        (HOURS | {"CONTINUE_ON_UNREACHABLE": "yes"}, "continue-on-unreachable"),
        (HOURS | {"COMMENT": "no"}, "comment: expected true or false"),
        (HOURS | {"PLACE": "F" * 501}, "place"),
        (HOURS | {"NAME": "x" * 101}, "name"),
        (HOURS | {"KIND": "training\n::add-mask::x"}, "kind"),
        (HOURS | {"FOLDER": "here"}, "GREENLEDGER_CI_FOLDER"),
    ],
    ids=lambda value: str(value)[-50:],
)
def test_inputs__wrong__are_refused_by_name(tmp_path: Path, given: dict[str, str], named: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        inputs(tmp_path, **given)
    assert named in str(refused.value)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", ["--help", "-", "--url=http://evil.example", "$(touch x)", "a b; c"])
def test_work__hostile_value__stays_within_its_own_option(tmp_path: Path, field: str, value: str) -> None:
    usual, hostile = inputs(tmp_path, **HOURS).work(0), inputs(tmp_path, **HOURS | {field: value}).work(0)
    assert [one for one in hostile if one not in usual] == [f"--{field.lower()}={value}"]


@pytest.mark.parametrize("name", ["--help", "-", "0x" + "ab" * 32, "ab" * 16, "$(touch x)", "http:"])
def test_work__file_with_a_hostile_name__is_a_path_after_all_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).write_text("")
    monkeypatch.chdir(tmp_path)
    arguments = inputs(tmp_path, FILE=name, MAX_KG="5").work(0)
    assert arguments[-2:] == ["--", str(tmp_path / name)]


def test_name__not_given__tells_runs_apart(tmp_path: Path) -> None:
    run = {"GREENLEDGER_CI_FOLDER": str(tmp_path), "GITHUB_REPOSITORY": "team/model", "GITHUB_RUN_ID": "77"}
    named = {f"GREENLEDGER_CI_{name}": value for name, value in HOURS.items()}
    first, second = (
        Inputs.of(run | named | {"GITHUB_RUN_ATTEMPT": attempt, "GITHUB_JOB": "train"}).name
        for attempt in ("1", "2")
    )
    assert (first, second) == ("team/model 77 1 train", "team/model 77 2 train")
    leg = Inputs.of(run | named | {"GITHUB_JOB": "train", "GREENLEDGER_CI_LEG": "3"}).name
    assert leg == "team/model 77 train 3"


def test_log__lines_that_look_like_commands__are_output() -> None:
    said = log("fine\n::set-env name=PATH::x\n  ::stop-commands::t\n##[add-path]x\x1b[31m")
    assert all(line.startswith("| ") for line in said.splitlines())
    assert "##[" not in said and "\x1b" not in said


def test_annotation__message_with_lines__stays_one_command() -> None:
    assert "\n" not in annotation("error", "a\n::set-env::b\r%")


def test_markdown__hostile_text__is_code_on_one_line() -> None:
    said = markdown("<img src=x> @everyone [a](http://evil.example) ``x``\n# head")
    assert said.startswith("`") and said.endswith("`")
    assert "`" not in said[1:-1] and "\n" not in said
