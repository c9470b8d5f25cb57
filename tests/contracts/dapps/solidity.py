"""Solidity through the pinned compiler that `contracts/npm` brings (solc-js)."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "contracts" / "npm"
# What a contract writes in front of a file of the package, as npm installs it.
IMPORT_PREFIX = json.loads((PACKAGE / "package.json").read_text())["name"]


def package_sources() -> dict[str, str]:
    """Every interface of the package under the name that imports use."""
    paths = sorted((PACKAGE / "interfaces").glob("*.sol"))
    return {f"{IMPORT_PREFIX}/interfaces/{path.name}": path.read_text() for path in paths}


@cache
def _standard_json(text: str) -> dict[str, Any]:
    compiler = PACKAGE / "node_modules" / "solc" / "solc.js"
    assert compiler.exists(), "solc is not installed: run make setup"
    command = [ROOT / "scripts" / "node.sh", "node", compiler, "--standard-json"]
    # Files, not pipes: the compiler reads its input at once, whether or not it is there yet (EAGAIN), and
    # exits before a pipe has taken more output than it holds.
    with TemporaryFile("w+") as question, TemporaryFile("w+") as answer:
        question.write(text)
        question.seek(0)
        subprocess.run(command, stdin=question, stdout=answer, check=True)
        answer.seek(0)
        content = answer.read()
    # Lines before the answer name the callback that it was started with.
    output: dict[str, Any] = json.loads(content[content.index("{") :])
    return output


def compile_solidity(sources: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Contract by name, each with `abi`, `bytecode`, `userdoc` and `devdoc`; and every warning.

    Raises ValueError with the compiler's own words if anything is wrong.
    """
    wanted = ["abi", "evm.bytecode.object", "userdoc", "devdoc"]
    request = {
        "language": "Solidity",
        "sources": {name: {"content": content} for name, content in sources.items()},
        "settings": {
            "evmVersion": "cancun",
            "optimizer": {"enabled": True, "runs": 200},
            "outputSelection": {"*": {"*": wanted}},
        },
    }
    output = _standard_json(json.dumps(request))
    messages = output.get("errors", [])
    errors = [message["formattedMessage"] for message in messages if message["severity"] == "error"]
    if errors:
        raise ValueError("\n".join(errors))
    contracts = {
        name: contract | {"bytecode": contract["evm"]["bytecode"]["object"]}
        for file in output["contracts"].values()
        for name, contract in file.items()
    }
    return contracts, [message["formattedMessage"] for message in messages]
