"""What there is to cover: the lines that titanoboa counts and every decision that the source states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import vyper.ast as vy_ast
from boa.coverage import TitanoboaReporter
from vyper.ast.parse import parse_to_ast

from scripts.coverage.bytecode import BRANCHING, Branch, Place, only_jumps


@dataclass
class Source:
    """One contract or module file."""

    file: str
    text: list[str]
    # Line to cover -> lines of its statement, of those after it, of those before it.
    statements: dict[int, list[range]]
    # -> line of the first statement inside, 0 if there is none or it only jumps.
    branches: dict[Branch, int]


def read_source(path: Path, root: Path) -> Source:
    content = path.read_text()
    tree = parse_to_ast(content)
    file = path.relative_to(root).as_posix()
    to_cover = TitanoboaReporter(str(path)).lines()
    statements: dict[int, list[range]] = {}
    branches: dict[Branch, int] = {}
    for function in tree.get_children(vy_ast.FunctionDef):
        for block in blocks_in(function.body):
            for at, statement in enumerate(block):
                if only_jumps(statement):
                    continue
                near = [statement, *block[at + 1 :], *reversed(block[:at])]
                own, *others = [head(item) for item in near]
                statements |= {line: [own, *others] for line in own if line in to_cover}
        for node in function.get_descendants(BRANCHING):
            place = Place(file, node.lineno, node.col_offset)
            kind = type(node).__name__
            body = first_line_inside(node)
            parts = len(node.values) - 1 if isinstance(node, vy_ast.BoolOp) else 1
            branches |= {Branch(place, kind, part): body for part in range(parts)}
    return Source(file, content.splitlines(), statements, branches)


def blocks_in(body: list[vy_ast.VyperNode]) -> Iterator[list[vy_ast.VyperNode]]:
    """Lists of statements that follow each other, outer before inner."""
    yield body
    for statement in body:
        if isinstance(statement, vy_ast.If | vy_ast.For):
            yield from blocks_in(statement.body)
        if isinstance(statement, vy_ast.If) and statement.orelse:
            yield from blocks_in(statement.orelse)


def head(statement: vy_ast.VyperNode) -> range:
    """The lines of a statement, without those inside it."""
    if isinstance(statement, vy_ast.If):
        return range(statement.lineno, statement.test.end_lineno + 1)
    if isinstance(statement, vy_ast.For):
        return range(statement.lineno, statement.iter.end_lineno + 1)
    return range(statement.lineno, statement.end_lineno + 1)


def first_line_inside(node: vy_ast.VyperNode) -> int:
    if isinstance(node, vy_ast.If | vy_ast.For) and not only_jumps(node.body[0]):
        return int(node.body[0].lineno)
    return 0


def source_files(root: Path) -> list[Path]:
    return sorted((root / "contracts").rglob("*.vy"))
