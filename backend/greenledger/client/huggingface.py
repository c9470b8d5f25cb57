"""A callback for the Trainer of Hugging Face's transformers: states what a training used.

trainer = Trainer(..., callbacks=[GreenLedgerCallback(place="FR")])
"""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from greenledger.client.places import Place
from greenledger.client.tracking import track


class GreenLedgerCallback(TrainerCallback):
    """Tracks from the begin of a training to its end, or to the end of the process where that never comes.

    `name` is the run's own by default. Never raises into the training unless `strict`.
    """

    def __init__(
        self,
        name: str | None = None,
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
        self._options: dict[str, Any] = {
            "kind": kind,
            "place": place,
            "hardware": hardware,
            "devices": devices,
            "stated": stated,
            "event_id": event_id,
            "client": client,
            "strict": strict,
        }
        self._tracked: track | None = None

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        """Begins to measure, on one process of each machine."""
        if self._tracked is not None or not state.is_local_process_zero:
            return
        self._tracked = track(self._name or _name_of(args), **self._options)
        self._tracked.__enter__()
        # A training that raises has no end of its own; what it used is stated all the same.
        atexit.register(self._end)

    def on_train_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        """States what was measured."""
        atexit.unregister(self._end)
        self._end()

    def _end(self) -> None:
        tracked, self._tracked = self._tracked, None
        if tracked is not None:
            tracked.__exit__(None, None, None)


def _name_of(args: TrainingArguments) -> str:
    """The run's name, else the last part of the folder it writes to: whole paths are nobody's business."""
    run = getattr(args, "run_name", None)
    folder = str(getattr(args, "output_dir", "") or "")
    return str(run) if run and run != folder else Path(folder).name or "training"
