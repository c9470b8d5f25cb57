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
    """Tracks from the begin of a training to its end. One that raises has none: it is stated up to its last
    step, once the next training of the process begins or the process ends.

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
        if not state.is_local_process_zero:
            return
        _end_unfinished()
        tracked = track(self._name or _name_of(args), **self._options)
        tracked.__enter__()
        self._tracked = tracked
        _unfinished.append(self)

    def on_step_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        """Notes how far the training is."""
        if self._tracked is not None:
            self._tracked.note()

    on_substep_end = on_step_begin
    on_step_end = on_step_begin

    def on_train_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        """States what was measured."""
        tracked = self._taken()
        if tracked is not None:
            tracked.__exit__(None, None, None)

    def end_unfinished(self) -> None:
        """States a training that raised up to its last step, if there is one."""
        tracked = self._taken()
        if tracked is not None:
            tracked.end_as_noted()

    def _taken(self) -> track | None:
        tracked, self._tracked = self._tracked, None
        if self in _unfinished:
            _unfinished.remove(self)
        return tracked


# A notebook makes a new callback when its cell runs again: the one before is ended by whichever comes next.
_unfinished: list[GreenLedgerCallback] = []


@atexit.register
def _end_unfinished() -> None:
    for callback in list(_unfinished):
        callback.end_unfinished()


def _name_of(args: TrainingArguments) -> str:
    """The run's name, else the last part of the folder it writes to: whole paths are nobody's business."""
    run = getattr(args, "run_name", None)
    folder = str(getattr(args, "output_dir", "") or "")
    return str(run) if run and run != folder else Path(folder).name or "training"
