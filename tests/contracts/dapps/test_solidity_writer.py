"""`scripts/interfaces/solidity.py`: what becomes of each kind of Vyper text."""

from __future__ import annotations

from pathlib import Path

import pytest

from dapps.solidity import compile_solidity
from scripts.interfaces.solidity import solidity_interface

HEAD = '"""\n@title Things\n@license Apache-2.0\n@notice Kept.\n"""\n\n'


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "IThing.vyi"
    path.write_text(HEAD + text)
    return solidity_interface(path)


def test_struct__fields__keep_their_comments(tmp_path: Path) -> None:
    text = "struct Part:\n    amount_ug: uint72  # ug CO2e\n    names: DynArray[String[8], 4]\n"
    assert "        uint72 amount_ug; // ug CO2e\n        string[] names;\n" in written(tmp_path, text)


def test_function__names_that_solidity_reserves__get_an_underscore(tmp_path: Path) -> None:
    text = (
        "@external\ndef thing(reference: uint256, thing: Bytes[4]):\n"
        '    """\n    @notice Takes it.\n    @param reference Which.\n'
        '    @param thing What.\n    """\n    ...\n'
    )
    solidity = written(tmp_path, text)
    assert "function thing(uint256 reference_, bytes calldata thing_) external;" in solidity
    assert "@param reference_ Which." in solidity
    assert "@license" not in solidity
    contracts, warnings = compile_solidity({"IThing.sol": solidity})
    assert not warnings
    assert contracts["IThing"]["devdoc"]["methods"]["thing(uint256,bytes)"]["params"] == {
        "reference_": "Which.",
        "thing_": "What.",
    }


def test_function__view_and_payable__are_said(tmp_path: Path) -> None:
    doc = '    """\n    @notice Does.\n    """\n    ...\n\n\n'
    text = f"@external\n@view\ndef read() -> uint72:\n{doc}@external\n@payable\ndef pay():\n{doc}"
    solidity = written(tmp_path, text)
    assert "function read() external view returns (uint72);" in solidity
    assert "function pay() external payable;" in solidity


def test_event__indexed_and_plain__are_kept(tmp_path: Path) -> None:
    solidity = written(tmp_path, "event Moved:\n    who: indexed(address)\n    reference: uint256\n")
    assert "    event Moved(\n        address indexed who,\n        uint256 reference_\n    );\n" in solidity
    assert "event One(bool done);" in written(tmp_path, "event One:\n    done: bool\n")


def test_type_without_solidity_form__is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^IThing.vyi:9: no Solidity form for: price: decimal$"):
        written(tmp_path, "struct Part:\n    amount_ug: uint72\n    price: decimal\n")
