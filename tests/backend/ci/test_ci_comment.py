"""The comment step alone, against a stand-in for both forges' APIs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from forge_server import ME, SOMEBODY, ForgeServer
from pipelines import TOKEN

from scripts.ci.comment import MOST_CHARACTERS, body_of, made, mark_of
from scripts.ci.forge import ForgeRefused

FORGES = ["github", "gitlab"]


@pytest.fixture
def environment(request: pytest.FixtureRequest, forge: ForgeServer, tmp_path: Path) -> dict[str, str]:
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 12}}))
    github = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_API_URL": forge.url,
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_REPOSITORY": "team/model",
        "GITHUB_TOKEN": TOKEN,
    }
    gitlab = {
        "GITLAB_CI": "true",
        "CI_API_V4_URL": forge.url,
        "CI_MERGE_REQUEST_IID": "12",
        "CI_PROJECT_ID": "99",
        "GREENLEDGER_GITLAB_TOKEN": TOKEN,
    }
    return {"github": github, "gitlab": gitlab}[request.param]


@pytest.mark.parametrize("environment", FORGES, indirect=True)
def test_comment__made_again__is_rewritten_and_others_are_left_alone(
    environment: dict[str, str], forge: ForgeServer
) -> None:
    mark = mark_of(environment)
    for _ in range(150):
        forge.comments.add("a word of somebody", SOMEBODY)
    forge.comments.add(f"{mark}\na copy by somebody", SOMEBODY)
    forge.comments.add("another word of ours", ME)
    assert "was made" in made(body_of("first", environment), environment)
    assert "was rewritten" in made(body_of("second", environment), environment)
    assert forge.comments.bodies()[150:] == [
        f"{mark}\na copy by somebody",
        "another word of ours",
        f"{mark}\nsecond",
    ]


@pytest.mark.parametrize(
    ("environment", "others"),
    [
        ("github", {"GREENLEDGER_CI_LEG": "1"}),
        ("github", {"GITHUB_JOB": "evaluate"}),
        ("gitlab", {"CI_JOB_NAME": "train: [7b]"}),
    ],
    indirect=["environment"],
)
def test_comment__of_another_job_of_the_run__stands_beside_and_names_its_job(
    environment: dict[str, str], others: dict[str, str], forge: ForgeServer
) -> None:
    for _ in range(2):
        for job in (environment, environment | others):
            made(body_of("text", job), job)
    first, second = forge.comments.bodies()
    assert first != second and f"{next(iter(others.values()))} `" in second


@pytest.mark.parametrize("environment", FORGES, indirect=True)
@pytest.mark.parametrize("status", [401, 403, 500])
def test_comment__forge_refuses__is_told_without_the_token(
    environment: dict[str, str], forge: ForgeServer, status: int
) -> None:
    forge.comments.refusing = status
    with pytest.raises(ForgeRefused) as refused:
        made(body_of("text", environment), environment)
    assert f"was answered {status}" in str(refused.value) and TOKEN not in str(refused.value)


@pytest.mark.parametrize("environment", FORGES, indirect=True)
def test_comment__forge_redirects__does_not_carry_the_token_on(
    environment: dict[str, str], forge: ForgeServer
) -> None:
    forge.comments.elsewhere = f"{forge.url}/user"
    with pytest.raises(ForgeRefused, match="was answered 307"):
        made(body_of("text", environment), environment)


@pytest.mark.parametrize(
    ("environment", "missing", "said"),
    [
        ("github", "GITHUB_TOKEN", "github-token"),
        ("github", "GITHUB_API_URL", "http or https"),
        ("github", "GITHUB_REPOSITORY", "owner/name"),
        ("gitlab", "GREENLEDGER_GITLAB_TOKEN", "scope api"),
        ("gitlab", "CI_PROJECT_ID", "numbers"),
        ("gitlab", "GITLAB_CI", "which forge"),
    ],
    indirect=["environment"],
)
def test_comment__setting_missing__is_named(environment: dict[str, str], missing: str, said: str) -> None:
    with pytest.raises(ForgeRefused, match=said):
        made(
            body_of("text", environment),
            {name: value for name, value in environment.items() if name != missing},
        )


@pytest.mark.parametrize(
    ("environment", "missing"),
    [("github", "GITHUB_EVENT_PATH"), ("gitlab", "CI_MERGE_REQUEST_IID")],
    indirect=["environment"],
)
def test_comment__run_of_no_request__is_made_nowhere(
    environment: dict[str, str], forge: ForgeServer, missing: str
) -> None:
    said = made(
        body_of("text", environment), {name: value for name, value in environment.items() if name != missing}
    )
    assert "request" in said and forge.comments.items == []


def test_body__longer_than_a_forge_takes__is_cut_and_says_so() -> None:
    body = body_of("x" * 100_000, {})
    assert len(body) < MOST_CHARACTERS + 200 and body.endswith("(cut here: the rest is in the job's summary)")
