"""Serial numbers: a counter for each registry's book, so that no two ranges ever share a number."""

import sqlite3

from marketplace_sandbox.outcome import Outcome

SCHEMA = """
CREATE TABLE IF NOT EXISTS serial_books (
  book TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL);
"""


def take_range(connection: sqlite3.Connection, book: str, count: int, outcome: Outcome) -> tuple[int, int]:
    """The next `count` numbers of a book, within a transaction; an outcome may spoil them.

    `used_serials` gives the range that was given last, `wrong_serials` one number too many.
    """
    row = connection.execute("SELECT first, last FROM serial_books WHERE book = ?", (book,)).fetchone()
    if outcome.used_serials and row is not None:
        return int(row["first"]), int(row["last"])
    first = int(row["last"]) + 1 if row is not None else 1
    last = first + count - 1
    connection.execute(
        "INSERT INTO serial_books VALUES (?, ?, ?) "
        "ON CONFLICT (book) DO UPDATE SET first = excluded.first, last = excluded.last",
        (book, first, last),
    )
    return first, last + int(outcome.wrong_serials)
