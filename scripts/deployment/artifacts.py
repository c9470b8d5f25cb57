"""What a contract of this project compiles to, straight from its source: nothing cached, nothing of ape's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import cbor2
import snekmate
import vyper
from eth_abi.abi import encode
from vyper.compiler import outputs_from_compiler_data
from vyper.compiler.input_bundle import FileInput, FilesystemInputBundle
from vyper.compiler.phases import CompilerData
from vyper.compiler.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
EVM_VERSION = "cancun"
COMPILER = {"vyper": f"{vyper.__version__}+commit.{vyper.__commit__}", "evm_version": EVM_VERSION}

# Where `snekmate/` is: imports of it are found there, and named by their path below it.
LIBRARIES = Path(snekmate.__path__[0]).resolve().parent


@dataclass(frozen=True)
class Immutable:
    """One value that the constructor writes behind the runtime code; `offset` counts from that code's end."""

    name: str
    type: str
    offset: int
    length: int


@dataclass(frozen=True)
class Artifact:
    """A compiled contract. `sources` has every file it was made of, by path, its own among them."""

    name: str
    path: str
    abi: list[dict[str, Any]]
    creation_code: bytes  # without constructor arguments; ends with the compiler's metadata
    runtime_code: bytes  # without immutables
    immutables: tuple[Immutable, ...]
    sources: dict[str, str]

    @property
    def integrity(self) -> bytes:
        """The compiler's hash over the source and everything it imports: a changed comment changes it."""
        return integrity_in(self.creation_code)

    @cached_property
    def source_hashes(self) -> dict[str, str]:
        return {
            path: hashlib.sha256(content.encode()).hexdigest()
            for path, content in sorted(self.sources.items())
        }

    @property
    def constructor(self) -> list[dict[str, Any]]:
        """Inputs of the constructor as the ABI has them."""
        found = (entry["inputs"] for entry in self.abi if entry["type"] == "constructor")
        return next(found, [])

    def encode_arguments(self, arguments: list[Any]) -> bytes:
        """ABI encoding of constructor arguments as a deployment file has them: structs as objects."""
        inputs = self.constructor
        types = [_canonical(entry) for entry in inputs]
        return encode(types, [_value(entry, value) for entry, value in zip(inputs, arguments, strict=True)])

    def with_integrity(self, integrity: bytes) -> bytes:
        """The creation code as it would be if only the hash of the sources were another."""
        if len(integrity) != len(self.integrity):
            raise ValueError("an integrity hash has 32 bytes")
        at = len(self.creation_code) - suffix_length(self.creation_code)
        suffix = self.creation_code[at:].replace(self.integrity, integrity, 1)
        return self.creation_code[:at] + suffix


def suffix_length(creation_code: bytes) -> int:
    """Length of the metadata that the compiler appends; its last two bytes say it, themselves included."""
    return int.from_bytes(creation_code[-2:], "big")


def integrity_in(creation_code: bytes) -> bytes:
    """The integrity hash inside a creation code without arguments; raises ValueError if there is none."""
    try:
        metadata = cbor2.loads(creation_code[-suffix_length(creation_code) : -2])
        integrity = metadata[0]
    except (cbor2.CBORDecodeError, IndexError, TypeError, KeyError):
        raise ValueError("no compiler metadata at the end of the creation code") from None
    if not isinstance(integrity, bytes) or len(integrity) != 32:
        raise ValueError("no integrity hash in the compiler metadata")
    return integrity


def compile_contract(name: str, root: Path = ROOT) -> Artifact:
    """Compiles `contracts/` or `contracts/adapters/<name>.vy` below `root`; raises FileNotFoundError."""
    file = find_source(name, root)
    if file is None:
        raise FileNotFoundError(f"no contract {name} in this source")
    bundle = FilesystemInputBundle([LIBRARIES, root])
    loaded = bundle.load_file(file)
    assert isinstance(loaded, FileInput)
    data = CompilerData(loaded, bundle, settings=Settings(evm_version=EVM_VERSION))
    formats = ("abi", "bytecode", "bytecode_runtime", "layout")
    output = outputs_from_compiler_data(data, formats)
    return Artifact(
        name=name,
        path=file.relative_to(root).as_posix(),
        abi=output["abi"],
        creation_code=_bytes(output["bytecode"]),
        runtime_code=_bytes(output["bytecode_runtime"]),
        immutables=tuple(_immutables(output["layout"].get("code_layout", {}))),
        sources=_sources(data, root),
    )


def find_source(name: str, root: Path = ROOT) -> Path | None:
    """Where a contract's source is, if there is one."""
    root = root.resolve()
    places = (root / "contracts" / f"{name}.vy", root / "contracts" / "adapters" / f"{name}.vy")
    return next((place for place in places if place.exists()), None)


def _sources(data: CompilerData, root: Path) -> dict[str, str]:
    imported = [file for file in data.resolved_imports.compiler_inputs if not file.from_builtin]
    root = root.resolve()
    found: dict[str, str] = {}
    for file in [data.file_input, *imported]:
        place = root if file.resolved_path.is_relative_to(root / "contracts") else LIBRARIES
        found[file.resolved_path.relative_to(place).as_posix()] = file.contents
    return found


def _immutables(layout: dict[str, Any], prefix: str = "") -> list[Immutable]:
    """Flattens the compiler's layout, in which each module has its own."""
    found: list[Immutable] = []
    for name, entry in layout.items():
        if "offset" in entry:
            found.append(Immutable(prefix + name, entry["type"], entry["offset"], entry["length"]))
        else:
            found += _immutables(entry, f"{prefix}{name}.")
    return sorted(found, key=lambda immutable: immutable.offset)


def _canonical(entry: dict[str, Any]) -> str:
    kind: str = entry["type"]
    if not kind.startswith("tuple"):
        return kind
    return f"({','.join(map(_canonical, entry['components']))}){kind.removeprefix('tuple')}"


def _value(entry: dict[str, Any], value: Any) -> Any:
    kind: str = entry["type"]
    if kind.endswith("]"):
        inner = entry | {"type": kind[: kind.rindex("[")]}
        return [_value(inner, item) for item in value]
    if kind == "tuple":
        return tuple(_value(part, value[part["name"]]) for part in entry["components"])
    return value


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))
