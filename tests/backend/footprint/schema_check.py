"""A validator of JSON Schema for the keywords that our schema uses, and no others."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Schema = dict[str, Any]
TYPES = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}
ANNOTATIONS = {"$schema", "$id", "$defs", "title", "description"}


def _matches(pattern: str, value: Any) -> bool:
    # As in ECMA-262, where $ is the end of the text and never before a last line feed.
    return not isinstance(value, str) or re.search(pattern.removesuffix("$") + r"\Z", value) is not None


class Validator:
    """Raises KeyError for a keyword that it does not know."""

    def __init__(self, root: Schema) -> None:
        self._root = root

    def accepts(self, value: Any, schema: Schema | None = None) -> bool:
        rules = self._root if schema is None else schema
        known = self._keywords(value)
        for name in rules:
            if (
                name not in ANNOTATIONS
                and name not in ("then", "else")
                and not known[name](rules[name], rules)
            ):
                return False
        return True

    def _each(self, value: Any, rules: Schema) -> bool:
        properties = rules["properties"]
        return not isinstance(value, dict) or all(
            self.accepts(value[name], properties[name]) for name in properties if name in value
        )

    def _branch(self, value: Any, condition: Schema, rules: Schema) -> bool:
        return self.accepts(value, rules.get("then" if self.accepts(value, condition) else "else", {}))

    def _ref(self, value: Any, reference: str) -> bool:
        return self.accepts(value, self._root["$defs"][reference.removeprefix("#/$defs/")])

    def _keywords(self, value: Any) -> dict[str, Callable[[Any, Schema], bool]]:
        members = value if isinstance(value, dict) else {}
        items = value if isinstance(value, list) else None
        text = value if isinstance(value, str) else None
        number = value if TYPES["integer"](value) else None
        return {
            "$ref": lambda rule, _: self._ref(value, rule),
            "type": lambda rule, _: TYPES[rule](value),
            "enum": lambda rule, _: isinstance(value, str) and value in rule,
            "pattern": lambda rule, _: _matches(rule, value),
            "minLength": lambda rule, _: text is None or len(text) >= rule,
            "maxLength": lambda rule, _: text is None or len(text) <= rule,
            "minimum": lambda rule, _: number is None or number >= rule,
            "maximum": lambda rule, _: number is None or number <= rule,
            "minItems": lambda rule, _: items is None or len(items) >= rule,
            "maxItems": lambda rule, _: items is None or len(items) <= rule,
            "items": lambda rule, _: all(self.accepts(item, rule) for item in items or ()),
            "properties": lambda _, rules: self._each(value, rules),
            "required": lambda rule, _: not isinstance(value, dict) or all(name in value for name in rule),
            "additionalProperties": lambda _, rules: members.keys() <= rules["properties"].keys(),
            "dependentRequired": lambda rule, _: all(
                needed in members for name in rule if name in members for needed in rule[name]
            ),
            "allOf": lambda rule, _: all(self.accepts(value, part) for part in rule),
            "anyOf": lambda rule, _: any(self.accepts(value, part) for part in rule),
            "oneOf": lambda rule, _: sum(self.accepts(value, part) for part in rule) == 1,
            "not": lambda rule, _: not self.accepts(value, rule),
            "if": lambda rule, rules: self._branch(value, rule, rules),
        }
