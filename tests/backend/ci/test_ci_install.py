"""The install step, on a machine that has Python and nothing of ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from deployed import ROOT

SOURCES = ("backend", "scripts/ci")


def checkout(folder: Path) -> Path:
    """What the step installs from, in a place of its own: building writes beside the sources."""
    for name in SOURCES:
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, folder / file)
    return folder


def machine(folder: Path, **programs: str) -> dict[str, str]:
    """An environment whose PATH has the usual tools and these programs."""
    tools = folder / "bin"
    tools.mkdir()
    for name in ("sh", "dirname", "env"):
        (tools / name).symlink_to(str(shutil.which(name)))
    for name, target in programs.items():
        (tools / name).write_text(f'#!/bin/sh\nexec "{target}" "$@"\n')
        (tools / name).chmod(0o755)
    return {"PATH": str(tools), "HOME": str(folder), "TMPDIR": str(folder)}


def test_install__nothing_there__makes_an_environment_and_puts_it_on_the_path(tmp_path: Path) -> None:
    # No network and no building apart: setuptools and the dependencies are this interpreter's own. Pip reads
    # this variable the other way round: 0 is what --no-build-isolation is.
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0"}
    here = {"PYTHONPATH": sysconfig.get_path("purelib"), "GITHUB_PATH": str(tmp_path / "path.txt")}
    environment = machine(tmp_path, python3=sys.executable) | offline | here
    step = checkout(tmp_path / "checkout") / "scripts/ci/install.sh"
    done = subprocess.run(
        ["/bin/sh", str(step)], env=environment, capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("greenledger 0.")
    (folder,) = (tmp_path / "path.txt").read_text().splitlines()
    assert (Path(folder) / "greenledger").is_file()


def test_install__no_python_that_fits__says_which_it_needs(tmp_path: Path) -> None:
    environment = machine(tmp_path, python3="false")
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "scripts/ci/install.sh")], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 2 and "Python 3.11 to 3.13" in done.stderr


def test_install__there_already__installs_nothing(tmp_path: Path) -> None:
    environment = machine(tmp_path, greenledger=os.devnull)
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "scripts/ci/install.sh")], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0 and "installed already" in done.stdout
