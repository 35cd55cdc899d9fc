"""The record of a cycle and what is signed: checked by one script of the standard library, which finds what was done to it."""

import json
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as some

from services.awards.record import offline
from shared.keys import Keys
from tests.alone import account
from tests.awards.running import Awards

C = "chuangxin-4"
AT = f"cycles/{C}/audit"
Deeds = list[dict[str, Any]]


@pytest.fixture
def cycle(awards: Awards) -> Awards:
    """Make a cycle that has seen something."""
    awards.opened(C)
    awards.extend(C, "2027-02-28T17:00")
    awards.runtime.relay.drain()
    return awards


def lines_of(awards: Awards) -> list[dict[str, Any]]:
    """Return the lines of the record as it is by now."""
    return [json.loads(line) for line in awards.ask("GET", AT, "supervisor").text.splitlines()]


def check(folder: Path, content: str | bytes, *options: str) -> tuple[int, str]:
    """Run the script as a stranger does: alone, in a Python that knows nothing of the house."""
    (folder / "huitang_check.py").write_bytes(Path(offline.__file__).read_bytes())
    (folder / "file").write_bytes(content if isinstance(content, bytes) else content.encode())
    asked = [sys.executable, "-I", "huitang_check.py", "file", *options]
    done = subprocess.run(asked, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def written(lines: list[dict[str, Any]]) -> str:
    """Write lines as the record has them."""
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)


def test_the_record_of_a_cycle_holds_offline(cycle: Awards, tmp_path: Path) -> None:
    answer = cycle.ask("GET", AT, "supervisor")
    assert answer.headers["content-disposition"] == f'attachment; filename="{C}-record.jsonl"'
    (tmp_path / "keys.json").write_text(cycle.ask("GET", "record/keys", None).text)
    first, *deeds, last = [json.loads(line) for line in answer.text.splitlines()]
    assert (first["slug"], last["length"], last["head"]) == (C, len(deeds), deeds[-1]["hash"])
    assert [deed["verb"] for deed in deeds][:2] == ["cycle.drafted", "cycle.defined"] or len(deeds) > 2
    code, said = check(tmp_path, answer.content, "--keys", "keys.json", "--head", f"2:{deeds[1]['hash']}")
    assert code == 0, said
    assert f"共 {len(deeds)} 条" in said
    assert check(tmp_path, answer.content)[0] == 0


def test_the_script_is_the_one_that_is_given_out(cycle: Awards) -> None:
    answer = cycle.ask("GET", "record/checker", None)
    assert answer.content == Path(offline.__file__).read_bytes()
    assert len(answer.content.splitlines()) < 180
    imported = {line.split()[1] for line in answer.text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= {*sys.stdlib_module_names, "__future__"}


def test_that_it_was_taken_is_on_record(cycle: Awards) -> None:
    lines_of(cycle)
    cycle.runtime.relay.drain()
    assert [line["verb"] for line in lines_of(cycle)[1:-1]][-1] == "record.exported"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 401), ("nominator", 403), ("foreign_officer", 403), ("foreign_supervisor", 403), ("officer", 200),
        ("supervisor", 200), ("administrator", 200),
    ],
)  # fmt: skip
def test_it_is_for_the_office_and_who_supervises_it(cycle: Awards, role: str | None, status: int) -> None:
    assert cycle.status("GET", AT, role) == status


def test_the_record_of_a_draft_is_hidden(awards: Awards) -> None:
    awards.draft(C)
    assert [awards.status("GET", AT, role) for role in ("nominator", "supervisor", "officer")] == [404, 404, 200]


def _changed(deeds: Deeds) -> None:
    deeds[1]["actor"] = account(7)


def _removed(deeds: Deeds) -> None:
    del deeds[1]


def _inserted(deeds: Deeds) -> None:
    deeds.insert(1, dict(deeds[0]))


def _reordered(deeds: Deeds) -> None:
    deeds[0], deeds[1] = deeds[1], deeds[0]


def _renumbered(deeds: Deeds) -> None:
    del deeds[0]
    for number, deed in enumerate(deeds, 1):
        deed["number"] = number


def _cut(deeds: Deeds) -> None:
    deeds.pop()


def _moment(deeds: Deeds) -> None:
    deeds[0]["at"] = "2020-01-01T00:00:00+00:00"


TAMPERING = (_changed, _removed, _inserted, _reordered, _renumbered, _cut, _moment)


@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda each: each.__name__[1:])
def test_whatever_was_done_to_the_file_is_found(cycle: Awards, tmp_path: Path, tamper: Callable[[Deeds], None]) -> None:
    first, *deeds, last = lines_of(cycle)
    tamper(deeds)
    code, said = check(tmp_path, written([first, *deeds, last]))
    assert code == 1, said
    assert said.startswith("×")
    assert "Traceback" not in said


def rehashed(lines: list[dict[str, Any]], keys: Keys) -> list[dict[str, Any]]:
    """Seal and sign lines anew, as only whoever runs the installation could."""
    first, *deeds, last = lines
    head = offline.hashlib.sha256(first["cycle"].encode()).hexdigest()
    for number, deed in enumerate(deeds, 1):
        content = [deed[name] for name in ("at", "actor", "verb", "subject", "change", "request_id")]
        head = offline.hashlib.sha256(head.encode() + offline.canonical(content)).hexdigest()
        deed |= {"number": number, "hash": head}
    told = {name: value for name, value in last.items() if name not in ("key", "public", "signature")}
    return [first, *deeds, keys.signer.signed(told | {"length": len(deeds), "head": head})]


@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda each: each.__name__[1:])
def test_what_the_owner_of_the_key_rewrote_is_found_by_an_earlier_head(
    cycle: Awards, tmp_path: Path, tamper: Callable[[Deeds], None]
) -> None:
    first, *deeds, last = lines_of(cycle)
    seen = f"{last['length']}:{last['head']}"
    tamper(deeds)
    forged = written(rehashed([first, *deeds, last], Keys(cycle.runtime.settings.data)))
    assert check(tmp_path, forged)[0] == 0
    code, said = check(tmp_path, forged, "--head", seen)
    assert (code, "截断或改写" in said) == (1, True)


def test_another_key_is_not_believed(cycle: Awards, tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text(cycle.ask("GET", "record/keys", None).text)
    (tmp_path / "other").mkdir()
    other = Keys(tmp_path / "other")
    other.ensure()
    forged = written(rehashed(lines_of(cycle), other))
    assert check(tmp_path, forged)[0] == 0, "the key in the file itself is to be compared by eye"
    assert check(tmp_path, forged, "--keys", "keys.json")[0] == 1


def test_what_a_retired_key_signed_still_holds(cycle: Awards, tmp_path: Path) -> None:
    old = written(lines_of(cycle))
    Keys(cycle.runtime.settings.data).records.rotate()
    (tmp_path / "keys.json").write_text(cycle.ask("GET", "record/keys", None).text)
    assert check(tmp_path, old, "--keys", "keys.json")[0] == 0
    assert check(tmp_path, written(lines_of(cycle)), "--keys", "keys.json")[0] == 0
    assert [sorted(key) for key in json.loads((tmp_path / "keys.json").read_text())["keys"]] == [
        ["crv", "kid", "kty", "x"]
    ] * 2


def test_a_receipt_is_checked_with_the_content_it_is_for(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    keys.ensure()
    content = offline.canonical({"name": "屠呦呦"})
    (tmp_path / "content.json").write_bytes(content)
    receipt = keys.signer.signed({"number": f"{C}-people-0001", "sha256": offline.hashlib.sha256(content).hexdigest()})
    assert check(tmp_path, json.dumps(receipt), "--content", "content.json")[0] == 0
    (tmp_path / "content.json").write_bytes(content + b" ")
    assert check(tmp_path, json.dumps(receipt), "--content", "content.json")[0] == 1
    assert check(tmp_path, json.dumps(receipt | {"number": "other"}))[0] == 1


@pytest.mark.parametrize(
    "content",
    ["", "[]", "7", "{}", '{"format":"huitang-record/1"}', "no json", '{"signature": 3, "public": {}}', b"\xff"],
)
def test_what_is_no_such_file_is_refused_without_a_fault(tmp_path: Path, content: str | bytes) -> None:
    code, said = check(tmp_path, content)
    assert (code, "Traceback" in said) == (1, False), said


VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]  # fmt: skip
"""The first three of RFC 8032, section 7.1."""


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_signatures_are_verified_as_rfc_8032_does(public: str, message: str, signature: str) -> None:
    key, text, signed = (bytes.fromhex(part) for part in (public, message, signature))
    assert offline.verifies(key, text, signed)
    assert not offline.verifies(key, text + b"x", signed)
    for place in (0, 31, 32, 63):
        assert not offline.verifies(key, text, signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :])
    over = int.from_bytes(signed[32:], "little") + offline.ORDER
    assert not offline.verifies(key, text, signed[:32] + over.to_bytes(32, "little")), "a second form of the same"
    assert not offline.verifies(key[:31], text, signed)


@given(some.binary(max_size=100))
def test_it_agrees_with_the_library_that_signs(message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    assert offline.verifies(key.public_key().public_bytes_raw(), message, key.sign(message))


def test_the_encoding_of_keys_is_that_of_the_script(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    keys.ensure()
    assert offline.decoded(keys.signer.public_text) == keys.signer.public
    assert urlsafe_b64encode(keys.signer.public).decode().rstrip("=") == keys.signer.public_text
