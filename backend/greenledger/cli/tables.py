"""Tables that show what came from outside as text and never as markup."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text


def new_table(title: str, columns: Iterable[str], right: Iterable[str] = ()) -> Table:
    """An empty table; the columns in `right` hold numbers."""
    table = Table(title=title, title_justify="left")
    numbers = set(right)
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return table


def add_row(table: Table, *cells: str) -> None:
    table.add_row(*(Text(cell) for cell in cells))
