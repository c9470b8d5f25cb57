"""`with track("fine-tune"): ...` states what a block of work used, and never gets in its way.

The outermost block of a machine's processes is measured once. Its statement is written to the spool first and
then sent, so that neither an absent gateway nor a crash right after loses it.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import inspect
import logging
import os
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, TypeVar, cast

from greenledger.client import processes
from greenledger.client.handing_over import Way, hand_over, way_of
from greenledger.client.measuring import BestMeter, NotMeasured, best_meter
from greenledger.client.places import Place, place_of
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.parsing import parse_workload

log = logging.getLogger("greenledger")

LONGEST_NAME = 91  # with the run's own eight digits it fits a workload's name
_lock = threading.Lock()
F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


@dataclass(slots=True)
class _Run:
    """One measured block, by the process that entered it."""

    event_id: str
    meter: BestMeter
    way: Way
    began_s: int
    noted_s: int
    pid: int = field(default_factory=os.getpid)


class track:  # used as a function: with track(...), @track(...)
    """A context manager (also asynchronous) and a decorator (of coroutine functions too, not of generators).

    `hardware` and `devices` are this machine's accelerators, needed where neither CodeCarbon nor the NVIDIA
    library can tell. `stated` are further fields of the workload. `client` is a Client to send with.
    Nothing raises into the block unless `strict`; the block's own exceptions always come through, and what
    was done until then is stated.
    """

    def __init__(
        self,
        name: str,
        *,
        kind: str = "training",
        place: Place | None = None,
        hardware: str | None = None,
        devices: int | None = None,
        stated: Mapping[str, Any] | None = None,
        event_id: str | None = None,
        client: Any = None,
        strict: bool = False,
    ) -> None:
        self._name = name
        self._kind = kind
        self._place = place
        self._hardware = hardware
        self._devices = devices
        self._stated = stated
        self._event_id = event_id
        self._client = client
        self._strict = strict
        self._runs: list[_Run | None] = []  # one for each time that it was entered and not left

    def __enter__(self) -> track:
        self._runs.append(self._guarded(self._begin, may_raise=self._strict))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        # Where the block itself failed its exception is the one to see.
        self._guarded(self._end, may_raise=self._strict and error is None)
        return False

    def note(self) -> None:
        """Notes how far the block is, for `end_as_noted`. Costs next to nothing and never raises."""
        run = self._runs[-1] if self._runs else None
        if run is not None:
            run.meter.note()
            run.noted_s = int(time.time())

    def end_as_noted(self) -> None:
        """Leaves the block, and states what it used until the last `note`, else its begin."""
        self._guarded(functools.partial(self._end, as_noted=True), may_raise=self._strict)

    async def __aenter__(self) -> track:
        await asyncio.to_thread(self.__enter__)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        return await asyncio.to_thread(self.__exit__, kind, error, trace)

    def __call__(self, function: F) -> F:
        """Raises TypeError for a generator function: its call does nothing yet that could be measured."""
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise TypeError(
                f"{function.__name__} is a generator function, whose work is done where it is iterated:"
                f" put `with track({self._name!r})` around that instead of @track on this"
            )
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def waiting(*args: Any, **kwargs: Any) -> Any:
                async with self._again():
                    return await function(*args, **kwargs)

            return cast(F, waiting)

        @functools.wraps(function)
        def calling(*args: Any, **kwargs: Any) -> Any:
            with self._again():
                return function(*args, **kwargs)

        return cast(F, calling)

    def _again(self) -> track:
        """A block of its own for each call of a decorated function."""
        return track(
            self._name,
            kind=self._kind,
            place=self._place,
            hardware=self._hardware,
            devices=self._devices,
            stated=self._stated,
            event_id=self._event_id,
            client=self._client,
            strict=self._strict,
        )

    def _guarded(self, step: Callable[[], T], *, may_raise: bool) -> T | None:
        try:
            return step()
        except Exception as error:
            if may_raise:
                raise
            # Only the words: a traceback of ours in somebody's training log helps nobody.
            log.warning("%r is not stated: %s", self._name, str(error)[:1_000] or type(error).__name__)
            return None

    def _begin(self) -> _Run | None:
        with _lock:
            reason = processes.why_not_here()
            if reason is not None:
                log.info("%r is not stated on its own: %s", self._name, reason)
                return None
            processes.claim()
        try:
            event_id = self._event_of_node()
            way = way_of(self._client)  # before the work, when what is missing can still be given
            meter = best_meter(load_factor_set(), place_of(self._place), self._hardware, self._devices)
            self._check(event_id)
            meter.start()
            now = int(time.time())
            return _Run(event_id, meter, way, began_s=now, noted_s=now)
        except BaseException:
            processes.release()
            raise

    def _end(self, *, as_noted: bool = False) -> None:
        run = self._runs.pop() if self._runs else None
        if run is None or run.pid != os.getpid():  # a fork's copy of a block is its parent's
            return
        processes.release()
        fields = run.meter.stop(as_noted=as_noted)
        ended_s = run.noted_s if as_noted else int(time.time())
        workload = self._workload(run.event_id, run.began_s, ended_s, fields)
        hand_over(run.way, workload, run.event_id, strict=self._strict)

    def _event_of_node(self) -> str:
        if self._event_id is None:
            return f"track-{uuid.uuid4().hex}"
        node = processes.node_rank()
        return f"{self._event_id}-node{node}" if node else self._event_id

    def _workload(
        self, event_id: str, began_s: int, ended_s: int, fields: Mapping[str, object]
    ) -> dict[str, Any]:
        place = place_of(self._place)
        # Alike runs must differ in name, or they would count as one.
        run = hashlib.sha256(event_id.encode()).hexdigest()[:8]
        return {
            "kind": self._kind,
            "name": f"{self._name[:LONGEST_NAME]}/{run}",
            "start": min(began_s, ended_s - 1),
            "end": ended_s,
            **({"place": place} if place else {}),
            **fields,
            **(self._stated or {}),
        }

    def _check(self, event_id: str) -> None:
        """What the caller says is read before the work, when it can still be put right. Raises
        InvalidWorkload.
        """
        now = int(time.time())
        phase: dict[str, object] = {"device_seconds": str(self._devices if self._devices is not None else 1)}
        phase |= {"hardware": self._hardware} if self._hardware else {}
        fields: dict[str, object] = (
            {"phases": [phase]} if self._hardware else {"measured_uwh": "1", "measurement_scope": "device"}
        )
        parse_workload(self._workload(event_id, now - 1, now, fields), load_factor_set())


__all__ = ["NotMeasured", "track"]
