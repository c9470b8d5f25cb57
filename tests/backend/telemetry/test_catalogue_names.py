"""Names of models as providers write them, and the catalogue's."""

from __future__ import annotations

import pytest

from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.model_names import catalogue_name

KNOWN = {
    "gpt-4o": "gpt-4o",
    "gpt-4o-2024-08-06": "gpt-4o",
    "GPT-4o-mini": "gpt-4o-mini",
    "openai/gpt-4o": "gpt-4o",
    "azure/gpt-4o-mini": "gpt-4o-mini",
    "gpt-35-turbo": "gpt-3.5-turbo",
    "gpt-3.5-turbo-0125": "gpt-3.5-turbo",
    "gpt-4-0613": "gpt-4",
    "gpt-4-1106-preview": "gpt-4-turbo",
    "gpt-4-turbo-2024-04-09": "gpt-4-turbo",
    "o3-mini-2025-01-31": "o3-mini",
    "openai/gpt-oss-120b:free": "gpt-oss-120b",
    "claude-3-5-sonnet-20241022": "claude-3.5-sonnet",
    "claude-3-5-haiku-latest": "claude-3.5-haiku",
    "claude-3-opus@20240229": "claude-3-opus",
    "claude-opus-4-20250514": "claude-opus-4",
    "claude-sonnet-4-5-20250929": "claude-sonnet-4.5",
    "anthropic.claude-3-5-sonnet-20241022-v2:0": "claude-3.5-sonnet",
    "us.anthropic.claude-3-7-sonnet-20250219-v1:0": "claude-3.7-sonnet",
    "global.anthropic.claude-haiku-4-5-20251001-v1:0": "claude-haiku-4.5",
    "models/gemini-2.5-flash": "gemini-2.5-flash",
    "gemini-1.5-pro-002": "gemini-1.5-pro",
    "gemini-2.5-pro-preview-05-06": "gemini-2.5-pro",
    "meta-llama/Meta-Llama-3.1-8B-Instruct": "llama-3.1-8b",
    "meta.llama3-1-70b-instruct-v1:0": "llama-3.1-70b",
    "llama3.2:3b-instruct-q4_K_M": "llama-3.2-3b",
    "mistralai/Mistral-7B-Instruct-v0.3": "mistral-7b",
    "mistral-large-2411": "mistral-large-2",
    "cohere.command-r-v1:0": "command-r",
    "command-r-08-2024": "command-r-08-2024",
    "google/gemma-3-27b-it": "gemma-3-27b",
    "gemma2:9b": "gemma-2-9b",
    "Qwen/Qwen2.5-72B-Instruct-AWQ": "qwen2.5-72b",
    "sentence-transformers/all-MiniLM-L6-v2": "all-minilm-l6-v2",
}
# A newer or another model must not pass for the one whose name it begins with.
OTHERS = (
    *("claude-opus-4-1-20250805", "claude-sonnet-4-6", "claude-opus-4-8", "gpt-5.1", "gpt-5-1", "gpt-4-32k"),
    *("gpt-4.5-preview", "gpt-4o-mini-audio-preview", "gpt-4o-realtime-preview", "gemini-2.0-flash-lite"),
    *("text-embedding-3-small", "deepseek-r1:70b", "llama-3", "", "-", "openai/", ":0", "a" * 201),
)


@pytest.mark.parametrize("stated", KNOWN)
def test_catalogue_name__of_a_providers_spelling__is_the_catalogues(stated: str) -> None:
    assert catalogue_name(stated, load_factor_set()) == KNOWN[stated]


@pytest.mark.parametrize("stated", OTHERS)
def test_catalogue_name__of_another_model__is_none(stated: str) -> None:
    assert catalogue_name(stated, load_factor_set()) is None


def test_catalogue_name__of_every_model_of_the_catalogue__is_itself() -> None:
    factors = load_factor_set()
    names = factors.names("model/", "/active-params")

    assert [catalogue_name(name.upper(), factors) for name in names] == list(names)


def test_catalogue_name__of_a_name_that_many_rules_change__ends() -> None:
    assert catalogue_name("/".join(["us.openai.meta-llama3-1-2-3-4:0"] * 6), load_factor_set()) is None
