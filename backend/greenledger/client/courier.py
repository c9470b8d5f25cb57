"""Sends what many small pieces of work put into the spool, in the background and never in their way."""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from greenledger.client import sync
from greenledger.client.client import Client
from greenledger.client.delivery import flush
from greenledger.client.handing_over import AT_ONCE, TIMEOUT_S
from greenledger.client.spool import Event, SpoolFull

log = logging.getLogger("greenledger")

EVERY_S = 5.0
PATIENCE_S = 300.0  # the longest pause while the gateway is away


class Courier:
    """One background thread for one client; started by the first event, ended with the process."""

    def __init__(self, client: Client, every_s: float = EVERY_S) -> None:
        self._client = client
        self._every_s = every_s
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wanted = threading.Event()
        self._ending = threading.Event()
        self._pid = 0

    def take(self, event_id: str, workload: Mapping[str, Any]) -> None:
        """Returns once the event is on disk, or says why it is lost. Never raises."""
        try:
            self._client.spool.add(Event(event_id, workload))
        except (OSError, SpoolFull) as error:
            log.warning("work %s is lost, it cannot be kept on disk: %s", event_id, error)
            return
        with self._lock:
            self._ensure_thread()
            self._wanted.set()

    def close(self) -> None:
        """Sends what is left, once. Called by itself when the process ends; a later `take` begins anew."""
        with self._lock:
            thread, self._thread = self._thread, None
            if thread is None or self._pid != os.getpid():
                return
            self._ending.set()
            self._wanted.set()
        atexit.unregister(self.close)
        thread.join(TIMEOUT_S * 4)

    def _ensure_thread(self) -> None:
        if self._thread is not None and self._pid == os.getpid():
            return
        # After a fork there is no thread in the child, whatever this object says.
        self._pid = os.getpid()
        # Of its own: the thread of before may still be sending its last.
        self._wanted, self._ending = threading.Event(), threading.Event()
        self._thread = threading.Thread(
            target=self._work, args=(self._wanted, self._ending), name="greenledger courier", daemon=True
        )
        self._thread.start()
        atexit.register(self.close)

    def _work(self, wanted: threading.Event, ending: threading.Event) -> None:
        pause_s = self._every_s
        while not ending.is_set():
            wanted.wait()
            wanted.clear()
            if self._send():
                pause_s = self._every_s
            else:
                wanted.set()
                pause_s = min(PATIENCE_S, 2 * pause_s)
            ending.wait(pause_s)
        self._send()

    def _send(self) -> bool:
        """Whether there is nothing to be tried again."""
        connection = replace(self._client.connection, retries=AT_ONCE, timeout_s=TIMEOUT_S)
        try:
            with sync.new_http() as http:
                done = sync.run(flush(connection, self._client.spool), http)
        except Exception as error:
            # A thread that dies would leave everything after it unsent.
            log.warning("unsent work cannot be read: %s", str(error)[:300] or type(error).__name__)
            return True
        if done.reason is not None:
            log.warning("%d pieces of work are kept and sent later: %s", done.waiting, done.reason)
        return done.reason is None and not done.busy
