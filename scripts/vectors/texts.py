"""Texts that are JSON to some readers and not to others, with what this package reads in each of them."""

from __future__ import annotations

import json

from greenledger.footprint.strict_json import InvalidJson, loads_strict

TEXTS = (
    *("", " ", "null", " true\n", "\tfalse\r", "[]", "{}", "[1,]", "[,]", "{,}", '{"a":1,}'),
    *('{"a" 1}', '{"a":}'),
    *("[1 2]", "[1]x", "// no\n1", "'a'", '"a', '"a\nb"', '"a\tb"', '"\\t\\n\\"\\\\\\/\\b\\f\\r"', '"\\x41"'),
    *('"\\u00e9"', '"\\u00E9"', '"\\u12"', '"\\u 123"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ude00\\ud83d"'),
    *('"\x7f"', "1e400", "0x10", "1_0", '{"2":1,"1":2}'),
    *("0", "-0", "01", "-01", "+1", "1.", ".5", "1.0", "-1.5", "1e5", "1E+5", "1e-5", "1e"),
    *("--1", "-", "9" * 40, "9" * 41, "-" + "9" * 39, "-" + "9" * 40, "NaN", "Infinity", "-Infinity", "nan"),
    *("nul", "True", "None", "[" * 32 + "]" * 32, "[" * 33 + "]" * 33, "]", "[", "{", '{"a"', '{1:2}', "[[]"),
    *('{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{"":1}', '{"__proto__":{"a":1},"constructor":2}'),
    *("\ufeff{}", "\u00a0[]", "[\u2028]", '"\u2028"', '"e\u0301"', '{"\u00e9":1,"e\u0301":2}', '"\ufeff"'),
    *('"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["', '["\\"",{"b":[1,"]",{"c":null}]}]', "1 // 2", "[1]\u0000"),
)  # fmt: skip


def _plain(value: object) -> object:
    """Whole numbers as text and fractions as a word, since languages print those differently."""
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return "a fraction"
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def text_vectors() -> list[dict[str, object]]:
    """Each text with its value as JSON of sorted keys, or without one where it is refused."""
    found: list[dict[str, object]] = []
    for text in TEXTS:
        try:
            value = _plain(loads_strict(text.encode()))
            written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            found.append({"text": text, "value": written})
        except InvalidJson:
            found.append({"text": text})
    return found
