"""The house rules find what they are there to find."""

from pathlib import Path

import pytest

from scripts.check import house_rules


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(house_rules, "ROOT", tmp_path)
    return tmp_path


def put(tree: Path, name: str, text: str) -> list[Path]:
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return [Path(name)]


def found(rule: house_rules.Rule, files: list[Path]) -> list[str]:
    return [text for _path, _line, text in rule(files)]


def test_router__branches_in_a_route__is_found(tree: Path) -> None:
    text = '@router.get("/x")\nasync def x(n: int) -> int:\n    if n:\n        return 1\n    return 2\n'
    files = put(tree, "backend/greenledger/api/routers/x.py", text)
    assert found(house_rules.routers_only_translate, files) == [
        "route x decides: move the branch to its package"
    ]


def test_router__only_translates__is_quiet(tree: Path) -> None:
    text = '@router.get("/x")\nasync def x(service: Service) -> Answer:\n    return await service.answer()\n'
    files = put(tree, "backend/greenledger/api/routers/x.py", text)
    assert found(house_rules.routers_only_translate, files) == []


def test_layers__model_imports_the_gateway__is_found(tree: Path) -> None:
    files = put(tree, "backend/greenledger/footprint/x.py", "from greenledger.api import app\n")
    assert found(house_rules.layers_hold, files) == ["footprint may not import api"]


def test_libraries__model_imports_a_package__is_found(tree: Path) -> None:
    files = put(tree, "backend/greenledger/footprint/x.py", "import numpy\n")
    assert found(house_rules.libraries_have_homes, files) == [
        "the model uses the standard library only, not numpy"
    ]


def test_length__a_long_python_file__is_found(tree: Path) -> None:
    files = put(tree, "backend/greenledger/api/x.py", "x = 1\n" * 301)
    assert found(house_rules.files_are_short, files) == ["has 301 lines, at most 300 are readable"]


def test_text__a_package_host__is_found(tree: Path) -> None:
    files = put(tree, "docs/x.md", "see https://files.python" + "hosted.example\n")
    assert found(house_rules.text_is_clean, files) == ["names a package registry's host"]


def test_text__a_path_of_one_machine__is_found(tree: Path) -> None:
    files = put(tree, "docs/x.md", "look into /ho" + "me/someone/project\n")
    assert found(house_rules.text_is_clean, files) == ["holds a path of one machine"]


def test_sandbox__imports_the_product__is_found(tree: Path) -> None:
    files = put(tree, "backend/marketplace_sandbox/x.py", "from greenledger.api import app\n")
    assert len(found(house_rules.the_sandbox_stands_alone, files)) == 1


def test_top_level__an_extra_folder__is_found(tree: Path) -> None:
    files = put(tree, "extras/x.md", "words\n")
    assert found(house_rules.top_level_is_fixed, files) == ["is not part of the fixed top level"]


def test_contracts__another_pragma__is_found(tree: Path) -> None:
    files = put(tree, "contracts/X.vy", "# pragma version 0.4.0\n# SPDX-License-Identifier: AGPL-3.0-only\n")
    assert found(house_rules.contracts_begin_alike, files) == ["must begin with the one version pragma"]
