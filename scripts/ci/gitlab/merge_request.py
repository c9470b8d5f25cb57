"""The note on a merge request at GitLab."""

from __future__ import annotations

from collections.abc import Mapping

from scripts.ci.forge import Forge, ForgeRefused

PAGE, MOST_PAGES = 100, 30


def comment(body: str, mark: str, environment: Mapping[str, str]) -> str:
    """Writes or rewrites it; gives what was done. Raises ForgeRefused."""
    number, project = environment.get("CI_MERGE_REQUEST_IID", ""), environment.get("CI_PROJECT_ID", "")
    if not number:
        return "this pipeline is of no merge request: the footprint is in the job's artifacts"
    if not (number.isdecimal() and project.isdecimal()):
        raise ForgeRefused("CI_MERGE_REQUEST_IID and CI_PROJECT_ID: expected numbers")
    token = environment.get("GREENLEDGER_GITLAB_TOKEN", "")
    if not token:
        raise ForgeRefused(
            "there is no token, expected GREENLEDGER_GITLAB_TOKEN: a project access token with the scope api"
        )
    forge = Forge(environment.get("CI_API_V4_URL", ""), {"private-token": token})
    notes = f"/projects/{project}/merge_requests/{number}/notes"
    earlier = _earlier(forge, notes, mark)
    if earlier is not None:
        forge.ask("PUT", f"{notes}/{earlier}", {"body": body})
        return f"the note on merge request {number} was rewritten"
    forge.ask("POST", notes, {"body": body})
    return f"a note was made on merge request {number}"


def _earlier(forge: Forge, notes: str, mark: str) -> int | None:
    """The note of an earlier run, by the token's own user: others' notes cannot be rewritten."""
    own = forge.ask("GET", "/user")
    for page in range(1, MOST_PAGES + 1):
        found = forge.ask("GET", f"{notes}?sort=asc&per_page={PAGE}&page={page}")
        if not isinstance(found, list) or not isinstance(own, dict):
            raise ForgeRefused("the notes of the merge request are not a list")
        for one in found:
            is_own = (one.get("author") or {}).get("id") == own.get("id")
            if is_own and str(one.get("body", "")).startswith(mark) and isinstance(one.get("id"), int):
                return int(one["id"])
        if len(found) < PAGE:
            return None
    return None
