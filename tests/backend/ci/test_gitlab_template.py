"""The GitLab template's script against the real local stack."""

from __future__ import annotations

import subprocess

import yaml
from deployed import ROOT
from forge_server import ForgeServer
from pipelines import TEMPLATE, TOKEN, GitLabJob
from programs import Owner

HERE = {"GREENLEDGER_HOME": str(ROOT)}  # the checkout is here: nothing is cloned
HOURS = {
    "GREENLEDGER_CI_HARDWARE": "h100-sxm-80gb",
    "GREENLEDGER_CI_DEVICES": "8",
    "GREENLEDGER_CI_HOURS": "2.5",
    "GREENLEDGER_CI_PLACE": "FR",
}


def outputs(job: GitLabJob) -> dict[str, str]:
    text = (job.workspace / ".greenledger-ci/job/outputs.env").read_text()
    return dict(line.split("=", 1) for line in text.splitlines())


def test_job__over_the_budget_with_a_report__fails_after_note_and_report_were_made(
    gitlab: GitLabJob, forge: ForgeServer, ci_gateway_url: str, team: Owner
) -> None:
    wanted = {
        "GREENLEDGER_CI_MAX_KG": "0.5",
        "GREENLEDGER_CI_RECORD": "report",
        "GREENLEDGER_URL": ci_gateway_url,
        "GREENLEDGER_API_KEY": team.api_key,
    }
    job = gitlab.run(HERE | HOURS | wanted)
    assert job.code == 1, job.log
    (body,) = forge.comments.bodies()
    found = outputs(job)
    assert found["GREENLEDGER_VERDICT"] == "over" and f"`{found['GREENLEDGER_REPORT_ID']}`" in body
    assert "0.5 kg allowed" in job.log
    assert team.api_key not in job.log + body and TOKEN not in job.log + body


def test_job__nothing_said_of_the_work__fails_and_leaves_its_artifacts(
    gitlab: GitLabJob, forge: ForgeServer
) -> None:
    job = gitlab.run(HERE | {"GREENLEDGER_CI_MAX_KG": "5"})
    assert job.code == 2 and "file, hardware" in job.log
    template = yaml.safe_load(TEMPLATE.read_text())[".greenledger"]
    kept = [*template["artifacts"]["paths"], template["artifacts"]["reports"]["dotenv"]]
    assert all((job.workspace / path).is_file() for path in kept)
    assert len(forge.comments.bodies()) == 1


def test_job__comment_false__writes_no_note(gitlab: GitLabJob, forge: ForgeServer) -> None:
    job = gitlab.run(HERE | HOURS | {"GREENLEDGER_CI_MAX_KG": "1000", "GREENLEDGER_CI_COMMENT": "false"})
    assert job.code == 0 and "no comment was asked for" in job.log
    assert forge.comments.bodies() == []


def test_template__parallel_jobs__have_caches_of_their_own() -> None:
    key = yaml.safe_load(TEMPLATE.read_text())[".greenledger"]["cache"]["key"]
    assert "$CI_JOB_NAME_SLUG" in key and "$CI_NODE_INDEX" in key


def test_job__no_checkout_yet__clones_the_reference_that_was_asked_for(gitlab: GitLabJob) -> None:
    source = gitlab.scratch / "source"
    (source / "scripts/ci").mkdir(parents=True)
    (source / "scripts/ci/install.sh").write_text("echo cloned and run; exit 7\n")
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    for arguments in (["init", "-q", "-b", "v1"], ["add", "."], [*identity, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", "-C", str(source), *arguments], check=True, capture_output=True)
    job = gitlab.run({"GREENLEDGER_SOURCE": f"file://{source}", "GREENLEDGER_REF": "v1"})
    assert job.code == 7 and "cloned and run" in job.log
