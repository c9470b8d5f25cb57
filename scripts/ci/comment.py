"""The second step: the footprint as a comment on the pull or merge request, one that later runs rewrite.

A comment that cannot be made is a warning and never the job's end: forks have no token that may write.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping

from scripts.ci import texts
from scripts.ci.command import NOT_POSSIBLE
from scripts.ci.forge import ForgeRefused
from scripts.ci.github import pull_request
from scripts.ci.gitlab import merge_request
from scripts.ci.inputs import LEG, InvalidInput, folder_of, is_comment_off
from scripts.ci.result import COMMENT
from scripts.ci.texts import annotation, log

MARK = "<!-- greenledger: footprint"
_JOB = ("GITHUB_WORKFLOW", "GITHUB_JOB", LEG, "CI_JOB_NAME")  # the same in every run
MOST_CHARACTERS = 60_000  # GitHub takes 65,536


def mark_of(environment: Mapping[str, str]) -> str:
    """By which a later run of the same job finds its comment; other jobs of the run have their own."""
    job = "\n".join(environment.get(part, "") for part in _JOB)
    return f"{MARK} {hashlib.sha256(job.encode()).hexdigest()[:16]} -->"


def body_of(markdown: str, environment: Mapping[str, str]) -> str:
    """The comment with its mark, and the job that it is of."""
    if len(markdown) > MOST_CHARACTERS:
        markdown = f"{markdown[:MOST_CHARACTERS]}\n\n(cut here: the rest is in the job's summary)"
    job = texts.markdown(" ".join(filter(None, (environment.get(part, "") for part in _JOB))))
    return f"{mark_of(environment)}\n{markdown}" + (f"\n\nJob {job}" if job else "")


def made(body: str, environment: Mapping[str, str]) -> str:
    """What was done, in words. Raises ForgeRefused."""
    if environment.get("GITHUB_ACTIONS") == "true":
        return pull_request.comment(body, mark_of(environment), environment)
    if environment.get("GITLAB_CI") == "true":
        return merge_request.comment(body, mark_of(environment), environment)
    raise ForgeRefused("neither GITHUB_ACTIONS nor GITLAB_CI is true: which forge is this?")


def main() -> int:
    try:
        file = folder_of(os.environ) / COMMENT
    except InvalidInput as error:
        sys.stderr.write(f"{error}\n")
        return NOT_POSSIBLE
    if is_comment_off(os.environ):
        sys.stdout.write(log("no comment was asked for") + "\n")
        return 0
    if not file.is_file():
        sys.stdout.write(log("the footprint step left nothing to comment") + "\n")
        return 0
    try:
        said = log(made(body_of(file.read_text(encoding="utf-8"), os.environ), os.environ))
    except ForgeRefused as error:
        warning = f"no comment was made: {error}"
        said = annotation("warning", warning) if os.environ.get("GITHUB_ACTIONS") == "true" else log(warning)
    sys.stdout.write(said + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
