"""Request bodies read as strict JSON: a duplicate key, NaN or a 5,000-digit number never reaches a schema."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from greenledger.api.problems import Problem
from greenledger.footprint.fields import FieldError
from greenledger.footprint.strict_json import InvalidJson, loads_strict


class StrictRequest(Request):
    async def json(self) -> Any:
        try:
            return loads_strict(await self.body())
        except InvalidJson as error:
            reason = FieldError("body", str(error), "one JSON object with every key once")
            raise Problem(422, "invalid_json", "The body is not strict JSON.", [reason]) from error


async def _unread_body(request: Request) -> Problem | None:
    """Why the body never reached a schema, if it did not: it is empty, or not declared as JSON."""
    if not await request.body():
        reason = FieldError("body", "is empty", "a JSON body, with Content-Type: application/json")
        return Problem(422, "invalid_request", "The request needs a JSON body.", [reason])
    stated = request.headers.get("content-type", "")
    declared = Message()
    declared["content-type"] = stated
    subtype = declared.get_content_subtype()
    if declared.get_content_maintype() == "application" and (subtype == "json" or subtype.endswith("+json")):
        return None
    problem = f"is {stated[:100]}" if stated else "is missing"
    reason = FieldError("header Content-Type", problem, "application/json")
    return Problem(415, "unsupported_media_type", "The body is not declared as JSON.", [reason])


class StrictRoute(APIRoute):
    """The route class of every router with a JSON body."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            strictly = StrictRequest(request.scope, request.receive)
            try:
                return await handler(strictly)
            except RequestValidationError as error:
                # Here, not before the handler: who may not ask at all is told that first.
                if self.body_field is not None and (problem := await _unread_body(strictly)) is not None:
                    raise problem from error
                raise

        return strict
