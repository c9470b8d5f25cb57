"""Request bodies read as strict JSON: a duplicate key, NaN or a 5,000-digit number never reaches a schema."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
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


class StrictRoute(APIRoute):
    """The route class of every router with a JSON body."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(StrictRequest(request.scope, request.receive))

        return strict
