"""Problem documents (RFC 9457) as the OpenAPI document describes them."""

from __future__ import annotations

from typing import Any

from greenledger.api.schemas.words import View


class FieldErrorView(View):
    """One wrong field: where it is, what is wrong, what would be right."""

    field: str
    problem: str
    expected: str


class ProblemView(View):
    """Every answer that is not a success."""

    type: str
    title: str
    status: int
    detail: str
    code: str  # stable, for programs
    errors: list[FieldErrorView]


_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemView"}}}

PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ProblemView, "description": "Refused: the request can be changed", "content": _PROBLEM},
    "5XX": {"model": ProblemView, "description": "Not possible now: try again", "content": _PROBLEM},
}
