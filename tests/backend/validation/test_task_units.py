"""A task is counted in the unit of its row: pieces, seconds of audio or video, thousands of tokens."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from validation_runs import FACTORS, row_of, run_of

from greenledger.validation.mapping import map_run

SPEECH, VIDEO, EMBEDDING = "transcription", "video generation", "text embedding"


def work_of(inputs: dict[str, Any], unit: str = "Wh") -> tuple[str, Fraction]:
    """The task, and how many of its units one printed figure is of."""
    mapped = map_run(run_of(inputs, 1, unit, kind="inference", use="band"), FACTORS)
    return mapped.workload["task"], Fraction(mapped.workload["units"]) * 10**6 / mapped.divisor


@pytest.mark.parametrize(
    ("inputs", "task", "units"),
    [
        ({"task": EMBEDDING, "tokens": 1_000_000}, "text-embedding", 1000),
        ({"task": EMBEDDING, "input_tokens": 500}, "text-embedding", Fraction(1, 2)),
        ({"task": EMBEDDING, "input_tokens": 500, "requests": 4000}, "text-embedding", 2000),
        ({"task": SPEECH, "audio_hours": 1}, "speech-to-text", 3600),
        ({"task": SPEECH, "audio_seconds": 30}, "speech-to-text", 30),
        ({"task": SPEECH, "audio_seconds_per_request": 30, "requests": 100}, "speech-to-text", 3000),
        ({"task": SPEECH, "hours": 1}, "speech-to-text", 3600),
        ({"task": VIDEO, "video_seconds": 5}, "video-generation", 5),
        ({"task": VIDEO, "duration_s": 5, "videos": 1}, "video-generation", 5),
        ({"task": "image generation", "images": 400, "requests": 100}, "image-generation", 400),
        ({"task": "image generation"}, "image-generation", 1),
        ({"task": "text classification", "inferences": 1000}, "text-classification", 1000),
    ],
)
def test_task__with_an_amount__has_as_many_units_of_its_row(
    inputs: dict[str, Any], task: str, units: Fraction
) -> None:
    assert work_of(inputs) == (task, units)


def test_video__by_its_seconds__is_compared_as_one_video() -> None:
    row = row_of({"task": VIDEO, "seconds": 5}, 1, "MJ/video", kind="inference", use="band")
    each_nwh = FACTORS.row("task/video-generation").value.central

    assert row.ours is not None
    assert row.ours[1] > 5 * each_nwh * Fraction(36, 10**13)  # nWh to MJ, and a PUE above 1
    assert row.note.endswith("inputs.seconds: taken as the length of what video-generation is counted in")


@pytest.mark.parametrize(
    ("inputs", "unit", "what"),
    [
        ({"task": EMBEDDING, "requests": 10}, "Wh", "inputs (no tokens, in which text-embedding is counted)"),
        ({"task": SPEECH, "requests": 10}, "Wh", "inputs (no seconds, in which speech-to-text is counted)"),
        ({"task": VIDEO, "videos": 1}, "Wh", "inputs (no seconds, in which video-generation is counted)"),
        ({"task": SPEECH}, "Wh/day", "inputs (no seconds, in which speech-to-text is counted)"),
        ({"task": VIDEO, "video_seconds": 5, "videos": 10}, "Wh", "inputs.video_seconds (of each or of all)"),
        ({"task": VIDEO, "seconds": 5, "videos": 10}, "Wh", "inputs.seconds (of each or of all)"),
        (
            {"audio_hours": 1},
            "Wh/request",
            f"inputs (images, videos or audio of no task in {FACTORS.set_id})",
        ),
    ],
)
def test_task__without_an_amount_in_its_unit__is_not_understood(
    inputs: dict[str, Any], unit: str, what: str
) -> None:
    row = row_of(inputs, 1, unit, kind="inference", use="band")

    assert row.verdict == f"not understood: {what}"
