"""Clients of all sorts at once, through nginx, who note what they were promised and what they saw fail."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from eth_account import Account
from person import Person, finished_work

PAUSE_S = 0.05
AGAIN_S = 0.2
CLIENTS_OF_EACH_SORT = 4


@dataclass
class Noted:
    """What the clients saw. `acknowledged` holds the event and the workload's id of each 2xx."""

    acknowledged: list[tuple[str, str, str]] = field(default_factory=list)  # account, event, workload
    requests: Counter[str] = field(default_factory=Counter)  # by sort of client
    errors: Counter[str] = field(default_factory=Counter)  # by sort of client and what it saw
    slowest_s: float = 0.0

    def errors_of(self, sort: str) -> int:
        return sum(count for name, count in self.errors.items() if name.startswith(f"{sort}: "))

    def as_json(self) -> dict[str, Any]:
        return {
            "requests": dict(self.requests),
            "errors_seen_by_clients": dict(self.errors),
            "acknowledged_workloads": len(self.acknowledged),
            "slowest_answer_s": round(self.slowest_s, 2),
        }


@dataclass
class Client:
    """One of them. `keyed` states workloads under an Idempotency-Key, `plain` under an event id alone."""

    sort: str
    name: str
    person: Person
    noted: Noted
    turn: int = 0

    async def go_on(self, ended: asyncio.Event) -> None:
        """Until it is told to end; a workload that was begun is tried until it is acknowledged."""
        origin = self.person.origin
        chance = random.Random(self.name)
        async with httpx.AsyncClient(base_url=origin, timeout=60, trust_env=False) as http:
            while not ended.is_set():
                await self._one(http)
                await asyncio.sleep(PAUSE_S * (0.5 + chance.random()))

    async def _one(self, http: httpx.AsyncClient) -> None:
        self.turn += 1
        event = f"{self.name}-{self.turn}"
        if self.sort == "reads":
            await self._ask(http, "GET", "/v1/workloads?limit=3")
        elif self.sort == "estimates":
            await self._ask(http, "POST", "/v1/footprints/estimate", finished_work(event))
        else:
            await self._state(http, event)

    async def _state(self, http: httpx.AsyncClient, event: str) -> None:
        body = {"workload": finished_work(event), "event_id": event}
        headers = {"idempotency-key": event} if self.sort == "keyed" else {}
        answer = None
        while answer is None:
            answer = await self._ask(http, "POST", "/v1/workloads", body, headers)
        self.noted.acknowledged.append((self.person.account.address, event, answer["id"]))

    async def _ask(
        self,
        http: httpx.AsyncClient,
        method: str,
        path: str,
        body: object = None,
        headers: dict[str, str] | None = None,
    ) -> dict[str, Any] | None:
        """The answer of a success; None after anything else, which is noted."""
        began = time.monotonic()
        self.noted.requests[self.sort] += 1
        try:
            answer = await http.request(
                method, path, json=body, headers=self.person.headers() | (headers or {})
            )
        except httpx.HTTPError as error:
            self.noted.errors[f"{self.sort}: {type(error).__name__}"] += 1
            await asyncio.sleep(AGAIN_S)
            return None
        finally:
            self.noted.slowest_s = max(self.noted.slowest_s, time.monotonic() - began)
        if not answer.is_success:
            code = answer.json().get("code") if "json" in answer.headers["content-type"] else "no problem"
            self.noted.errors[f"{self.sort}: {answer.status_code} {code}"] += 1
            await asyncio.sleep(AGAIN_S)
            return None
        found: dict[str, Any] = answer.json()
        return found


@asynccontextmanager
async def under_load(origin: str, label: str) -> AsyncIterator[Noted]:
    """Clients ask all the time until the block ends, and what they began is finished then."""
    noted, ended = Noted(), asyncio.Event()
    clients = []
    for number in range(CLIENTS_OF_EACH_SORT):
        person = Person(origin, Account.create())
        await asyncio.to_thread(person.sign_in, origin)
        for sort in ("keyed", "plain", "reads", "estimates"):
            clients.append(Client(sort, f"{label}-{sort}-{number}", person, noted))
    tasks = [asyncio.create_task(client.go_on(ended)) for client in clients]
    try:
        yield noted
    finally:
        ended.set()
        await asyncio.gather(*tasks)
