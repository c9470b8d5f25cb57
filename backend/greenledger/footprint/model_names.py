"""From a provider's name of a model to the catalogue's, by rules that only take away what is no part of it.

Dates, versions of the API, prefixes of vendors and the like say nothing about the model's size, so they are
taken away one at a time until a name of the catalogue is left. A number that could be a part of the version
(`claude-opus-4-1` is not `claude-opus-4`) is never taken away, so that no model passes for another.
"""

from __future__ import annotations

import re
from functools import lru_cache

from greenledger.footprint.factors import FactorSet

LONGEST_NAME = 200
MOST_SPELLINGS = 200  # that are tried for one name

# The same model under a name that no rule leads from.
ALIASES = {
    "gpt-4-1106-preview": "gpt-4-turbo",
    "gpt-4-0125-preview": "gpt-4-turbo",
    "mistral-large-2407": "mistral-large-2",
    "mistral-large-2411": "mistral-large-2",
}

Rewriting = tuple[re.Pattern[str], str]


def _rule(pattern: str, replacement: str = "") -> Rewriting:
    return re.compile(pattern, re.ASCII), replacement


RULES: tuple[Rewriting, ...] = (
    _rule(r"^.*/"),  # openai/gpt-4o, models/gemini-1.5-pro, meta-llama/Llama-3.1-8B
    _rule(r"^(?:us|us-gov|eu|apac|jp|au|ca|global)\.(?=[a-z0-9]+\.)"),  # inference profiles of Bedrock
    _rule(r"^(?:ai21|amazon|anthropic|cohere|deepseek|google|meta|mistral|moonshot|nvidia|openai|qwen)\."),
    _rule(r":(?:0|free|latest|nitro|floor|beta|extended|thinking)$"),
    _rule(r":(?=[a-z0-9])", "-"),  # llama3.1:8b
    _rule(r"@(?:[0-9]{8}|latest|default)$"),  # claude-3-5-sonnet@20240620
    _rule(r"-20[0-9]{2}-[01][0-9]-[0-3][0-9]$"),  # gpt-4o-2024-08-06
    _rule(r"-20[0-9]{2}[01][0-9][0-3][0-9]$"),  # claude-3-opus-20240229
    _rule(r"-[01][0-9]-(?:[0-3][0-9]|20[0-9]{2})$"),  # gemini-2.5-pro-preview-05-06, command-r-08-2024
    _rule(r"-(?:[01][0-9][0-3][0-9]|2[3-9][01][0-9])$"),  # gpt-4-0613, mistral-small-2501
    _rule(r"-00[0-9]$"),  # gemini-1.5-pro-002
    _rule(r"-v[0-9]+(?:\.[0-9]+)?$"),  # anthropic.claude-...-v1, mistral-7b-instruct-v0.3
    _rule(r"-(?:latest|preview|exp|instruct|chat|it|hf|turbo-instruct)$"),
    _rule(r"-(?:fp8|fp16|bf16|int4|int8|awq|gptq|gguf|w4a16|w8a8|q[2-8](?:_[a-z0-9]+)*)$"),
    _rule(r"^meta-(?=llama)"),
    _rule(r"^(?P<family>llama|gemma|phi|claude)(?=[0-9])", r"\g<family>-"),  # llama3-1-8b, phi3
    _rule(r"^gpt-35", "gpt-3.5"),  # Azure allows no point in a name
    _rule(r"(?<=-)([0-9])-([0-9])(?![0-9]*b\b|[0-9])", r"\1.\2"),  # claude-3-5-sonnet, llama-3-1-70b
)


@lru_cache(maxsize=4096)
def catalogue_name(stated: str, factors: FactorSet) -> str | None:
    """The catalogue's name for a provider's, or None if no rule leads to one. Fewest changes win."""
    if len(stated) > LONGEST_NAME:
        return None
    first = stated.strip().lower()
    spellings = {first: None}
    waiting = [first]
    for spelling in waiting:
        name = ALIASES.get(spelling, spelling)
        if factors.has(f"model/{name}/active-params"):
            return name
        for pattern, replacement in RULES:
            changed = pattern.sub(replacement, spelling, count=1)
            if changed and changed not in spellings and len(spellings) < MOST_SPELLINGS:
                spellings[changed] = None
                waiting.append(changed)
    return None
