"""What the tools take: every text has a pattern or a length, and what it is for."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

MAX_WORKLOAD_BYTES = 65_536
MAX_BUNDLE_BYTES = 1_048_576
_DEEPEST = 12  # levels of a document; a workload has five, a bundle eight


def _levels(value: object) -> int:
    """How deep a document is nested, without recursion: a hostile one must not exhaust the stack."""
    level, here = 0, [value]
    while here and level <= _DEEPEST:
        level += 1
        here = [
            child
            for one in here
            if isinstance(one, dict | list)
            for child in (one.values() if isinstance(one, dict) else one)
        ]
    return level


def _rough_size(value: object) -> int:
    """Characters of all keys and values, which is less than the document's JSON."""
    size, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            size += sum(len(key) for key in one)
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        else:
            size += len(str(one)) if isinstance(one, str) else 8
        size += 2
    return size


def _bounded(most_bytes: int) -> AfterValidator:
    def check(value: dict[str, Any]) -> dict[str, Any]:
        if _levels(value) > _DEEPEST:
            raise ValueError(f"is nested deeper than {_DEEPEST} levels")
        if _rough_size(value) > most_bytes:
            raise ValueError(f"is larger than {most_bytes} bytes")
        return value

    return AfterValidator(check)


def _shown_text(text: str) -> str:
    if not text.isprintable() or text != text.strip():
        raise ValueError("expected printable text on one line, without spaces at either end")
    return text


Account = Annotated[
    str,
    StringConstraints(pattern=r"^0x[0-9a-fA-F]{40}$"),
    Field(description="Address of an account: 0x and 40 hex digits."),
]
Token = Annotated[
    str,
    StringConstraints(pattern=r"^0x[0-9a-fA-F]{40}$"),
    Field(description="Address of a contract: 0x and 40 hex digits."),
]
AttestationId = Annotated[
    str,
    StringConstraints(pattern=r"^0x[0-9a-fA-F]{64}$"),
    Field(description="Id of an attestation: 0x and 64 hex digits."),
]
AmountKg = Annotated[
    str,
    StringConstraints(pattern=r"^(0|[1-9][0-9]{0,11})(\.[0-9]{1,9})?$"),
    Field(description='Kilograms of CO2e as a decimal string above 0, such as "1250" or "0.5".'),
]
SourceId = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$"),
    Field(description="source_id of an offer, exactly as the quote tool gave it."),
]
BeneficiaryName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64),
    AfterValidator(_shown_text),
    Field(description="In whose name credits are retired. Public, and cannot be changed later."),
]
Reason = Annotated[
    str,
    StringConstraints(min_length=1, max_length=400),
    AfterValidator(_shown_text),
    Field(description="What the credits are retired for. Public, and cannot be changed later."),
]
Wish = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Registry = Annotated[Wish | None, Field(description="Registry of the credits, such as icr or verra.")]
Country = Annotated[Wish | None, Field(description="Country of the project.")]
MaxPrice = Annotated[
    str | None,
    Field(
        pattern=r"^[0-9]{1,9}(\.[0-9]{1,6})?$",
        description="Highest price in US dollars per tonne, as a decimal string.",
    ),
]
Removals = Annotated[
    bool, Field(description="Whether only removals are wanted, not avoided emissions as well.")
]
Limit = Annotated[int, Field(ge=1, le=20, description="How many offers at most.")]
Workload = Annotated[
    dict[str, Any],
    _bounded(MAX_WORKLOAD_BYTES),
    Field(
        description="One piece of AI work, as the workload_schema tool describes it. Example: "
        '{"kind": "training", "name": "fine-tune 7", "start": 1767225600, "end": 1767312000, '
        '"place": {"country": "FR"}, "phases": [{"hardware": "h100-sxm-80gb", "device_seconds": "691200"}]}. '
        "Times are Unix seconds, large integers decimal strings; device_seconds: accelerators times seconds."
    ),
]
Bundle = Annotated[
    Annotated[dict[str, Any], _bounded(MAX_BUNDLE_BYTES)] | None,
    Field(description="Evidence bundle of the attestation, to recompute it; else it is looked up only."),
]
