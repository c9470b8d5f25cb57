"""Runs the steps of the action and of the template as their forges do: the commands are the YAML's own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from deployed import ROOT

ACTION = ROOT / "scripts/ci/github/action.yml"
TEMPLATE = ROOT / "scripts/ci/gitlab/greenledger.yml"
TOKEN = "a token of the forge"  # noqa: S105
LIMIT_S = 240
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_EQUALS = re.compile(r"(\S+) == '([^']*)'")
_VARIABLE = re.compile(r"\$([A-Z_]+)")


@dataclass
class Job:
    """A job on a machine of its own: `workspace` is where its files are, `forge_url` its forge's API."""

    workspace: Path
    forge_url: str
    code: int = 0
    log: str = ""
    ran: list[str] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)
    environments: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def scratch(self) -> Path:
        folder = self.workspace.parent / "runner"
        folder.mkdir(exist_ok=True)
        return folder

    def _base(self) -> dict[str, str]:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {"PATH": path, "HOME": str(self.scratch), "LANG": "C.UTF-8"}

    def _sh(self, name: str, text: str, environment: dict[str, str]) -> int:
        script = self.scratch / f"{len(self.ran)}.sh"
        script.write_text(text + "\n")
        done = subprocess.run(
            ["sh", "-e", str(script)],
            cwd=self.workspace,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LIMIT_S,
        )
        self.ran.append(name)
        self.environments[name] = environment
        self.log += done.stdout
        return done.returncode


class GitHubJob(Job):
    """`pull_request` 0: a run of something else. `job_index`: which job of a matrix."""

    pull_request: int = 12
    job_index: str = "0"

    def run(self, inputs: Mapping[str, str], **more: str) -> GitHubJob:
        """Runs every step of the action until one fails."""
        action = yaml.safe_load(ACTION.read_text())
        assert set(inputs) <= set(action["inputs"]), "an input that the action does not have"
        known = {
            "runner.temp": str(self.scratch),
            "github.token": TOKEN,
            "strategy.job-index": self.job_index,
        }
        usual = {name: str(stated.get("default", "")) for name, stated in action["inputs"].items()}
        values = {name: _filled(value, known) for name, value in usual.items()} | inputs
        known |= {f"inputs.{name}": value for name, value in values.items()}
        base = self._base() | self._github() | more
        for step in action["runs"]["steps"]:
            if "if" in step and not _is_true(step["if"], known):
                continue
            stated = {name: _filled(str(text), known) for name, text in step.get("env", {}).items()}
            self.code = self._sh(step["name"], step["run"], base | stated)
            if self.code:
                return self
            if "id" in step:
                found = _assignments(Path(base["GITHUB_OUTPUT"]))
                known |= {f"steps.{step['id']}.outputs.{name}": value for name, value in found.items()}
        return self

    def outputs_of_action(self) -> dict[str, str]:
        """The outputs as a later step of the workflow reads them."""
        action = yaml.safe_load(ACTION.read_text())
        found = _assignments(self.scratch / "output.txt")
        known = {f"steps.footprint.outputs.{name}": value for name, value in found.items()}
        return {name: _filled(stated["value"], known) for name, stated in action["outputs"].items()}

    @property
    def summary(self) -> str:
        return (self.scratch / "summary.md").read_text()

    def _github(self) -> dict[str, str]:
        files = {name: self.scratch / f"{name}.txt" for name in ("output", "path")}
        event = self.scratch / "event.json"
        event.write_text(
            json.dumps({"pull_request": {"number": self.pull_request}} if self.pull_request else {})
        )
        return {
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ACTION.parent),
            "GITHUB_API_URL": self.forge_url,
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_JOB": "train",
            "GITHUB_OUTPUT": str(files["output"]),
            "GITHUB_PATH": str(files["path"]),
            "GITHUB_REPOSITORY": "team/model",
            "GITHUB_RUN_ATTEMPT": "1",
            "GITHUB_RUN_ID": "77",
            "GITHUB_STEP_SUMMARY": str(self.scratch / "summary.md"),
            "GITHUB_WORKFLOW": "training",
        }


class GitLabJob(Job):
    def run(self, variables: Mapping[str, str]) -> GitLabJob:
        """Runs the template's script in one shell, as a runner does."""
        template = yaml.safe_load(TEMPLATE.read_text())[".greenledger"]
        known = {"CI_PROJECT_DIR": str(self.workspace)}
        stated = {
            name: _VARIABLE.sub(lambda found: known[found[1]], str(text))
            for name, text in template["variables"].items()
        }
        environment = self._base() | self._gitlab() | known | stated | variables
        self.code = self._sh("script", "\n".join(template["script"]), environment)
        return self

    def _gitlab(self) -> dict[str, str]:
        return {
            "GITLAB_CI": "true",
            "CI_API_V4_URL": self.forge_url,
            "CI_JOB_ID": "4711",
            "CI_JOB_NAME": "footprint",
            "CI_MERGE_REQUEST_IID": "12",
            "CI_PROJECT_ID": "99",
            "CI_PROJECT_PATH": "team/model",
            "GREENLEDGER_GITLAB_TOKEN": TOKEN,
        }


def _filled(text: str, known: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda found: known[found[1]], text)


def _is_true(condition: str, known: Mapping[str, str]) -> bool:
    expression = _EXPRESSION.fullmatch(condition)
    assert expression is not None
    comparison = _EQUALS.fullmatch(expression[1])
    assert comparison is not None, "a condition that these tests cannot judge"
    return known[comparison[1]] == comparison[2]


def _assignments(file: Path) -> dict[str, str]:
    """As the runner reads GITHUB_OUTPUT: a line for each."""
    lines = file.read_text().splitlines() if file.is_file() else []
    assert all("=" in line and "<<" not in line for line in lines)
    return dict(line.split("=", 1) for line in lines)


def work_file(folder: Path, name: str, *workloads: Mapping[str, Any]) -> str:
    """A file of workloads in a workspace; gives its name."""
    (folder / name).write_text("\n".join(json.dumps(one) for one in workloads) + "\n")
    return name
