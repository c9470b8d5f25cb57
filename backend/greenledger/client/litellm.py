"""A callback for LiteLLM: states what each call used, by its tokens and never by its texts.

litellm.callbacks = [GreenLedgerLogger()]
"""

from __future__ import annotations

import asyncio
import logging
import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litellm.integrations.custom_logger import CustomLogger

from greenledger.client.client import Client
from greenledger.client.courier import Courier
from greenledger.client.places import Place, place_of
from greenledger.client.settings import stating_connection
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.model_names import catalogue_name

log = logging.getLogger("greenledger")

LONGEST_EVENT_ID = 128
LONGEST_NAME = 100
_UNFIT = re.compile(r"[^\x21-\x7e]", re.ASCII)


class GreenLedgerLogger(CustomLogger):
    """Only token counts, times, the model's name and the response's id are read; the id is the event's."""

    def __init__(self, client: Client | None = None, *, place: Place | None = None) -> None:
        """`place` is where the model runs, if known. Raises NotConfigured without a gateway or a key."""
        super().__init__()
        self._factors = load_factor_set()
        self._place = place_of(place)
        self._courier = Courier(client or Client(connection=stating_connection()))
        self._unknown: set[str] = set()

    def log_success_event(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None:
        """LiteLLM's hook for calls that wait."""
        self._guarded(kwargs, response_obj, start_time, end_time)

    async def async_log_success_event(
        self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any
    ) -> None:
        """LiteLLM's hook for asynchronous calls: the disk is waited for in a thread."""
        await asyncio.to_thread(self._guarded, kwargs, response_obj, start_time, end_time)

    def close(self) -> None:
        """Sends what is left; otherwise that happens when the process ends."""
        self._courier.close()

    def _guarded(self, kwargs: Any, response: Any, start: Any, end: Any) -> None:
        try:
            self._take(kwargs, response, start, end)
        except Exception as error:
            # Only the kind: a text of the library's could hold a prompt.
            log.warning("a call is not stated: %s", type(error).__name__)

    def _take(self, kwargs: Mapping[str, Any], response: Any, start: datetime, end: datetime) -> None:
        usage = _member(response, "usage")
        # An embedding has no id; the library has one for each call.
        response_id = _member(response, "id") or kwargs.get("litellm_call_id")
        if usage is None or kwargs.get("cache_hit"):  # an answer from a cache took no model
            return
        if not isinstance(response_id, str) or not response_id:
            log.warning("a call is not stated: its response has no id")
            return
        event_id = _UNFIT.sub("_", response_id)[:LONGEST_EVENT_ID]
        self._courier.take(event_id, self._workload(str(kwargs.get("model") or ""), usage, start, end))

    def _workload(self, model: str, usage: Any, start: datetime, end: datetime) -> dict[str, Any]:
        tokens = {"input_tokens": _count(usage, "prompt_tokens")}
        tokens["output_tokens"] = _count(usage, "completion_tokens")
        cached = _count(_member(usage, "prompt_tokens_details"), "cached_tokens")
        reasoning = _count(_member(usage, "completion_tokens_details"), "reasoning_tokens")
        tokens["cached_tokens"] = min(cached, tokens["input_tokens"])
        tokens["reasoning_tokens"] = min(reasoning, tokens["output_tokens"])
        known = catalogue_name(model, self._factors)
        if known is None and model not in self._unknown:
            self._unknown.add(model[:LONGEST_NAME])
            log.warning("model %r is not in the catalogue: its calls count without their tokens", model[:80])
        ended = math.floor(end.timestamp())
        return {
            "kind": "inference",
            **({"name": model[:LONGEST_NAME]} if model.isprintable() and model else {}),
            "start": min(math.floor(start.timestamp()), ended - 1),
            "end": ended,
            **({"place": self._place} if self._place else {}),
            "requests": "1",
            **(_of_model(known, tokens) if known else {}),  # tokens say nothing of a model of unknown size
        }


def _of_model(model: str, tokens: Mapping[str, int]) -> dict[str, str]:
    return {"model": model} | {name: str(count) for name, count in tokens.items() if count}


def _member(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


def _count(value: Any, name: str) -> int:
    found = _member(value, name)
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else 0
