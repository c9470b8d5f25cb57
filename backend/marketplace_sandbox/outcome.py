"""What a fault makes of an order: decided when it is placed and stored with it, restarts or not."""

import json
from dataclasses import asdict, dataclass
from typing import Self

from marketplace_sandbox.faults import FaultBox

STRANGER = "Somebody else"
STRANGER_ADDRESS = "0x" + "99" * 20


@dataclass(frozen=True)
class Outcome:
    """How an order goes wrong; all false is an order that goes well. Seconds count from its completion."""

    fails: bool = False
    partial: bool = False
    wrong_serials: bool = False
    used_serials: bool = False
    wrong_beneficiary: bool = False
    reverts_after_s: float | None = None

    @classmethod
    def of(cls, faults: FaultBox, request: str) -> Self:
        """Uses up one hit of each fault that decides about an order."""
        reverted = faults.take(("reverted",), request)
        return cls(
            fails=faults.take(("order-fails",), request) is not None,
            partial=faults.take(("partial",), request) is not None,
            wrong_serials=faults.take(("wrong-serials",), request) is not None,
            used_serials=faults.take(("used-serials",), request) is not None,
            wrong_beneficiary=faults.take(("wrong-beneficiary",), request) is not None,
            reverts_after_s=reverted.seconds if reverted is not None else None,
        )

    @classmethod
    def read(cls, text: str | None) -> Self:
        """An outcome as it was stored; orders without one went well."""
        return cls(**json.loads(text)) if text else cls()

    def text(self) -> str:
        """The outcome as it is stored."""
        return json.dumps(asdict(self))

    def is_reverted(self, complete_at: float, now: float) -> bool:
        """Whether the retirement has been taken back by `now`; Unix seconds."""
        return self.reverts_after_s is not None and now >= complete_at + self.reverts_after_s
