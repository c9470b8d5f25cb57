"""A gateway as a process of its own: `gateway_process.py SETTINGS_JSON PORT`, ended by SIGTERM."""

from __future__ import annotations

import json
import sys

import uvicorn

from greenledger.api.app import create_app
from greenledger.api.settings import Settings

uvicorn.run(
    create_app(Settings(**json.loads(sys.argv[1]))),
    port=int(sys.argv[2]),
    log_level="error",
    access_log=False,
    ws="none",
    timeout_graceful_shutdown=1,
)
