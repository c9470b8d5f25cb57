"""The wheel brings the Vyper interfaces to others: `from greenledger.interfaces import IGreenLedger`.

The project of somebody else is real: its own virtual environment, ape and the compiler started from there,
and nothing of this repository in reach but the installed wheel.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from reports import TONNE_UG

from dapps.conftest import EXAMPLES, as_container
from dapps.solidity import PACKAGE, ROOT
from greenledger.chain.abi_files import NAMES, load_abi

PROGRAMS = {"ape": ("ape._cli", "cli"), "vyper": ("vyper.cli.vyper_compile", "_parse_cli_args")}
CONFIGURATION = """name: foreign
plugins:
  - name: vyper
vyper:
  evm_version: cancun
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree. Built in a copy, since setuptools leaves what it copied in `build/`."""
    tree = tmp_path_factory.mktemp("tree")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    shutil.copytree(
        ROOT / "backend", tree / "backend", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    target = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "-w", str(target)]
    run([sys.executable, "-m", "pip", "wheel", "-q", *options, str(tree)])
    (built,) = target.glob("*.whl")
    return built


@dataclass(frozen=True)
class ForeignProject:
    """Somebody else's ape project with its own virtual environment, which has ape and the compiler."""

    root: Path

    @property
    def packages(self) -> Path:
        python = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return self.root / "venv" / "lib" / python / "site-packages"

    def set_up(self) -> None:
        run([sys.executable, "-m", "venv", "--without-pip", str(self.root / "venv")])
        # Ape and the compiler from here. A line of a .pth file does not bring the .pth files found there, so
        # the editable install of this project stays out of reach.
        (self.packages / "tools.pth").write_text(sysconfig.get_path("purelib") + "\n")
        for name, (module, function) in PROGRAMS.items():
            program = self.root / "venv" / "bin" / name
            start = f"import sys\nfrom {module} import {function}\nsys.exit({function}())\n"
            program.write_text(f"#!{self.root}/venv/bin/python\n{start}")
            program.chmod(0o755)
        (self.root / "ape-config.yaml").write_text(CONFIGURATION)
        (self.root / "contracts").mkdir()

    def install(self, wheel: Path) -> None:
        options = ["--no-deps", "--no-index", "--target", str(self.packages)]
        run([sys.executable, "-m", "pip", "install", "-q", *options, str(wheel)])

    def compile(self) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        environment |= {
            "PATH": f"{self.root}/venv/bin{os.pathsep}{os.environ['PATH']}",
            "APE_DATA_FOLDER": str(self.root / "data"),
        }
        command = [str(self.root / "venv" / "bin" / "ape"), "compile", "--force"]
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    def compiled(self, name: str) -> Any:
        manifest = json.loads((self.root / ".build" / "__local__.json").read_text())
        found = manifest["contractTypes"][name]
        return as_container(name, found["abi"], found["deploymentBytecode"]["bytecode"])


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> ForeignProject:
    """A project that holds a copy of the example, as its first lines tell, and has installed nothing yet."""
    project = ForeignProject(tmp_path_factory.mktemp("foreign"))
    project.set_up()
    source = (EXAMPLES / "CoverageGate.vy").read_text()
    copied = source.replace("from ..interfaces import", "from greenledger.interfaces import")
    assert copied != source
    (project.root / "contracts" / "Copied.vy").write_text(copied)
    return project


def test_wheel__interfaces_and_abi__are_in_it_once(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    shipped = {Path(name).name for name in names if name.endswith(".vyi")}
    assert shipped == {path.name for path in (ROOT / "contracts" / "interfaces").glob("*.vyi")}
    assert len([name for name in names if name.endswith("IGreenLedger.vyi")]) == 1
    with ZipFile(wheel) as archive:
        abis = {Path(name).name: archive.read(name).decode() for name in names if "/abi/" in name}
    assert abis == {path.name: path.read_text() for path in (PACKAGE / "abi").iterdir()}


def test_load_abi__of_every_published_contract__is_the_one_in_the_npm_package() -> None:
    published = {path.stem: json.loads(path.read_text()) for path in (PACKAGE / "abi").iterdir()}
    assert {name: list(load_abi(name)) for name in NAMES} == published


def test_load_abi__of_another_contract__names_those_there_are() -> None:
    with pytest.raises(KeyError, match=r"no ABI of CertificateArt; there is one of .*CertificateCorrections"):
        load_abi("CertificateArt")


def test_wheel__in_a_project_of_somebody_else__its_interface_compiles_and_reads_the_ledger(
    foreign: ForeignProject, wheel: Path, owner: Any, ledger: Any, alice: Any, recorded: Any, allocated: Any
) -> None:
    without = foreign.compile()
    assert without.returncode != 0
    assert "from greenledger.interfaces import IGreenLedger" in without.stdout + without.stderr
    foreign.install(wheel)
    with_wheel = foreign.compile()
    assert with_wheel.returncode == 0, with_wheel.stderr
    gate = owner.deploy(foreign.compiled("Copied"), ledger)
    footprint = recorded(alice)
    allocated(alice, footprint, 31 * TONNE_UG)
    gate.list_model("tern-7b", footprint.footprint_hash, sender=alice)
    assert gate.is_model_covered(alice, "tern-7b")
    assert not gate.is_member(alice)
