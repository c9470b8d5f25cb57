"""The comment on a pull request at GitHub."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from scripts.ci.forge import Forge, ForgeRefused

PAGE, MOST_PAGES = 100, 30
_REPOSITORY = re.compile(r"[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}", re.ASCII)


def comment(body: str, mark: str, environment: Mapping[str, str]) -> str:
    """Writes or rewrites it; gives what was done. Raises ForgeRefused."""
    number = _number(environment)
    if number is None:
        return "this run is of no pull request: the footprint is in the job's summary"
    repository = environment.get("GITHUB_REPOSITORY", "")
    if not _REPOSITORY.fullmatch(repository):
        raise ForgeRefused("GITHUB_REPOSITORY is not one, expected owner/name")
    token = environment.get("GITHUB_TOKEN", "")
    if not token:
        raise ForgeRefused("there is no token, expected the input github-token")
    forge = Forge(
        environment.get("GITHUB_API_URL", ""),
        {"authorization": f"Bearer {token}", "accept": "application/vnd.github+json"},
    )
    earlier = _earlier(forge, repository, number, mark)
    if earlier is not None:
        forge.ask("PATCH", f"/repos/{repository}/issues/comments/{earlier}", {"body": body})
        return f"the comment on pull request {number} was rewritten"
    forge.ask("POST", f"/repos/{repository}/issues/{number}/comments", {"body": body})
    return f"a comment was made on pull request {number}"


def _number(environment: Mapping[str, str]) -> int | None:
    """Of the pull request that the run is of. Raises ForgeRefused for an event that cannot be read."""
    file = environment.get("GITHUB_EVENT_PATH", "")
    if not file:
        return None
    try:
        event = json.loads(Path(file).read_text(encoding="utf-8"))
        found = event.get("pull_request") or {}
        number = found.get("number")
    except (OSError, ValueError, AttributeError) as error:
        raise ForgeRefused("the event of this run cannot be read") from error
    return number if isinstance(number, int) and number > 0 else None


def _earlier(forge: Forge, repository: str, number: int, mark: str) -> int | None:
    """The comment of an earlier run. A person who copies the mark gets a comment beside it, not instead."""
    for page in range(1, MOST_PAGES + 1):
        path = f"/repos/{repository}/issues/{number}/comments?per_page={PAGE}&page={page}"
        found = forge.ask("GET", path)
        if not isinstance(found, list):
            raise ForgeRefused("the comments of the pull request are not a list")
        for one in found:
            is_bot = (one.get("user") or {}).get("type") == "Bot"
            if is_bot and str(one.get("body", "")).startswith(mark) and isinstance(one.get("id"), int):
                return int(one["id"])
        if len(found) < PAGE:
            return None
    return None
