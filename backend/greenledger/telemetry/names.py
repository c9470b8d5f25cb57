"""The attributes that are read, by what they mean. Every other attribute is passed over unread.

Each list begins with the newest name of the OpenTelemetry GenAI conventions, then older ones, then those of
OpenLLMetry and OpenInference. Where a span has several, the first counts.
"""

from __future__ import annotations

INPUT_TOKENS = (
    "gen_ai.usage.input_tokens",
    "gen_ai.usage.prompt_tokens",
    "llm.usage.prompt_tokens",
    "llm.token_count.prompt",
)
OUTPUT_TOKENS = (
    "gen_ai.usage.output_tokens",
    "gen_ai.usage.completion_tokens",
    "llm.usage.completion_tokens",
    "llm.token_count.completion",
)
CACHED_TOKENS = (
    "gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.cache_read_input_tokens",
    "gen_ai.usage.cached_input_tokens",
    "llm.usage.cache_read_input_tokens",
    "llm.token_count.prompt_details.cache_read",
)
REASONING_TOKENS = (
    "gen_ai.usage.reasoning.output_tokens",
    "gen_ai.usage.reasoning_tokens",
    "llm.usage.reasoning_tokens",
    "llm.token_count.completion_details.reasoning",
)
ANSWERED_MODEL = ("gen_ai.response.model", "llm.response.model")
ASKED_MODEL = ("gen_ai.request.model", "llm.request.model", "llm.model_name")
OPERATION = ("gen_ai.operation.name", "llm.request.type")
OUTPUT_TYPE = ("gen_ai.output.type",)
CHOICES = ("gen_ai.request.choice.count",)

SPAN_NAMES = frozenset(
    (
        *(*INPUT_TOKENS, *OUTPUT_TOKENS, *CACHED_TOKENS, *REASONING_TOKENS),
        *(*ANSWERED_MODEL, *ASKED_MODEL, *OPERATION, *OUTPUT_TYPE, *CHOICES),
    )
)

TOKEN_METRIC = "gen_ai.client.token.usage"  # noqa: S105 - a metric's name
TOKEN_TYPE = ("gen_ai.token.type", "llm.usage.token_type")
# What a data point counts, by the value of its token type. Others may be parts of these and are refused.
TOKEN_TYPES = {"input": "input", "prompt": "input", "output": "output", "completion": "output"}
POINT_NAMES = frozenset((*ANSWERED_MODEL, *ASKED_MODEL, *TOKEN_TYPE))

SERVICE = ("service.namespace", "service.name", "service.instance.id")
CLOUD_PROVIDER = "cloud.provider"
CLOUD_REGION = "cloud.region"
# Our own, for whoever knows where the model ran: members of a workload's `place`.
PLACE = {f"greenledger.place.{member}": member for member in ("country", "state", "provider", "region")}
RESOURCE_NAMES = frozenset((*SERVICE, CLOUD_PROVIDER, CLOUD_REGION, *PLACE))
