"""`token_uri` of any certificate parses as JSON with an SVG in it, and says what the certificate says."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import Any
from xml.etree import ElementTree

import pytest
from eth_abi import decode, encode
from eth_utils import keccak
from hypothesis import example, given, settings
from hypothesis import strategies as st
from in_process import call_raw, load

TYPES = "(address,uint72,uint72,uint32,bool,uint16,bytes32,string,string,string,uint64)"
SELECTOR = keccak(text=f"token_uri({TYPES})")[:4]
LARGEST_UG = 2**72 - 1
MAX_URI = 15_389
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def art() -> Any:
    return load("contracts/CertificateArt.vy")


def draw(
    art: Any, project: bytes, beneficiary: bytes, serials: bytes, **changes: Any
) -> tuple[dict[str, Any], ElementTree.Element]:
    """The JSON without its image, and the image."""
    values = {
        "amount_ug": 10**12,
        "allocated_ug": 0,
        "voided": False,
        "registry": b"icr",
        "retired_at": 0,
    } | changes
    certificate = (
        "0x" + "11" * 20,
        values["amount_ug"],
        values["allocated_ug"],
        1,
        values["voided"],
        2021,
        values["registry"].ljust(32, b"\0"),
        project,
        beneficiary,
        serials,
        values["retired_at"],
    )
    data = SELECTOR + encode([TYPES.replace("string", "bytes")], [certificate])
    (uri,) = decode(["string"], call_raw(art, data))
    assert len(uri) <= MAX_URI
    metadata = json.loads(b64decode(uri.removeprefix("data:application/json;base64,"), validate=True))
    image = metadata.pop("image").removeprefix("data:image/svg+xml;base64,")
    return metadata, ElementTree.fromstring(b64decode(image, validate=True))


@pytest.fixture(scope="module")
def plain(art: Any) -> tuple[dict[str, Any], ElementTree.Element]:
    """A certificate whose texts are one letter each."""
    return draw(art, b"P", b"B", b"S")


@settings(max_examples=25, deadline=None)
@given(
    project=st.binary(min_size=1, max_size=32),
    beneficiary=st.binary(min_size=1, max_size=64),
    serials=st.binary(min_size=1, max_size=96),
    amount_ug=st.integers(1, LARGEST_UG),
)
@example(b'"' * 32, b"'" * 64, b"&" * 96, LARGEST_UG)
@example(b"</text><script>x</script>", b"<![CDATA[", b"]]><!--", 1)
@example(b'","image":"https://example.org/x', b"\\", b"\\u0022", 1)
def test_token_uri__any_texts__parse_and_add_nothing(
    art: Any,
    plain: tuple[dict[str, Any], ElementTree.Element],
    project: bytes,
    beneficiary: bytes,
    serials: bytes,
    amount_ug: int,
) -> None:
    plain_metadata, plain_image = plain
    metadata, image = draw(art, project, beneficiary, serials, amount_ug=amount_ug, allocated_ug=amount_ug)
    assert [item.tag for item in image.iter()] == [item.tag for item in plain_image.iter()]
    assert metadata.keys() == plain_metadata.keys()
    kinds = [item["trait_type"] for item in metadata["attributes"]]
    assert kinds == [item["trait_type"] for item in plain_metadata["attributes"]]


@pytest.mark.parametrize(("voided", "mark"), [(False, ""), (True, "VOID: ")])
def test_token_uri__longest_and_most_escaped__fits(art: Any, voided: bool, mark: str) -> None:
    metadata, _ = draw(
        art,
        b"<" * 32,
        b"<" * 64,
        b"<" * 96,
        registry=b"<" * 32,
        amount_ug=LARGEST_UG,
        allocated_ug=LARGEST_UG,
        voided=voided,
        retired_at=2**40 - 1,
    )
    assert metadata["name"] == mark + "4722366482.869 t CO2e retired, " + "<" * 32


def test_token_uri__names_of_people__are_shown_as_they_are(art: Any) -> None:
    name = "Müller & Söhne <株式会社>"
    metadata, image = draw(art, b"VCS-1", name.encode(), b"1-2")
    assert {"trait_type": "Beneficiary", "value": name} in metadata["attributes"]
    assert name in [item.text for item in image.iter(f"{SVG}text")]


@pytest.mark.parametrize(("allocated_ug", "width"), [(0, "0"), (1, "280"), (2, "560")])
def test_token_uri__allocated_part__is_the_length_of_the_bar(art: Any, allocated_ug: int, width: str) -> None:
    _, image = draw(art, b"P", b"B", b"S", amount_ug=2, allocated_ug=allocated_ug)
    assert [item.get("width") for item in image.findall(f"{SVG}rect")][-1] == width


def test_token_uri__valid_certificate__says_what_it_is_and_is_not(art: Any) -> None:
    metadata, image = draw(art, b"P", b"B", b"S")
    assert {"trait_type": "Status", "value": "Valid"} in metadata["attributes"]
    assert "Evidence of a retirement" in metadata["description"]
    assert "conveys no unit" in metadata["description"]
    texts = [item.text for item in image.iter(f"{SVG}text")]
    assert "CERTIFICATE OF RETIRED CREDITS" in texts
    assert any("conveys no unit" in (text or "") for text in texts)


def test_token_uri__void_certificate__says_so_first(art: Any) -> None:
    metadata, image = draw(art, b"P", b"B", b"S", voided=True)
    assert metadata["name"].startswith("VOID: 1 t CO2e retired")
    assert {"trait_type": "Status", "value": "Void"} in metadata["attributes"]
    assert next(image.iter(f"{SVG}text")).text == "VOID, TAKEN BACK"
