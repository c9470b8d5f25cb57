"""What the job asks for, from environment variables that the action and the template set.

Nothing of it ever becomes part of a shell command: the steps are started without arguments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

PREFIX = "GREENLEDGER_CI_"
LONGEST = 500  # characters of one input
LONGEST_NAME = 100  # of a workload
LEG = f"{PREFIX}LEG"  # which job of a matrix: GITHUB_JOB is the same in all of them
_GITHUB_JOB = ("GITHUB_REPOSITORY", "GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "GITHUB_JOB", LEG)
_GITLAB_JOB = ("CI_PROJECT_PATH", "CI_JOB_ID")


class InvalidInput(ValueError):
    """An input is wrong. The message names it as the user wrote it, and what is expected."""


class Recording(StrEnum):
    """How far a job goes with the work: not at all, stated, signed by the council, sent to the ledger."""

    NO = "no"
    SUBMIT = "submit"
    REPORT = "report"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Inputs:
    """`file` or `hardware` with `hours` says the work. Empty texts were not given.

    `comments` is for the comment step: it is read here too, so that a wrong one is named.
    """

    file: str
    hardware: str
    devices: str
    hours: str
    kind: str
    place: str
    utc_offset: str
    name: str
    max_kg: str
    bound: str
    recording: Recording
    continue_on_unreachable: bool
    comments: bool
    folder: Path

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Raises InvalidInput."""

        def given(name: str, usual: str = "") -> str:
            value = environment.get(PREFIX + name, "").strip() or usual
            if len(value) > LONGEST or not value.isprintable():
                shown = name.lower().replace("_", "-")
                raise InvalidInput(f"{shown}: expected one line of at most {LONGEST} characters")
            return value

        inputs = cls(
            file=given("FILE"),
            hardware=given("HARDWARE"),
            devices=given("DEVICES", "1"),
            hours=given("HOURS"),
            kind=given("KIND", "training"),
            place=given("PLACE"),
            utc_offset=given("UTC_OFFSET", "+00:00"),
            name=given("NAME", job_name(environment)),
            max_kg=given("MAX_KG"),
            bound=given("BOUND", "high"),
            recording=_recording(given("RECORD", Recording.NO)),
            continue_on_unreachable=_truth(
                "continue-on-unreachable", given("CONTINUE_ON_UNREACHABLE", "false")
            ),
            comments=_truth("comment", given("COMMENT", "true")),
            folder=folder_of(environment),
        )
        inputs._check()
        return inputs

    def _check(self) -> None:
        if bool(self.file) == bool(self.hardware):
            raise InvalidInput("file, hardware: expected one of them, to say what the work was")
        if self.file and not Path(self.file).is_file():
            raise InvalidInput(f"file: there is no file {self.file}, expected what an earlier step wrote")
        if not self.max_kg:
            raise InvalidInput("max-kg: is missing, expected the budget in kilograms of CO2e, such as 5")
        if len(self.name) > LONGEST_NAME:
            raise InvalidInput(f"name: has {len(self.name)} characters, expected at most {LONGEST_NAME}")

    def work(self, end_s: int) -> list[str]:
        """Arguments that say the work to `greenledger`; hardware-hours ended at `end_s`, Unix seconds.

        A value never stands apart from its option, nor a file without its folder: neither can become an
        option or an id, whatever it is called.
        """
        if self.file:
            place = [f"--codecarbon-place={self.place}"] if self.place else []
            kind, offset = f"--codecarbon-kind={self.kind}", f"--codecarbon-utc-offset={self.utc_offset}"
            return [kind, offset, *place, "--", str(Path(self.file).resolve())]
        place = [f"--place={self.place}"] if self.place else []
        return [
            f"--hardware={self.hardware}",
            f"--devices={self.devices}",
            f"--hours={self.hours}",
            f"--kind={self.kind}",
            f"--name={self.name}",
            f"--end={end_s}",
            *place,
        ]


def folder_of(environment: Mapping[str, str]) -> Path:
    """Where the steps leave things for each other. Raises InvalidInput."""
    folder = environment.get(f"{PREFIX}FOLDER", "")
    if not Path(folder).is_absolute():
        raise InvalidInput(f"{PREFIX}FOLDER: expected an absolute path; the action and the template set it")
    return Path(folder)


def is_comment_off(environment: Mapping[str, str]) -> bool:
    """Whether the job said that it wants no comment."""
    return environment.get(f"{PREFIX}COMMENT", "").strip() == "false"


def job_name(environment: Mapping[str, str]) -> str:
    """The job that did the work, each run apart: two alike must not pass for one that is stated twice."""
    parts = _GITHUB_JOB if environment.get("GITHUB_RUN_ID") else _GITLAB_JOB
    name = " ".join(filter(None, (environment.get(part, "") for part in parts)))
    return name[-LONGEST_NAME:]


def _recording(text: str) -> Recording:
    try:
        return Recording(text)
    except ValueError:
        raise InvalidInput(f"record: expected one of {', '.join(Recording)}") from None


def _truth(name: str, text: str) -> bool:
    if text not in ("true", "false"):
        raise InvalidInput(f"{name}: expected true or false")
    return text == "true"
