"""What an installation seals and signs with: kept by its owner alone, changed while all runs, and checked by others."""

import json
import stat
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as some

from shared.keys import Keys
from shared.sealing import NotOpened, Sealer, is_sealed, masked, new_secret_key
from shared.signing import Signer, canonical

NUMBER = "11010119900307123X"


def made(folder: Path) -> Keys:
    """Make the keys of a folder."""
    keys = Keys(folder)
    keys.ensure()
    return keys


def test_files_of_keys_are_their_owners_alone_and_made_once(tmp_path: Path) -> None:
    keys = made(tmp_path)
    before = [keys.secrets.path.read_bytes(), keys.records.path.read_bytes()]
    made(tmp_path)
    assert [keys.secrets.path.read_bytes(), keys.records.path.read_bytes()] == before
    assert {stat.S_IMODE(file.path.stat().st_mode) for file in (keys.secrets, keys.records)} == {0o600}


def test_what_is_sealed_is_opened_and_never_looks_the_same(tmp_path: Path) -> None:
    sealer = made(tmp_path).sealer
    sealed = sealer.seal(NUMBER)
    assert is_sealed(sealed)
    assert not is_sealed(NUMBER)
    assert NUMBER not in sealed
    assert sealer.seal(NUMBER) != sealed
    assert sealer.open(sealed) == NUMBER


@given(some.text())
def test_any_text_is_sealed_and_opened(plain: str) -> None:
    sealer = Sealer([new_secret_key()])
    if plain.encode("utf-8", "ignore").decode() == plain:
        assert sealer.open(sealer.seal(plain)) == plain
        assert is_sealed(sealer.seal(plain))


@pytest.mark.parametrize("where", [0, 7, 9, 20, 30, 45, -1])
def test_what_was_changed_is_not_opened(tmp_path: Path, where: int) -> None:
    sealer = made(tmp_path).sealer
    sealed = sealer.seal(NUMBER)
    letter = "a" if sealed[where] != "a" else "b"
    place = where % len(sealed)
    with pytest.raises(NotOpened):
        sealer.open(sealed[:place] + letter + sealed[place + 1 :])


def test_what_another_installation_sealed_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with pytest.raises(NotOpened):
        made(tmp_path / "a").sealer.open(made(tmp_path / "b").sealer.seal(NUMBER))
    with pytest.raises(NotOpened):
        made(tmp_path / "a").sealer.open(NUMBER)


def test_keys_change_while_a_process_holds_them(tmp_path: Path) -> None:
    running, operator = made(tmp_path), Keys(tmp_path)
    sealed, fingerprint, first = running.sealer.seal(NUMBER), running.sealer.fingerprint(NUMBER), running.sealer.key_id
    kid = operator.secrets.rotate()
    assert running.sealer.key_id == kid != first
    assert running.sealer.open(sealed) == NUMBER
    assert running.sealer.open(running.sealer.seal(NUMBER)) == NUMBER
    assert running.sealer.fingerprint(NUMBER) == fingerprint
    assert running.sealer.fingerprint(NUMBER[:-1] + "1") != fingerprint


def test_a_key_that_no_longer_signs_is_kept_as_its_public_half(tmp_path: Path) -> None:
    running = made(tmp_path)
    first = running.signer
    signature = first.sign(b"receipt")
    kid = Keys(tmp_path).records.rotate()
    assert running.signer.key_id == kid != first.key_id
    kept = running.records.read()
    assert [sorted(key) for key in kept] == [["crv", "d", "kid", "kty", "x"], ["crv", "kid", "kty", "x"]]
    public = urlsafe_b64decode(kept[1]["x"] + "=")
    assert public == first.public
    Ed25519PublicKey.from_public_bytes(public).verify(signature, b"receipt")


def test_a_signed_document_holds_as_it_is_and_no_other(tmp_path: Path) -> None:
    signer = made(tmp_path).signer
    signed = signer.signed({"number": "cx-4-people-0001", "at": "2027-01-31T09:00:00+00:00"})
    public = Ed25519PublicKey.from_public_bytes(signer.public)

    def check(document: dict[str, Any]) -> None:
        rest = {name: value for name, value in document.items() if name != "signature"}
        public.verify(urlsafe_b64decode(document["signature"] + "=="), canonical(rest))

    check(json.loads(json.dumps(signed)))
    with pytest.raises(InvalidSignature):
        check(signed | {"number": "cx-4-people-0002"})
    with pytest.raises(InvalidSignature):
        check(signed | {"key": "another"})


def test_signatures_are_those_of_rfc_8032() -> None:
    """The second test vector of its section 7.1."""
    key = {
        "kid": "k",
        "d": "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs",
        "x": "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw",
    }
    signature = Signer(key).sign(bytes.fromhex("72"))
    assert signature.hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (333333333.33333329, "333333333.3333333"),
        (1e30, "1e+30"),
        (4.5, "4.5"),
        (2e-3, "0.002"),
        (0.000000000000000000000000001, "1e-27"),
        (1e-7, "1e-7"),
        (1e-6, "0.000001"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (-123456.78, "-123456.78"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        ("€$\u000f\nA'B\"\\\\\"/", '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),
        ({"€": 1, "\r": 2, "😀": 3, "\ufb33": 4, "1": 5, "ö": 6, "\x80": 7}, '{"\\r":2,"1":5,"\x80":7,"ö":6,"€":1,"😀":3,"\ufb33":4}'),
        ([None, True, False, [], {}, 9007199254740993], "[null,true,false,[],{},9007199254740993]"),
    ],
)  # fmt: skip
def test_canonical_json_is_that_of_rfc_8785(value: Any, written: str) -> None:
    assert canonical(value) == written.encode()


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(some.characters(exclude_categories=["Cs"])),
    lambda inside: some.lists(inside) | some.dictionaries(some.sampled_from(["a", "b", "é", "\ufb33", "😀"]), inside),
)


@given(JSON, some.floats(allow_nan=False, allow_infinity=False))
def test_canonical_json_is_the_same_whether_or_not_a_fraction_stands_beside(value: Any, number: float) -> None:
    beside = canonical([value, number])
    assert canonical([value, 0]) == beside.removesuffix(b"," + canonical(number) + b"]") + b",0]"


@given(some.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_the_same(number: float) -> None:
    assert float(canonical(number)) == number


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [float("-inf")]}])
def test_what_json_cannot_say_is_not_signed(value: Any) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical(value)


@pytest.mark.parametrize(
    ("plain", "shown"),
    [("110101199003071234", "110101********1234"), ("H01234567", "H0*****67"), ("12345", "*****"), ("", "")],
)
def test_a_number_is_shown_with_its_middle_hidden(plain: str, shown: str) -> None:
    assert masked(plain) == shown
