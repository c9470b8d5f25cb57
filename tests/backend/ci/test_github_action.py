"""The GitHub Action, step by step, against the real local stack."""

from __future__ import annotations

import json
import re

import httpx
import yaml
from deployed import Deployed
from forge_server import ForgeServer
from pipelines import ACTION, TOKEN, GitHubJob, work_file
from programs import Owner
from relay import free_port, relay

from greenledger.chain.client import ChainClient
from scripts.ci.comment import MARK
from scripts.ci.inputs import job_name

HOURS = {"hardware": "h100-sxm-80gb", "devices": "8", "hours": "2.5", "place": "FR"}
EMISSIONS = (
    "timestamp,project_name,run_id,duration,emissions,energy_consumed,country_name,country_iso_code,region,"
    "cloud_provider,cloud_region,on_cloud,pue\n"
    "2026-05-01T12:00:00,ci,5b0fa12a,3600.4,0.012,1.25,France,FRA,ile-de-france,,,N,1.0\n"
)


def test_action__every_command__holds_no_expression_and_names_a_script_that_is_there() -> None:
    steps = yaml.safe_load(ACTION.read_text())["runs"]["steps"]
    assert [step["name"] for step in steps] == ["Install greenledger", "Footprint", "Comment", "Verdict"]
    for step in steps:
        assert "${{" not in step["run"] and step["shell"] == "sh"
        path = step["run"].split('"')[1].removeprefix("$GITHUB_ACTION_PATH/")
        assert (ACTION.parent / path).is_file()


def test_job__within_the_budget__ends_well_with_comment_summary_and_outputs(
    github: GitHubJob, forge: ForgeServer
) -> None:
    job = github.run(HOURS | {"max-kg": "1000"})
    assert (job.code, len(job.ran)) == (0, 4), job.log
    (body,) = forge.comments.bodies()
    assert body.startswith(MARK) and "-->\n### Carbon footprint" in body and "✅ **Within the budget" in body
    assert job.summary.strip() in body
    outputs = job.outputs_of_action()
    assert outputs["verdict"] == "within"
    assert 0 < float(outputs["low-kg"]) < float(outputs["central-kg"]) < float(outputs["high-kg"]) < 1000
    assert outputs["report-id"] == outputs["transaction"] == ""


def test_job__over_the_budget__fails_after_the_comment_was_made(
    github: GitHubJob, forge: ForgeServer
) -> None:
    job = github.run(HOURS | {"max-kg": "0.5"})
    assert (job.code, job.ran[-1]) == (1, "Verdict"), job.log
    (body,) = forge.comments.bodies()
    assert "❌ **Over the budget" in body
    assert "::error title=Carbon footprint::" in job.log and "0.5 kg allowed" in job.log


def test_job__emissions_of_codecarbon__are_stated_once_however_often_it_runs(
    github: GitHubJob, forge: ForgeServer, ci_gateway_url: str, team: Owner
) -> None:
    (github.workspace / "emissions.csv").write_text(EMISSIONS)
    inputs = {
        "file": "emissions.csv",
        "max-kg": "10",
        "record": "submit",
        "url": ci_gateway_url,
        "api-key": team.api_key,
    }
    assert github.run(inputs).code == 0, github.log
    assert github.run(inputs).code == 0, github.log
    assert "1 of it known before" in forge.comments.bodies()[-1]
    headers = {"authorization": f"Bearer {team.api_key}"}
    rows = httpx.get(f"{ci_gateway_url}/v1/workloads", headers=headers).json()["items"]
    assert [row["workload"]["name"] for row in rows].count("ci/5b0fa12a") == 1
    assert team.api_key not in github.log + github.summary + "".join(forge.comments.bodies())
    holders = {
        secret: {name for name, environment in github.environments.items() if secret in environment.values()}
        for secret in (team.api_key, TOKEN)
    }
    assert holders == {team.api_key: {"Footprint"}, TOKEN: {"Comment"}}


async def test_job__report_asked__is_signed_and_the_owner_can_record_it(
    github: GitHubJob, forge: ForgeServer, ci_gateway_url: str, team: Owner, deployed: Deployed
) -> None:
    inputs = {"max-kg": "1000", "record": "report", "url": ci_gateway_url, "api-key": team.api_key}
    job = github.run(HOURS | inputs)
    assert job.code == 0, job.log
    report_id = job.outputs_of_action()["report-id"]
    (body,) = forge.comments.bodies()
    assert f"`{report_id}`" in body and f"({ci_gateway_url}/record)" in body
    headers = {"authorization": f"Bearer {team.api_key}"}
    async with httpx.AsyncClient(base_url=ci_gateway_url, headers=headers) as http:
        reports = (await http.get("/v1/reports")).json()["items"]
    (transaction,) = [one["transaction"] for one in reports if one["id"] == report_id]
    deployed.chain.send(team.person, transaction["to"], transaction["data"])
    async with ChainClient(deployed.chain.rpc_url, deployed.deployment) as chain:
        found = await chain.attestation(bytes.fromhex(report_id[2:]))
    assert found is not None and found.high_ug > 0


def test_job__sending_asked__records_with_the_keystore_of_the_job(
    github: GitHubJob, forge: ForgeServer, ci_gateway_url: str, team: Owner, deployed: Deployed
) -> None:
    keystore, password = github.scratch / "key.json", github.scratch / "password.txt"
    keystore.write_text(json.dumps(team.person.encrypt("a password", kdf="pbkdf2", iterations=1_000)))
    password.write_text("a password\n")
    inputs = {"max-kg": "1000", "record": "send", "url": ci_gateway_url, "api-key": team.api_key}
    wallet = {"GREENLEDGER_KEYSTORE": str(keystore), "GREENLEDGER_KEYSTORE_PASSWORD_FILE": str(password)}
    job = github.run(HOURS | inputs, **wallet)
    assert job.code == 0, job.log
    outputs = job.outputs_of_action()
    receipt = deployed.chain.web3.eth.get_transaction_receipt(outputs["transaction"])
    assert receipt["status"] == 1
    assert f"({ci_gateway_url}/attestation/{outputs['report-id']})" in forge.comments.bodies()[0]


async def test_job__key_without_the_scope__fails_and_names_the_scope(
    github: GitHubJob, forge: ForgeServer, ci_gateway_url: str, team: Owner
) -> None:
    key = await team.new_key(ci_gateway_url, "estimate")
    inputs = {"max-kg": "1000", "record": "submit", "url": ci_gateway_url, "api-key": key}
    job = github.run(HOURS | inputs)
    assert (job.code, job.outputs_of_action()["verdict"]) == (2, "unrecorded")
    assert "scope submit" in job.log and key not in job.log
    assert "Not recorded" in forge.comments.bodies()[0]


def test_job__gateway_away__fails_with_its_own_code_and_says_so(github: GitHubJob) -> None:
    inputs = {"max-kg": "1000", "record": "submit", "url": "http://127.0.0.1:1", "api-key": "gl_a_b"}
    job = github.run(HOURS | inputs)
    assert (job.code, job.outputs_of_action()["verdict"]) == (4, "unrecorded")
    assert "http://127.0.0.1:1 gave no answer" in job.log


def test_job__gateway_away_and_told_to_go_on__keeps_the_work_and_a_later_job_sends_it(
    github: GitHubJob, ci_gateway_url: str, team: Owner
) -> None:
    asked = {"max-kg": "1000", "record": "submit", "api-key": team.api_key, "continue-on-unreachable": "true"}
    work_file(github.workspace, "kept.jsonl", _work("kept for later"))
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    job = github.run(asked | {"file": "kept.jsonl", "url": url})
    assert job.code == 0, job.log
    assert "1 kept, to be stated by a later job" in job.log
    kept = [file for file in (job.scratch / "greenledger-ci/state").rglob("*") if file.is_file()]
    assert any("kept for later" in file.read_text() for file in kept)

    work_file(github.workspace, "next.jsonl", _work("next"))
    with relay(port, ci_gateway_url):
        assert github.run(asked | {"file": "next.jsonl", "url": url}).code == 0, github.log
    headers = {"authorization": f"Bearer {team.api_key}"}
    rows = httpx.get(f"{ci_gateway_url}/v1/workloads", headers=headers).json()["items"]
    assert {"kept for later", "next"} <= {row["workload"]["name"] for row in rows}


def test_job__gateway_away_where_a_report_was_asked__says_that_it_will_not_be_recorded(
    github: GitHubJob, forge: ForgeServer
) -> None:
    asked = {"record": "report", "url": "http://127.0.0.1:1", "api-key": "gl_a_b"}
    job = github.run(HOURS | asked | {"max-kg": "1000", "continue-on-unreachable": "true"})
    assert job.code == 0, job.log
    (body,) = forge.comments.bodies()
    assert "to be stated by a later job. That will not record it" in body
    assert "greenledger batch close" in body


def test_job__of_a_matrix__has_a_comment_and_work_of_its_own(github: GitHubJob, forge: ForgeServer) -> None:
    names = []
    for index in ("0", "1"):
        github.job_index = index
        assert github.run(HOURS | {"max-kg": "1000"}).code == 0, github.log
        names.append(job_name(github.environments["Footprint"]))
    assert len(forge.comments.bodies()) == 2
    assert names == ["team/model 77 1 train 0", "team/model 77 1 train 1"]


def _work(name: str) -> dict[str, object]:
    return {
        "kind": "training",
        "name": name,
        "start": 1_767_225_600,
        "end": 1_767_229_200,
        "place": {"country": "FR"},
        "phases": [{"hardware": "h100-sxm-80gb", "device_seconds": "3600"}],
    }


def test_job__some_entries_rejected__fails_since_it_is_not_all_of_the_work(
    github: GitHubJob, forge: ForgeServer
) -> None:
    hostile = _work("x") | {"kind": "<img src=x> @everyone | [a](http://evil.example)"}
    work_file(github.workspace, "work.jsonl", _work("good"), hostile)
    job = github.run({"file": "work.jsonl", "max-kg": "1000"})
    assert (job.code, job.outputs_of_action()["verdict"]) == (3, "partly")
    (body,) = forge.comments.bodies()
    assert "rejected" in body
    hostile_row = body.split("rejected line")[1]
    assert not re.search(r"(?<!\\)<img|(?<!\\)\]\(|(?<!\\)@everyone", hostile_row)


def test_job__hostile_inputs_and_a_folder_named_scripts__are_values_and_never_run(
    github: GitHubJob, forge: ForgeServer
) -> None:
    folder = github.workspace / "scripts/ci"
    folder.mkdir(parents=True)
    for package in (folder.parent, folder):
        (package / "__init__.py").write_text("")
    for module in ("footprint", "comment", "verdict", "inputs"):
        (folder / f"{module}.py").write_text("raise SystemExit('theirs')\n")
    hostile = {"name": '$(touch OWNED) `touch OWNED` "; touch OWNED #', "place": "FR; touch OWNED"}
    job = github.run(HOURS | {"max-kg": "1000"} | hostile)
    assert not list(github.workspace.parent.rglob("OWNED"))
    assert (job.code, job.outputs_of_action()["verdict"]) == (2, "failed")
    assert "theirs" not in job.log and "place" in job.log
    assert len(forge.comments.bodies()) == 1
