"""`greenledger login`, `logout` and `keys`: a scoped key for this user, by a wallet's signature."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_people import PASSWORD, Person, write_keystore
from deployed import account
from nodes import workload

from greenledger.cli.keystores import WalletChoice
from greenledger.client import Client, Connection, NotTrusted
from greenledger.client.settings import config_file, stored
from greenledger.client.signers import check_signer, in_clear, keystore


def key_rows(person: Person) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = person.json("keys", "list")
    return rows


def test_login__keystore_and_password_file__stores_a_scoped_key_for_its_owner_alone(person: Person) -> None:
    result = person.run("login", "--days", "30")
    assert person.wallet.address in result.stdout and "gl_" not in result.stdout
    file = config_file()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    login = stored()
    assert login is not None and login.account == person.wallet.address
    assert login.contracts["ledger"].startswith("0x") and login.keystore == str(person.keystore)
    (key,) = key_rows(person)
    assert key["id"] == login.key_id and set(key["scopes"]) == {"estimate", "submit", "record"}
    assert "PASSWORD" not in file.read_text() and person.wallet.key.hex() not in file.read_text()


def test_login__again__ends_the_key_of_the_login_before(person: Person) -> None:
    person.run("login")
    first = stored()
    person.run("login")
    second = stored()
    assert first is not None and second is not None and first.key_id != second.key_id
    revoked = {key["id"] for key in key_rows(person) if key["revoked_at"]}
    assert revoked == {first.key_id}


def test_login__dry_run__makes_no_key_and_stores_nothing(person: Person) -> None:
    shown = person.json("login", "--dry-run")
    assert shown["account"] == person.wallet.address and shown["key_id"] is None
    assert stored() is None


def test_login__password_from_the_environment_or_the_prompt__opens_the_keystore(person: Person) -> None:
    no_file: dict[str, str | None] = {"GREENLEDGER_KEYSTORE_PASSWORD_FILE": None}
    person.run("login", "--dry-run", **no_file, GREENLEDGER_KEYSTORE_PASSWORD=PASSWORD)
    result = person.run("login", "--dry-run", code=2, **no_file)
    assert "password of key.json was not given" in " ".join(result.output.split())


def test_login__wrong_password__is_refused_and_told_nowhere(person: Person) -> None:
    person.password_file.write_text("not this one")
    result = person.run("login", code=2)
    assert "does not open with the password given" in result.output
    assert "not this one" not in result.output and stored() is None


def test_login__ape_account__is_the_same_format(person: Person, home: Path) -> None:
    folder = home / "home" / ".ape" / "accounts"
    folder.mkdir(parents=True)
    write_keystore(folder / "deployer.json", bytes(person.wallet.key))
    shown = person.json("login", "--ape", "deployer", GREENLEDGER_KEYSTORE=None)
    assert shown["account"] == person.wallet.address
    assert "both are given" in person.run("login", "--ape", "deployer", code=2).output
    missing = person.run("login", "--ape", "../nobody", code=2, GREENLEDGER_KEYSTORE=None)
    assert "is no file" in missing.output


def test_login__gateway_away__ends_with_4(person: Person) -> None:
    result = person.run("login", "--url", "http://127.0.0.1:9", code=4)
    assert "no answer" in result.output


def test_logout__ends_the_key_at_the_gateway_and_forgets_it(member: Person) -> None:
    login = stored()
    assert login is not None
    member.run("logout")
    assert stored() is None and not config_file().exists()
    with (
        Client(connection=Connection(member.url, login.api_key)) as client,
        pytest.raises(Exception, match="401"),
    ):
        client.submit(workload())
    assert "nobody is logged in" in member.run("logout", code=2).output


def test_keys__create_list_revoke__show_the_secret_once(member: Person) -> None:
    planned = member.json("keys", "create", "CI", "--scopes", "submit,record", "--dry-run")
    assert planned["dry_run"] is True
    made = member.json("keys", "create", "CI", "--scopes", "submit,record", "--days", "7")
    assert made["key"].startswith("gl_") and made["scopes"] == ["submit", "record"]
    assert {key["name"] for key in key_rows(member)} >= {"CI"}
    assert made["key"] not in member.run("keys", "list").stdout
    member.run("keys", "revoke", made["id"])
    assert [key["revoked_at"] is not None for key in key_rows(member) if key["name"] == "CI"] == [True]
    wrong = member.json("keys", "create", "CI", "--scopes", "everything", code=2)
    assert wrong["problem"] == "invalid_request" and wrong["errors"][0]["field"].startswith("scopes")


def test_stored_key__is_shown_to_its_own_gateway_alone(member: Person, scripted: Any) -> None:
    result = member.run("submit", "--hardware", "l4", "--hours", "1", "--url", scripted.url, code=2)
    assert "needs an API key" in result.output and scripted.asked == []


def test_ledger_that_moved__is_not_trusted(member: Person) -> None:
    file = config_file()
    login = json.loads(file.read_text())
    login["contracts"]["ledger"] = "0x" + "11" * 20
    file.write_text(json.dumps(login))
    result = member.run("status", code=2)
    assert "the one trusted" in result.output


def test_login_file__that_is_none__says_so(person: Person) -> None:
    config_file().parent.mkdir(parents=True)
    config_file().write_text("[]")
    assert "is no login" in person.run("status", code=2).output


def test_development_key__off_a_local_chain__is_refused(person: Person, home: Path) -> None:
    known = account(1)
    write_keystore(home / "known.json", bytes(known.key))
    with pytest.raises(NotTrusted, match="well-known development key"):
        keystore(home / "known.json", PASSWORD, 1)
    with pytest.raises(NotTrusted, match="well-known development account"):
        check_signer(known, 8453)
    with pytest.raises(NotTrusted, match="a key in clear"):
        in_clear(known.key.to_0x_hex(), 8453)
    assert keystore(home / "known.json", PASSWORD, 31337).address == known.address
    check_signer(known, 31337)


def test_development_key__on_a_local_chain__signs_in(person: Person) -> None:
    key = person.wallet.key.to_0x_hex()
    shown = person.json("login", "--dry-run", GREENLEDGER_KEYSTORE=None, GREENLEDGER_DEVELOPMENT_KEY=key)
    assert shown["account"] == person.wallet.address


def test_wallet__none_named__says_how(person: Person) -> None:
    assert WalletChoice(None, None, None).file() is None
    result = person.run("login", code=2, GREENLEDGER_KEYSTORE=None)
    assert "whose key?" in result.output
