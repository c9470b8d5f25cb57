"""The standard JSON input of the compiler: all a stranger needs to compile a contract to the same bytes."""

from __future__ import annotations

from typing import Any

from vyper.cli.vyper_json import compile_json

from scripts.deployment.artifacts import EVM_VERSION, Artifact


def standard_input(artifact: Artifact) -> dict[str, Any]:
    """Only what every verification service reads; imports are found from the root of the sources."""
    return {
        "language": "Vyper",
        "sources": {path: {"content": content} for path, content in sorted(artifact.sources.items())},
        "settings": {"evmVersion": EVM_VERSION, "outputSelection": {artifact.path: ["*"]}},
    }


def compiled_from(value: dict[str, Any], artifact: Artifact) -> bytes:
    """The creation code that the input gives; raises ValueError in the compiler's words if it gives none."""
    # All other outputs take many times as long, and say nothing more.
    settings = value["settings"] | {"outputSelection": {artifact.path: ["evm.bytecode.object"]}}
    output = compile_json(value | {"settings": settings})
    if errors := [error["message"] for error in output.get("errors", []) if error["severity"] == "error"]:
        raise ValueError("; ".join(errors))
    code: str = output["contracts"][artifact.path][artifact.name]["evm"]["bytecode"]["object"]
    return bytes.fromhex(code.removeprefix("0x"))
