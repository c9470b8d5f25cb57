"""Which spans of a trace count, for any tree of spans and any order in which they come."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from greenledger.telemetry.nesting import Node, SpanKey, sort_spans

TRACE = "trace"


def node(name: str, parent: str | None, has_usage: bool = True) -> Node:
    return Node((TRACE, name), None if parent is None else (TRACE, parent), has_usage)


def received(exports: Sequence[Sequence[Node]]) -> list[str]:
    """The spans that are counted, in the order in which they are, with the marks kept in between."""
    known: dict[SpanKey, str] = {}
    counted: dict[str, None] = {}
    for export in exports:
        found = sort_spans(export, known)
        counted |= dict.fromkeys(sorted(name for _, name in found.counted))
        known |= found.marks
    return list(counted)


OUTER, MIDDLE, INNER = node("outer", None), node("middle", "outer", False), node("inner", "middle")


def test_nested_spans__in_one_export__the_innermost_counts() -> None:
    assert received([[OUTER, MIDDLE, INNER]]) == ["inner"]
    assert received([[INNER, MIDDLE, OUTER]]) == ["inner"]


def test_nested_spans__each_in_its_own_export_as_they_end__the_innermost_counts() -> None:
    assert received([[INNER], [MIDDLE], [OUTER]]) == ["inner"]


def test_nested_spans__the_outer_one_comes_first__it_counts_and_nothing_below_it() -> None:
    assert received([[OUTER], [MIDDLE], [INNER]]) == ["outer"]
    assert received([[OUTER], [MIDDLE, INNER]]) == ["outer"]


def test_two_calls_under_one_agent__the_agent_adds_them_up__both_count_and_the_agent_does_not() -> None:
    first, second = node("first", "agent"), node("second", "agent")

    assert received([[first], [second, node("agent", None)]]) == ["first", "second"]


def test_spans__sent_again__count_again_under_the_same_event() -> None:
    found = sort_spans([INNER], {INNER.key: "counted", MIDDLE.key: "covered"})

    assert found.counted == {INNER.key}
    assert found.marks == {}


def test_span__that_is_its_own_ancestor__ends() -> None:
    assert received([[node("a", "b"), node("b", "a"), node("c", "c")]]) == []


def test_spans_of_another_trace__with_the_same_span_ids__do_not_matter() -> None:
    other = Node(("other", "outer"), None, True)

    assert sort_spans([INNER, MIDDLE, other], {}).counted == {INNER.key, other.key}


@st.composite
def trees_in_exports(draw: st.DrawFn) -> list[list[Node]]:
    """A tree of up to 12 spans, dealt to exports in any order."""
    size = draw(st.integers(1, 12))
    nodes = [
        node(str(index), str(draw(st.integers(0, index - 1))) if index else None, draw(st.booleans()))
        for index in range(size)
    ]
    cuts = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    exports: list[list[Node]] = [[]]
    for item, cut in zip(draw(st.permutations(nodes)), cuts, strict=True):
        exports += [[]] if cut else []
        exports[-1].append(item)
    return exports


def ancestors(name: str, parents: dict[str, str | None]) -> list[str]:
    found = []
    above = parents[name]
    while above is not None:
        found.append(above)
        above = parents[above]
    return found


@given(trees_in_exports())
def test_any_tree_in_any_order__no_span_counts_together_with_one_above_it_that_it_saw_a_link_to(
    exports: list[list[Node]],
) -> None:
    parents = {item.key[1]: item.parent[1] if item.parent else None for part in exports for item in part}
    has_usage = {item.key[1]: item.has_usage for part in exports for item in part}
    counted = received(exports)

    assert all(has_usage[name] for name in counted)
    for name in counted:
        # A direct parent is always known of. Through spans in between, the link may come too late.
        assert parents[name] not in counted
    if len([part for part in exports if part]) == 1:
        innermost = {n for n in parents if has_usage[n]} - {
            above for n in parents if has_usage[n] for above in ancestors(n, parents)
        }
        assert set(counted) == innermost


@given(trees_in_exports())
def test_any_tree_whose_spans_come_as_they_end__the_innermost_count_and_no_others(
    exports: list[list[Node]],
) -> None:
    """Children end before their parents, and the SDKs send spans as they end."""
    nodes = sorted((item for part in exports for item in part), key=lambda item: -int(item.key[1]))
    sizes = [len(part) for part in exports]
    in_order = [nodes[sum(sizes[:index]) :][:size] for index, size in enumerate(sizes)]
    parents = {item.key[1]: item.parent[1] if item.parent else None for item in nodes}
    has_usage = {item.key[1] for item in nodes if item.has_usage}

    covered = {above for name in has_usage for above in ancestors(name, parents)}
    assert set(received(in_order)) == has_usage - covered


@given(trees_in_exports())
def test_any_tree__with_usage_somewhere__something_of_it_counts(exports: list[list[Node]]) -> None:
    has_usage = any(item.has_usage for part in exports for item in part)

    assert bool(received(exports)) == has_usage
