"""Where estimates go: JSON to a stream, tables to a person, rejections to their report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rich.console import Console

from greenledger.cli.batch import Estimated, Totals, rejected_as_json
from greenledger.cli.rejections import report_rejected
from greenledger.cli.show import show_estimate
from greenledger.cli.show_batch import BatchTable, show_rejected
from greenledger.evidence.methodology import estimate_as_json
from greenledger.footprint.explain import explain
from greenledger.footprint.factors import FactorSet
from greenledger.intake import Rejected


@dataclass(frozen=True, slots=True)
class Results:
    """`json` takes the results for programs, None if nobody asked; `tables`: whether a person reads along.

    `report` is the file for rejections, None for standard error.
    """

    factors: FactorSet
    json: TextIO | None
    tables: bool
    report: Path | None

    def _write(self, value: object, indent: int | None = None) -> None:
        if self.json is not None:
            self.json.write(json.dumps(value, indent=indent, ensure_ascii=False) + "\n")

    def one(self, row: Estimated) -> None:
        """One workload: a single JSON document, or everything there is to say about it."""
        explanation = explain(row.workload, self.factors, row.estimate)
        document = estimate_as_json(row.estimate, self.factors)
        self._write(document | {"explanation": explanation.as_json()}, indent=2)
        if self.tables:
            show_estimate(Console(), row.estimate, explanation, self.factors)

    def many(self, rows: Iterable[Estimated | Rejected]) -> Totals:
        """Many workloads: JSON Lines with the totals last, or a table. Each row ends in one of both.

        Raises CannotOpen if the report cannot be written.
        """
        totals, table = Totals(), BatchTable()
        report_rejected(self._estimates_kept(rows, totals, table), self.report)
        self._write(totals.as_json(self.factors))
        if self.tables and totals.estimated:
            table.show(Console(), totals)
        if totals.rejected:
            show_rejected(Console(stderr=True), totals, self.report)
        return totals

    def _estimates_kept(
        self, rows: Iterable[Estimated | Rejected], totals: Totals, table: BatchTable
    ) -> Iterator[Rejected]:
        """Passes rejections on and keeps the rest, so that neither kind is ever held in memory."""
        for row in rows:
            totals.add(row)
            if isinstance(row, Rejected):
                self._write(rejected_as_json(row))
                yield row
            else:
                self._write(row.as_json(self.factors))
                table.add(row)
