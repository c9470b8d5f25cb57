"""Every small fault that can be put into a contract: one change of its source each.

Faults are found in the compiler's own syntax tree. Its positions are checked against the text, and a change
whose position does not hold what it should is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise

import vyper.ast as vy_ast
from vyper.ast.parse import parse_to_ast


@dataclass(frozen=True)
class Mutant:
    """One change: `before` at these offsets becomes `after`."""

    file: str
    line: int
    operator: str
    start: int
    before: str
    after: str

    def applied_to(self, text: str) -> str:
        end = self.start + len(self.before)
        assert text[self.start : end] == self.before
        return text[: self.start] + self.after + text[end:]

    @property
    def key(self) -> str:
        return f"{self.file}:{self.start}:{self.operator}:{self.after}"

    def as_json(self) -> dict[str, object]:
        return asdict(self)


Change = tuple[str, int, int, str]  # operator, start, end, after
Finder = Callable[["Text", vy_ast.VyperNode], Iterator[Change]]

COMPARISONS = {
    "Lt": ("<", "<="),
    "LtE": ("<=", "<"),
    "Gt": (">", ">="),
    "GtE": (">=", ">"),
    "Eq": ("==", "!="),
    "NotEq": ("!=", "=="),
    "In": ("in", "not in"),
    "NotIn": ("not in", "in"),
}
ARITHMETIC = {
    "Add": ("+", "-"),
    "Sub": ("-", "+"),
    "Mult": ("*", "//"),
    "FloorDiv": ("//", "*"),
    "Mod": ("%", "//"),
    "Pow": ("**", "*"),
    "LShift": ("<<", ">>"),
    "RShift": (">>", "<<"),
    "BitAnd": ("&", "|"),
    "BitOr": ("|", "&"),
    "BitXor": ("^", "&"),
}
# Who may call: each of these stands for another one.
ROLES = {
    "msg.sender": "tx.origin",
    "self.guardian": "ownable.owner",
    "ownable.owner": "self.guardian",
}
SWAPPED_CALLS = {"min": "max", "max": "min"}
REMOVED = {
    "Assert": "assert removed",
    "Assign": "write removed",
    "AugAssign": "write removed",
    "Log": "event removed",
    "Expr": "call removed",
    "Break": "break removed",
    "Continue": "continue removed",
}


class Text:
    """Source text with offsets for the lines and columns of the syntax tree."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.starts = [0]
        for line in content.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column

    def start(self, node: vy_ast.VyperNode) -> int:
        return self.offset(node.lineno, node.col_offset)

    def end(self, node: vy_ast.VyperNode) -> int:
        return self.offset(node.end_lineno, node.end_col_offset)

    def of(self, node: vy_ast.VyperNode) -> str:
        return self.content[self.start(node) : self.end(node)]

    def between(self, left: vy_ast.VyperNode, right: vy_ast.VyperNode, token: str) -> int | None:
        """Where an operator stands between its operands."""
        gap = self.content[self.end(left) : self.start(right)]
        if gap.replace("(", " ").replace(")", " ").split() != token.split():
            return None
        return self.end(left) + gap.index(token)


def comparison(text: Text, node: vy_ast.VyperNode) -> Iterator[Change]:
    if isinstance(node, vy_ast.Compare):
        yield from replaced_operator(text, node, COMPARISONS, "comparison changed")


def arithmetic(text: Text, node: vy_ast.VyperNode) -> Iterator[Change]:
    if isinstance(node, vy_ast.BinOp):
        yield from replaced_operator(text, node, ARITHMETIC, "arithmetic changed")
    if isinstance(node, vy_ast.AugAssign):
        for token, other in ARITHMETIC.values():
            start = text.between(node.target, node.value, f"{token}=")
            if start is not None:
                yield "arithmetic changed", start, start + len(token), other


def replaced_operator(
    text: Text, node: vy_ast.VyperNode, table: dict[str, tuple[str, str]], name: str
) -> Iterator[Change]:
    token, other = table[type(node.op).__name__]
    start = text.between(node.left, node.right, token)
    if start is not None:
        yield name, start, start + len(token), other


def logic(text: Text, node: vy_ast.VyperNode) -> Iterator[Change]:
    if isinstance(node, vy_ast.BoolOp):
        token, other = ("and", "or") if isinstance(node.op, vy_ast.And) else ("or", "and")
        for left, right in pairwise(node.values):
            start = text.between(left, right, token)
            if start is not None:
                yield "and/or swapped", start, start + len(token), other
    if isinstance(node, vy_ast.UnaryOp) and isinstance(node.op, vy_ast.Not):
        yield "not removed", text.start(node), text.start(node) + len("not "), ""


def condition(text: Text, node: vy_ast.VyperNode) -> Iterator[Change]:
    """A branch that is always or never taken."""
    if isinstance(node, vy_ast.If | vy_ast.IfExp):
        test = text.of(node.test)
        yield "condition always true", text.start(node.test), text.end(node.test), f"(({test}) or True)"
        yield "condition always false", text.start(node.test), text.end(node.test), f"(({test}) and False)"
    if isinstance(node, vy_ast.IfExp):
        body, orelse = text.of(node.body), text.of(node.orelse)
        swapped = f"{orelse} if {text.of(node.test)} else {body}"
        yield "ternary swapped", text.start(node), text.end(node), swapped


def constant(text: Text, node: vy_ast.VyperNode) -> Iterator[Change]:
    if isinstance(node, vy_ast.Int) and re.fullmatch(r"[\d_]+", text.of(node)):
        is_bound = isinstance(node._parent, vy_ast.keyword) and node._parent.arg == "bound"
        if not is_bound:  # a larger bound of a loop changes nothing
            yield "constant plus one", text.start(node), text.end(node), str(node.value + 1)
        if node.value > 0:
            yield "constant minus one", text.start(node), text.end(node), str(node.value - 1)
    if isinstance(node, vy_ast.NameConstant) and text.of(node) in {"True", "False"}:
        yield "flag changed", text.start(node), text.end(node), str(not node.value)


def removal(text: Text, node: vy_ast.VyperNode) -> Iterator[Change]:
    name = REMOVED.get(type(node).__name__)
    if name and text.of(node).strip():
        yield name, text.start(node), text.end(node), "pass"


def role(text: Text, node: vy_ast.VyperNode) -> Iterator[Change]:
    if isinstance(node, vy_ast.Attribute) and text.of(node) in ROLES:
        parent = node._parent
        written = isinstance(parent, vy_ast.Assign | vy_ast.AugAssign) and parent.target is node
        if not written:
            yield "role swapped", text.start(node), text.end(node), ROLES[text.of(node)]


def arguments(text: Text, node: vy_ast.VyperNode) -> Iterator[Change]:
    """Neighbouring arguments or fields in the wrong order; those of other types do not compile."""
    if not isinstance(node, vy_ast.Call):
        return
    if text.of(node.func) in SWAPPED_CALLS:
        yield "min/max swapped", text.start(node.func), text.end(node.func), SWAPPED_CALLS[text.of(node.func)]
    values = [*node.args] if node.args else [item.value for item in node.keywords]
    for left, right in pairwise(values):
        between = text.content[text.end(left) : text.start(right)]
        if text.of(left) != text.of(right):
            swapped = f"{text.of(right)}{between}{text.of(left)}"
            yield "arguments swapped", text.start(left), text.end(right), swapped


def index(text: Text, node: vy_ast.VyperNode) -> Iterator[Change]:
    """Another variable of the same type where something is looked up."""
    if not (isinstance(node, vy_ast.Subscript) and isinstance(node.slice, vy_ast.Name)):
        return
    function = node.get_ancestor(vy_ast.FunctionDef)
    if function is None:
        return
    types = {argument.arg: text.of(argument.annotation) for argument in function.args.args}
    types |= {
        item.target.id: text.of(item.annotation)
        for item in function.get_descendants(vy_ast.AnnAssign)
        if isinstance(item.target, vy_ast.Name) and item.lineno < node.lineno
    }
    name = node.slice.id
    others = [other for other in types if other != name and types[other] == types.get(name)]
    for other in others[:1]:
        yield "wrong index", text.start(node.slice), text.end(node.slice), other


def early_return(text: Text, node: vy_ast.VyperNode) -> Iterator[Change]:
    if isinstance(node, vy_ast.FunctionDef) and node.returns is None and node.name != "__init__":
        first = node.body[0]
        indent = " " * first.col_offset
        yield "early return", text.start(first), text.start(first), f"return\n{indent}"
    if isinstance(node, vy_ast.Return) and node.value is not None:
        returned = text.of(node.get_ancestor(vy_ast.FunctionDef).returns)
        yield "returns nothing", text.start(node.value), text.end(node.value), f"empty({returned})"


FINDERS: tuple[Finder, ...] = (
    *(comparison, arithmetic, logic, condition, constant, removal),
    *(role, arguments, index, early_return),
)


def find_mutants(file: str, content: str) -> list[Mutant]:
    """All faults of one file, in the order of its lines."""
    text = Text(content)
    found: dict[str, Mutant] = {}
    for node in nodes_to_change(parse_to_ast(content)):
        for finder in FINDERS:
            for operator, start, end, after in finder(text, node):
                line = content.count("\n", 0, start) + 1
                mutant = Mutant(file, line, operator, start, content[start:end], after)
                found.setdefault(mutant.key, mutant)
    return sorted(found.values(), key=lambda mutant: (mutant.start, mutant.operator, mutant.after))


def nodes_to_change(module: vy_ast.Module) -> Iterator[vy_ast.VyperNode]:
    """Functions and constants; types, imports and exports hold nothing that could be wrong by one."""
    for top in module.body:
        if isinstance(top, vy_ast.FunctionDef):
            yield top
            for statement in top.body:
                yield statement
                yield from (node for node in statement.get_descendants() if not in_type(node))
        elif isinstance(top, vy_ast.VariableDecl) and top.is_constant:
            yield from [top.value, *top.value.get_descendants()]


def in_type(node: vy_ast.VyperNode) -> bool:
    """Whether a node is part of a type, as 32 in Bytes[32]."""
    child = node
    while (parent := child._parent) is not None and not isinstance(child, vy_ast.FunctionDef):
        if isinstance(parent, vy_ast.AnnAssign) and parent.annotation is child:
            return True
        if isinstance(parent, vy_ast.Call) and is_type_argument(parent, child):
            return True
        child = parent
    return False


def is_type_argument(call: vy_ast.Call, argument: vy_ast.VyperNode) -> bool:
    names = {"convert": 1, "empty": 0, "abi_decode": 1, "max_value": 0, "min_value": 0}
    position = names.get(getattr(call.func, "id", ""))
    return position is not None and len(call.args) > position and call.args[position] is argument
