"""Why a workload or a report is refused."""

from __future__ import annotations

from collections.abc import Sequence

from greenledger.footprint.fields import FieldError


class ReportRefused(Exception):
    """A request that cannot be met: a stable code, a sentence, and each field with what would be right."""

    def __init__(self, code: str, detail: str, errors: Sequence[FieldError]) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
