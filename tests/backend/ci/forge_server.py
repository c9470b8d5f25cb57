"""A stand-in for the API of a forge: it keeps the comments that it is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipelines import TOKEN
from sandbox_server import ServerThread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

ME = {"id": 5, "login": "greenledger-ci", "type": "Bot"}
SOMEBODY = {"id": 6, "login": "somebody", "type": "User"}


@dataclass
class Comments:
    """`refusing` is a status that every request gets; `elsewhere` a URL that it is sent to."""

    items: list[dict[str, Any]] = field(default_factory=list)
    refusing: int = 0
    elsewhere: str = ""

    def bodies(self) -> list[str]:
        return [item["body"] for item in self.items]

    def add(self, body: str, user: dict[str, Any]) -> dict[str, Any]:
        made = {"id": len(self.items) + 1, "body": body, "user": user, "author": user}
        self.items.append(made)
        return made


class ForgeServer(ServerThread):
    """GitHub's and GitLab's routes for comments, on one URL."""

    def __init__(self) -> None:
        self.comments = Comments()
        super().__init__(
            Starlette(
                routes=[
                    Route("/user", self._user),
                    Route("/repos/team/model/issues/12/comments", self._all, methods=["GET", "POST"]),
                    Route("/repos/team/model/issues/comments/{at:int}", self._one, methods=["PATCH"]),
                    Route("/projects/99/merge_requests/12/notes", self._all, methods=["GET", "POST"]),
                    Route("/projects/99/merge_requests/12/notes/{at:int}", self._one, methods=["PUT"]),
                ]
            )
        )

    def forget(self) -> None:
        self.comments = Comments()

    def _refusal(self, request: Request) -> Response | None:
        if self.comments.elsewhere:
            return RedirectResponse(self.comments.elsewhere)
        if self.comments.refusing:
            return JSONResponse({"message": "no"}, self.comments.refusing)
        shown = (request.headers.get("authorization"), request.headers.get("private-token"))
        return None if shown in ((f"Bearer {TOKEN}", None), (None, TOKEN)) else JSONResponse({}, 401)

    async def _user(self, request: Request) -> Response:
        return self._refusal(request) or JSONResponse(ME)

    async def _all(self, request: Request) -> Response:
        if refused := self._refusal(request):
            return refused
        if request.method == "POST":
            return JSONResponse(self.comments.add((await request.json())["body"], ME), 201)
        page, size = int(request.query_params["page"]), int(request.query_params["per_page"])
        return JSONResponse(self.comments.items[(page - 1) * size : page * size])

    async def _one(self, request: Request) -> Response:
        if refused := self._refusal(request):
            return refused
        item = self.comments.items[request.path_params["at"] - 1]
        item["body"] = (await request.json())["body"]
        return JSONResponse(item)
