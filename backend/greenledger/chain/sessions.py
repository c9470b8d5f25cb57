"""HTTP sessions of a connection to a node, without the lock that web3 takes for each request."""

from __future__ import annotations

import asyncio

from aiohttp import ClientSession, ClientTimeout, TCPConnector
from web3._utils.http_session_manager import HTTPSessionManager


class UnlockedSessions(HTTPSessionManager):
    """One session for each event loop.

    web3's own manager waits in a thread for a lock that the whole process shares. A call that is cancelled
    while it waits leaves that lock taken for ever, and no connection of the process is answered any more.
    Between the look into the cache and the entry nothing is awaited here, so that no lock is needed.
    """

    async def async_cache_and_return_session(
        self,
        endpoint_uri: object,
        session: ClientSession | None = None,
        request_timeout: ClientTimeout | None = None,
    ) -> ClientSession:
        key = f"{id(asyncio.get_running_loop())}:{endpoint_uri}"
        found: ClientSession | None = self.session_cache.get_cache_entry(key)
        if found is None or found.closed:
            found = session or ClientSession(raise_for_status=True, connector=TCPConnector(force_close=True))
            self.session_cache.cache(key, found)
        return found
