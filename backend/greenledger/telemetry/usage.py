"""What one call of a model used, as its span says, and the workload that this is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError
from greenledger.footprint.model_names import catalogue_name
from greenledger.telemetry import names
from greenledger.telemetry.attributes import Attributes, first_number, first_text, is_code

NS = 1_000_000_000
LONGEST_MODEL = 80
IMAGE_OPERATIONS = frozenset({"image_generation", "generate_image", "image_edit", "images"})


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as stated, or images. `models` are the names of the model: as answered, then as asked for."""

    models: tuple[str, ...]
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int | None = None
    reasoning_tokens: int | None = None
    images: int | None = None


def usage_of(attributes: Attributes) -> Usage | None:
    """The usage that a span states, or None if it states none."""
    stated = (first_text(attributes, names.ANSWERED_MODEL), first_text(attributes, names.ASKED_MODEL))
    models = tuple(dict.fromkeys(model for model in stated if model is not None))
    if _makes_images(attributes):
        return Usage(models, images=first_number(attributes, names.CHOICES) or 1)
    read = first_number(attributes, names.INPUT_TOKENS)
    written = first_number(attributes, names.OUTPUT_TOKENS)
    if read is None and written is None:
        return None
    cached = first_number(attributes, names.CACHED_TOKENS)
    reasoning = first_number(attributes, names.REASONING_TOKENS)
    return Usage(models, _with_part(read, cached), _with_part(written, reasoning), cached, reasoning)


def _makes_images(attributes: Attributes) -> bool:
    is_image = first_text(attributes, names.OUTPUT_TYPE) == "image"
    return is_image or first_text(attributes, names.OPERATION) in IMAGE_OPERATIONS


def _with_part(whole: int | None, part: int | None) -> int | None:
    """The conventions count cached and reasoning tokens within the whole. A part larger than the whole was
    evidently counted beside it, as some vendors do, and is added."""
    if part is None or part <= (whole or 0):
        return whole
    return (whole or 0) + part


def model_member(models: tuple[str, ...], factors: FactorSet) -> str | FieldError:
    """The model for a workload: the catalogue's name, or the stated one for the model to refuse by name.

    An error where no attribute holds what could be a name: the text itself is never repeated.
    """
    candidates = [model for model in models if is_code(model, LONGEST_MODEL)]
    if not candidates:
        problem = "holds no name of a model" if models else "missing"
        expected = f"the model's name, 1 to {LONGEST_MODEL} letters, digits and . _ : / @ + -"
        return FieldError(f"{names.ANSWERED_MODEL[0]} or {names.ASKED_MODEL[0]}", problem, expected)
    known = (catalogue_name(candidate, factors) for candidate in candidates)
    return next((name for name in known if name is not None), candidates[0])


def period(start_ns: int, end_ns: int) -> dict[str, int]:
    """Start and end in whole Unix seconds. Work within one second gets the second before as well, so that
    what is over is never said to end later than it did."""
    end = end_ns // NS
    return {"start": min(start_ns // NS, end - 1), "end": end}


def workload_of(
    usage: Usage,
    when: Mapping[str, int],
    event_id: str,
    place: Mapping[str, str] | None,
    factors: FactorSet,
    *,
    requests: int | None = 1,
) -> dict[str, Any] | FieldError:
    """The workload to state. Its name is the event's: two calls with the same figures are two workloads."""
    stated: dict[str, Any] = {
        "kind": "inference",
        **when,
        "name": event_id,
        "place": place,
        "requests": requests,
    }
    if usage.images is not None:
        return _without_none(stated | {"task": "image-generation", "units": usage.images, "requests": None})
    model = model_member(usage.models, factors)
    if isinstance(model, FieldError):
        return model
    tokens = {
        "model": model,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cached_tokens": usage.cached_tokens,
        "reasoning_tokens": usage.reasoning_tokens,
    }
    return _without_none(stated | tokens)


def _without_none(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
