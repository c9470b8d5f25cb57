"""People at a command line, with a gateway to log in to."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from command_people import Person, new_person_at
from deployed import Deployed


@pytest.fixture(autouse=True)
def silent_gateway() -> Iterator[None]:
    """The gateway runs in this process: what it logs is not what a command prints."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers = root.handlers
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    root.handlers = [logging.NullHandler()]
    yield
    root.handlers = handlers
    structlog.configure(**before)


@pytest.fixture
def person(home: Path, gateway_url: str, deployed: Deployed) -> Person:
    """Somebody with ether who has never logged in."""
    made = new_person_at(home, gateway_url)
    deployed.chain.fund(made.wallet.address)
    return made


@pytest.fixture
def member(person: Person) -> Person:
    """Somebody who is logged in."""
    person.run("login")
    return person


@pytest.fixture
def write(home: Path) -> Callable[[str, object], str]:
    """Writes a file, JSON unless it is text, and gives its name."""

    def to_file(name: str, content: object) -> str:
        file = home / name
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(file)

    return to_file
