"""A stand-in of a vendor's model API: chat completions, also streamed, and embeddings, with fixed usage."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Body, FastAPI
from fastapi.responses import JSONResponse, Response, StreamingResponse

ANSWER = "The purple elephant answers quietly."
USAGE: dict[str, Any] = {
    "prompt_tokens": 1200,
    "completion_tokens": 300,
    "total_tokens": 1500,
    "prompt_tokens_details": {"cached_tokens": 1000},
    "completion_tokens_details": {"reasoning_tokens": 256},
}
DATED = {"gpt-4o": "gpt-4o-2024-08-06", "bge-m3": "bge-m3"}


def model_app() -> FastAPI:
    """Answers as the vendor does, with the dated name of the model."""
    app = FastAPI()
    app.add_api_route("/v1/chat/completions", _chat, methods=["POST"])
    app.add_api_route("/v1/embeddings", _embeddings, methods=["POST"])
    return app


async def _chat(body: Annotated[dict[str, Any], Body()]) -> Response:
    model = DATED[body["model"]]
    if body.get("stream"):
        return StreamingResponse(_chunks(model), media_type="text/event-stream")
    message = {"role": "assistant", "content": ANSWER}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return JSONResponse(_common(model, "chat.completion") | {"choices": [choice], "usage": USAGE})


def _common(model: str, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 1_760_000_000, "model": model}


def _chunks(model: str) -> Iterator[str]:
    common = _common(model, "chat.completion.chunk")
    for word in ANSWER.split():
        delta = {"role": "assistant", "content": f"{word} "}
        yield _event(common | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    yield _event(common | {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    yield _event(common | {"choices": [], "usage": USAGE})
    yield "data: [DONE]\n\n"


def _event(chunk: dict[str, Any]) -> str:
    return f"data: {json.dumps(chunk)}\n\n"


async def _embeddings(body: Annotated[dict[str, Any], Body()]) -> dict[str, Any]:
    data = [{"object": "embedding", "index": 0, "embedding": [0.25, -0.5]}]
    usage = {"prompt_tokens": 8, "total_tokens": 8}
    return {"object": "list", "model": DATED[body["model"]], "data": data, "usage": usage}
