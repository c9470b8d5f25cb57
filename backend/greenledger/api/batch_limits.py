"""What requests about whole batches may take beyond others."""

from __future__ import annotations

from greenledger.council.batch_wire import BATCH_PATH, BATCH_SECONDS, MAX_BATCH_BYTES

# Large bodies are read for peers alone: the route asks for their token before it reads.
BATCH_SIZES = {BATCH_PATH: MAX_BATCH_BYTES}
BATCH_TIMES = {BATCH_PATH: BATCH_SECONDS, "/v1/batches/*/evidence": BATCH_SECONDS}
