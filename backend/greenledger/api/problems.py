"""Errors as RFC 9457 problem documents: what was wrong, where, and what would be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import Send

from greenledger.api.schemas.words import IN_WORDS
from greenledger.footprint.fields import MOST_ERRORS, FieldError

MEDIA_TYPE = "application/problem+json"


class Problem(HTTPException):
    """A refusal that the client can act on. `code` is stable, `detail` is for people."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status_code=status, detail=detail, headers=headers)
        self.code = code
        self.errors = tuple(errors)


def problem_response(problem: Problem) -> JSONResponse:
    return JSONResponse(
        {
            "type": "about:blank",
            "title": HTTPStatus(problem.status_code).phrase,
            "status": problem.status_code,
            "detail": problem.detail,
            "code": problem.code,
            "errors": [asdict(error) for error in problem.errors],
        },
        status_code=problem.status_code,
        headers=problem.headers,
        media_type=MEDIA_TYPE,
    )


async def send_problem(problem: Problem, send: Send) -> None:
    """Sends a problem from a middleware, where no exception handler is around."""
    response = problem_response(problem)
    await send(
        {"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers}
    )
    await send({"type": "http.response.body", "body": response.body})


def field_path(location: Sequence[str | int]) -> str:
    """('body', 'workload_ids', 0) -> 'workload_ids[0]'."""
    path = ""
    for step in location[1:] or location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path


_CODES = {401: "unauthenticated", 403: "forbidden", 404: "not_found", 405: "method_not_allowed"}


async def _on_http_exception(_request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, Problem):
        return problem_response(error)
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, HTTPStatus(error.status_code).phrase.lower().replace(" ", "_"))
    return problem_response(Problem(error.status_code, code, str(error.detail), headers=error.headers))


_PROBLEMS = {"missing": "is missing", "extra_forbidden": "is not known here"}
_EXPECTED = {"missing": "a value, which is required", "extra_forbidden": "no such field"}
_OPENINGS = ("Input should be ", "String should have ", "List should have ", "Value error, expected ")


def _expected(item: Mapping[str, Any]) -> str:
    """What would be right, in words. pydantic's message states what it expects; the input is not echoed."""
    if item["type"] == "string_pattern_mismatch":
        return IN_WORDS.get(item["ctx"]["pattern"], str(item["msg"]))
    text = _EXPECTED.get(item["type"], str(item["msg"]))
    for opening in _OPENINGS:
        text = text.removeprefix(opening)
    return text


async def _on_invalid_request(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [
        FieldError(
            field_path(item["loc"]),
            _PROBLEMS.get(item["type"], "is not valid"),
            _expected(item),
        )
        for item in error.errors()[:MOST_ERRORS]
    ]
    return problem_response(
        Problem(422, "invalid_request", "The request has fields that are not valid.", errors)
    )


def install_problem_handlers(app: FastAPI) -> None:
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
