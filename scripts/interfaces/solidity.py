"""Writes a Vyper interface file (`.vyi`) as a Solidity interface with the same types, events and NatSpec.

What Solidity lacks is said by the nearest thing it has: `String[64]` becomes `string`, `DynArray[T, 16]`
becomes `T[]`; the limits stay in the Vyper file. Names that Solidity reserves get a trailing underscore.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vyper import ast as vy
from vyper.ast import parse_to_ast

HEAD = """// SPDX-License-Identifier: Apache-2.0
// Generated from contracts/interfaces/{name}.vyi by `make generate`: do not edit.
pragma solidity >=0.8.0;
"""
# Solidity's words that mean something, or are kept free, where a Vyper name may stand.
RESERVED = frozenset(
    re.findall(
        r"\w+",
        """
        after alias apply auto byte case constant copyof default define error event final from immutable
        implements import in inline interface is let library macro mapping match memory modifier mutable new
        null of override partial payable private promise public pure receive reference relocatable sealed
        sizeof static storage supports switch this throw try type typedef typeof unchecked using var view
        virtual
        """,
    )
)
WIDTH = 110
INDENT = "    "


def solidity_interface(path: Path) -> str:
    """The Solidity text of one `.vyi` file."""
    return _Writer(path).text()


class _Writer:
    def __init__(self, path: Path) -> None:
        source = path.read_text(encoding="utf-8")
        self._name = path.stem
        self._lines = source.splitlines()
        self._module = parse_to_ast(source, is_interface=True)
        functions = self._module.get_children(vy.FunctionDef)
        self._functions = {function.name for function in functions}
        self._structs = {struct.name for struct in self._module.get_children(vy.StructDef)}

    def text(self) -> str:
        blocks: list[list[str]] = []
        for node in self._module.body:
            match node:
                case vy.StructDef():
                    blocks.append(list(self._struct(node)))
                case vy.EventDef():
                    blocks.append(list(self._event(node)))
                case vy.FunctionDef():
                    blocks.append(list(self._function(node)))
                case vy.ImportFrom(level=1):
                    pass  # written below the head
                case _:
                    raise ValueError(
                        f"{self._name}.vyi:{node.lineno}: {type(node).__name__} has no Solidity form"
                    )
        head = HEAD.format(name=self._name)
        imports = "".join(
            f'import {{{node.name}}} from "./{node.name}.sol";\n'
            for node in self._module.get_children(vy.ImportFrom)
        )
        documentation = "\n".join(_natspec(self._module.doc_string.value, "", {}))
        body = "\n\n".join("\n".join(INDENT + line if line else "" for line in block) for block in blocks)
        parts = [head, imports, f"{documentation}\ninterface {self._name} {{\n{body}\n}}\n"]
        return "\n".join(part for part in parts if part)

    def _struct(self, node: vy.StructDef) -> Iterator[str]:
        yield f"struct {node.name} {{"
        for field in node.body:
            yield f"{INDENT}{self._type(field.annotation)} {_allowed(field.target.id)};{self._comment(field)}"
        yield "}"

    def _event(self, node: vy.EventDef) -> Iterator[str]:
        if len(node.body) == 1 and not self._comment(node.body[0]):
            field = node.body[0]
            yield f"event {node.name}({self._event_type(field.annotation)} {_allowed(field.target.id)});"
            return
        yield f"event {node.name}("
        for at, field in enumerate(node.body):
            comma = "" if at == len(node.body) - 1 else ","
            name = f"{_allowed(field.target.id)}{comma}{self._comment(field)}"
            yield f"{INDENT}{self._event_type(field.annotation)} {name}"
        yield ");"

    def _function(self, node: vy.FunctionDef) -> Iterator[str]:
        renamed = {argument.arg: self._free_name(argument.arg) for argument in node.args.args}
        yield from _natspec(node.doc_string.value, "", renamed)
        arguments = [
            f"{self._type(argument.annotation, 'calldata')} {renamed[argument.arg]}"
            for argument in node.args.args
        ]
        decorators = {decorator.id for decorator in node.decorator_list}
        words = ["external", *sorted(decorators & {"view", "pure", "payable"})]
        if node.returns is not None:
            words.append(f"returns ({self._type(node.returns, 'memory')})")
        line = f"function {node.name}({', '.join(arguments)}) {' '.join(words)};"
        if len(INDENT + line) <= WIDTH:
            yield line
            return
        yield f"function {node.name}("
        for at, argument in enumerate(arguments):
            yield f"{INDENT}{argument}{'' if at == len(arguments) - 1 else ','}"
        yield f") {' '.join(words)};"

    def _free_name(self, name: str) -> str:
        # A parameter named like a function of the interface would make every compiler run warn.
        return f"{name}_" if name in self._functions else _allowed(name)

    def _event_type(self, node: vy.VyperNode) -> str:
        if isinstance(node, vy.Call) and node.func.id == "indexed":
            return f"{self._type(node.args[0])} indexed"
        return self._type(node)

    def _type(self, node: vy.VyperNode, location: str = "") -> str:
        """`location` is where Solidity keeps a value that is no single word: "calldata", "memory" or none."""
        name, in_one_word = self._plain_type(node)
        return name if in_one_word or not location else f"{name} {location}"

    def _plain_type(self, node: vy.VyperNode) -> tuple[str, bool]:
        match node:
            case vy.Name(id=name) if name in self._structs:
                return name, False
            case vy.Name(id=name) if re.fullmatch(r"u?int\d+|bytes\d+|address|bool", name):
                return name, True
            case vy.Attribute(value=vy.Name(id=interface), attr=struct):
                return f"{interface}.{struct}", False
            case vy.Subscript(value=vy.Name(id="String")):
                return "string", False
            case vy.Subscript(value=vy.Name(id="Bytes")):
                return "bytes", False
            case vy.Subscript(value=vy.Name(id="DynArray"), slice=vy.Tuple(elements=[element, _])):
                return f"{self._plain_type(element)[0]}[]", False
        raise self._no_form(node)

    def _no_form(self, node: vy.VyperNode) -> ValueError:
        line = self._lines[node.lineno - 1].strip()
        return ValueError(f"{self._name}.vyi:{node.lineno}: no Solidity form for: {line}")

    def _comment(self, node: vy.VyperNode) -> str:
        """The comment at the end of the node's line, which states unit or meaning."""
        _, found, comment = self._lines[node.lineno - 1].partition("#")
        return f" // {comment.strip()}" if found else ""


def _allowed(name: str) -> str:
    return f"{name}_" if name in RESERVED else name


def _natspec(text: str, indent: str, renamed: dict[str, str]) -> Iterator[str]:
    """A doc string as a NatSpec comment. The licence is left out: the first line of the file states it."""
    yield f"{indent}/**"
    for line in text.strip().splitlines():
        stripped = line.strip()
        if stripped.startswith("@license"):
            continue
        tag, _, rest = stripped.partition(" ")
        name, _, meaning = rest.partition(" ")
        if tag == "@param" and name in renamed:
            stripped = f"{tag} {renamed[name]} {meaning}"
        padding = "" if stripped.startswith("@") else INDENT
        yield f"{indent} * {padding}{stripped}".rstrip()
    yield f"{indent} */"
