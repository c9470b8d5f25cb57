"""The last step: ends the job as the footprint step found, after the comment was made."""

from __future__ import annotations

import os
import sys

from scripts.ci.command import NOT_POSSIBLE
from scripts.ci.inputs import InvalidInput, folder_of
from scripts.ci.result import Result
from scripts.ci.texts import annotation, log


def main() -> int:
    try:
        result = Result.load(folder_of(os.environ))
    except InvalidInput as error:
        result = Result("failed", NOT_POSSIBLE, str(error))
    if result is None:
        result = Result("failed", NOT_POSSIBLE, "the footprint step left no result")
    level = "error" if result.code else "notice"
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    sys.stdout.write((annotation(level, result.message) if on_github else log(result.message)) + "\n")
    return result.code


if __name__ == "__main__":
    sys.exit(main())
