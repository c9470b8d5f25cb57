"""From compiled contracts back to their source: each instruction's lines, each conditional jump's branch.

The compiler's own map of instructions to syntax nodes is used, which titanoboa's coverage plugin reads too.
"""

from __future__ import annotations

import site
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import vyper.ast as vy_ast
from vyper.codegen.ir_node import IRnode
from vyper.codegen.stmt import Stmt
from vyper.compiler import CompilerData
from vyper.compiler.input_bundle import FilesystemInputBundle
from vyper.compiler.settings import Settings, anchor_settings
from vyper.ir.compile_ir import assembly_to_evm

EVM_VERSION = "cancun"
JUMPI = 0x57
PUSH0, PUSH32 = 0x5F, 0x7F
BRANCHING = (vy_ast.If, vy_ast.Assert, vy_ast.IfExp, vy_ast.BoolOp, vy_ast.For)
DECIDING = (vy_ast.If, vy_ast.Assert, vy_ast.IfExp)
# What only holds other statements says nothing about its lines.
HOLDERS = (vy_ast.FunctionDef, vy_ast.Module)


@dataclass(frozen=True, order=True)
class Place:
    """Where a syntax node begins."""

    file: str  # seen from the project's root
    line: int
    column: int


@dataclass(frozen=True, order=True)
class Branch:
    """A decision that the source states.

    `part` counts the operands of `and` and `or`; of a loop, its jumps from the last: the one back to its
    start, and the one around a loop of no rounds.
    """

    place: Place
    kind: str  # If, Assert, IfExp, BoolOp or For
    part: int = 0


@dataclass
class Code:
    """One compiled program: the constructor's of a contract or the deployed one."""

    name: str
    content: bytes
    lines: dict[int, list[tuple[str, int]]] = field(default_factory=dict)  # pc -> file and line
    branches: dict[int, Branch] = field(default_factory=dict)  # pc of a conditional jump
    jumps_out: set[int] = field(default_factory=set)  # those that jump where others do not


@contextmanager
def loops_keep_their_source() -> Iterator[None]:
    """The compiler notes the source of a `range` loop's jumps and forgets that of a loop over a list."""
    original = Stmt.parse_For

    def parse_for(statement: Stmt) -> IRnode:
        node = original(statement)
        for repeat in outermost_loops(node):
            repeat.ast_source = statement.stmt
        return node

    Stmt.parse_For = parse_for
    try:
        yield
    finally:
        Stmt.parse_For = original


def outermost_loops(node: IRnode) -> Iterator[IRnode]:
    if node.value == "repeat":
        yield node
        return
    for part in node.args:
        yield from outermost_loops(part)


def compiler_data(path: Path, root: Path) -> CompilerData:
    """A contract as ape and titanoboa compile it."""
    packages = [Path(package) for package in site.getsitepackages()]
    bundle = FilesystemInputBundle([*packages, root])
    return CompilerData(bundle.load_file(path), bundle, settings=Settings(evm_version=EVM_VERSION))


def compile_codes(path: Path, root: Path) -> list[Code]:
    """Both programs of a contract, with what their instructions mean."""
    data = compiler_data(path, root)
    with anchor_settings(data.settings), loops_keep_their_source():
        deployed, deployed_map = assembly_to_evm(data.assembly_runtime)
        # Arguments follow the code and its metadata, so where they are read depends on the metadata's length.
        metadata = bytes.fromhex(data.integrity_sum)
        creation, creation_map = assembly_to_evm(data.assembly, compiler_metadata=metadata)
    # The constructor's program carries the deployed one behind it.
    constructor = creation[: creation.rindex(deployed)] if deployed else creation
    name = path.relative_to(root).as_posix()
    return [
        understand(name, deployed, deployed_map, root),
        understand(f"{name} (constructor)", constructor, creation_map, root),
    ]


def understand(name: str, content: bytes, maps: dict[str, Any], root: Path) -> Code:
    nodes, errors = maps["pc_raw_ast_map"], maps["error_map"]
    code = Code(name, content)
    jumps: dict[tuple[Place, str], list[int]] = defaultdict(list)
    lost: list[tuple[int, Any]] = []
    before: Any = None
    for pc, opcode in instructions(content):
        node = nodes.get(pc)
        if node is None:
            # Checks that the compiler adds have a message, decisions of the source have none.
            if opcode == JUMPI and pc not in errors and before is not None:
                lost.append((pc, before))
            continue
        before = node
        if not is_ours(node, root):
            continue
        code.lines[pc] = [(file_of(node, root), line) for line in lines_of(node)]
        if opcode == JUMPI and isinstance(node, BRANCHING):
            jumps[place_of(node, root), type(node).__name__].append(pc)
    # From the last, because a decision is the last that is made of its condition.
    for pc, before in reversed(lost):
        decision = decision_after(before)
        if decision is None or not is_ours(decision, root):
            continue
        found = jumps[place_of(decision, root), type(decision).__name__]
        if len(found) < expected_jumps(decision):
            found.append(pc)
            if isinstance(decision, vy_ast.If) and only_jumps(decision.body[0]):
                code.jumps_out.add(pc)
    for (place, kind), pcs in jumps.items():
        # A loop has its jump back at the end; before it there may be a check of its bound and a way around.
        in_order = sorted(pcs, reverse=kind == "For")
        code.branches |= {pc: Branch(place, kind, part) for part, pc in enumerate(in_order)}
    return code


def decision_after(node: vy_ast.VyperNode) -> vy_ast.VyperNode | None:
    """What is decided once this part of a condition is known.

    The optimizer makes `if x: return` one jump and forgets whose it is, as it does with some `and` and `or`.
    """
    if isinstance(node, vy_ast.Break | vy_ast.Continue):
        return node._parent if isinstance(node._parent, vy_ast.If) else None
    if isinstance(node, DECIDING):
        return node
    while (parent := node._parent) is not None and not isinstance(parent, HOLDERS):
        if isinstance(parent, vy_ast.BoolOp) and any(value is node for value in parent.values[:-1]):
            return parent
        if isinstance(parent, DECIDING) and parent.test is node:
            return parent
        node = parent
    return None


def expected_jumps(decision: vy_ast.VyperNode) -> int:
    return len(decision.values) - 1 if isinstance(decision, vy_ast.BoolOp) else 1


def only_jumps(statement: vy_ast.VyperNode) -> bool:
    """Whether a statement is a jump of the one around it; whether it ran shows in that one's branch."""
    is_bare_return = isinstance(statement, vy_ast.Return) and statement.value is None
    return is_bare_return or isinstance(statement, vy_ast.Break | vy_ast.Continue | vy_ast.Pass)


def place_of(node: vy_ast.VyperNode, root: Path) -> Place:
    return Place(file_of(node, root), node.lineno, node.col_offset)


def instructions(content: bytes) -> Iterator[tuple[int, int]]:
    pc = 0
    while pc < len(content):
        yield pc, content[pc]
        pc += 1 + max(0, content[pc] - PUSH0 if content[pc] <= PUSH32 else 0)


def is_ours(node: vy_ast.VyperNode, root: Path) -> bool:
    return Path(node.module_node.resolved_path).is_relative_to(root / "contracts")


def file_of(node: vy_ast.VyperNode, root: Path) -> str:
    return Path(node.module_node.resolved_path).relative_to(root).as_posix()


def lines_of(node: vy_ast.VyperNode) -> range:
    """The lines a node's instruction shows as run: of a compound statement its head only."""
    if isinstance(node, HOLDERS):
        return range(0)
    if isinstance(node, vy_ast.If):
        return range(node.lineno, node.test.end_lineno + 1)
    if isinstance(node, vy_ast.For):
        return range(node.lineno, node.iter.end_lineno + 1)
    return range(node.lineno, node.end_lineno + 1)


def contract_files(root: Path) -> list[Path]:
    """What is deployed: all but modules, which have no form of their own."""
    return sorted(path for path in (root / "contracts").rglob("*.vy") if "modules" not in path.parts)


def harness_files(root: Path) -> list[Path]:
    """Contracts of the tests that open the project's modules to them."""
    mocks = (root / "tests" / "contracts" / "mocks").rglob("*.vy")
    return sorted(path for path in mocks if "contracts.modules" in path.read_text())
