"""natrix over the contracts, with a fault of its version 0.1.9 worked around.

natrix passes over a module that cannot be compiled alone because it uses another, but not if it uses two: the
compiler then words its complaint in another way.
"""

from __future__ import annotations

from typing import Any

import natrix
from natrix import ast_tools

WAITS_FOR_ANOTHER = "vyper.exceptions.InitializerException: is used but never initialized!"
_compile = ast_tools.vyper_compile


def compile_or_say_why(*arguments: Any, **options: Any) -> Any:
    """natrix's own call of the compiler, with one wording for modules that use others."""
    try:
        return _compile(*arguments, **options)
    except Exception as error:
        if "is used but never initialized!" in str(error):
            raise RuntimeError(WAITS_FOR_ANOTHER) from error
        raise


if __name__ == "__main__":
    ast_tools.vyper_compile = compile_or_say_why
    natrix.main()
