"""Routes: one transaction, clear refusals in both languages, versions, and answers that can be asked for again."""

import json
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import anyio
import httpx
import jwt
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from shared.audit import AuditRow
from shared.caller import Caller, Grant, Role
from shared.ledger import OutboxRow
from shared.service import build_app
from shared.text import Text
from shared.tree import Node
from shared.web import IdempotencyRow
from tests.shared.signing import Signer
from tests.shared.toy import Seen, Thing, Toy, make_toy

CALLER = Caller("account-1", language="en")


class Client:
    """Asks the toy's application in this thread."""

    def __init__(self, toy: Toy, signer: Signer) -> None:
        self.transport = httpx.ASGITransport(build_app(toy.runtime.service, toy.runtime), raise_app_exceptions=False)
        self.signer = signer
        self.toy = toy

    def __call__(self, method: str, path: str, caller: Caller | None = CALLER, **options: Any) -> httpx.Response:
        """Ask as `caller`."""
        headers = dict(options.pop("headers", {}))
        if caller and "Authorization" not in headers:
            headers["Authorization"] = f"Bearer {self.signer.token(caller)}"

        async def ask() -> httpx.Response:
            async with self.client() as client:
                return await client.request(method, f"/api/toy{path}", headers=headers, **options)

        return anyio.run(ask)

    def client(self) -> httpx.AsyncClient:
        """Make a client for a test that asks several things at once."""
        return httpx.AsyncClient(transport=self.transport, base_url="http://toy")

    def counts(self) -> tuple[int, int, int]:
        """Return how many things, facts and deeds there are."""
        with self.toy.runtime.db.reading() as tx:
            things, facts, deeds = (
                tx.scalar(select(func.count()).select_from(t)) for t in (Thing, OutboxRow, AuditRow)
            )
        return things or 0, facts or 0, deeds or 0


@pytest.fixture
def ask(database: str, tmp_path: Path) -> Iterator[Client]:
    toy = make_toy(tmp_path)
    yield Client(toy, Signer(tmp_path))
    toy.runtime.db.close()


def named(en: str, **more: object) -> dict[str, object]:
    return {"name": {"zh": "", "en": en}, **more}


def test_a_route_that_fails_late_leaves_nothing_and_tells_nothing(ask: Client) -> None:
    answer = ask("POST", "/things", json=named("fail"), headers={"X-Request-Id": "r-1"})
    assert (answer.status_code, answer.json()["request_id"]) == (500, "r-1")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "failed late" not in answer.text
    assert ask.counts() == (0, 0, 0)


def test_what_was_made_is_answered_with_its_version(ask: Client) -> None:
    answer = ask("POST", "/things", json=named("one", rank=3))
    assert answer.status_code == 201
    assert answer.headers["etag"] == '"v1"'
    assert answer.json() == {"id": answer.json()["id"], "name": {"zh": "", "en": "one"}, "rank": 3, "version": 1}
    assert ask.counts() == (1, 1, 1)


def test_a_stale_change_is_refused_with_both_versions(ask: Client) -> None:
    path = f"/things/{ask('POST', '/things', json=named('one')).json()['id']}"
    assert ask("PATCH", path, json=named("two")).status_code == 428
    assert (
        ask("PATCH", path, json=named("two"), headers={"If-Match": "v1"}).json()["type"] == "/problems/bad-precondition"
    )
    assert ask("PATCH", path, json=named("two"), headers={"If-Match": '"v1"'}).headers["etag"] == '"v2"'
    stale = ask("PATCH", path, json=named("three"), headers={"If-Match": '"v1"'})
    assert stale.status_code == 412
    problem = stale.json()
    assert (problem["yours"], problem["current"], problem["now"]["name"]["en"]) == (1, 2, "two")


def test_an_idempotency_key_gives_the_first_answer_again(ask: Client) -> None:
    key = {"Idempotency-Key": "k-1"}
    first = ask("POST", "/things", json=named("one"), headers=key)
    again = ask("POST", "/things", json=named("one"), headers=key)
    assert (again.status_code, again.content, again.headers["etag"]) == (201, first.content, '"v1"')
    assert again.headers["idempotency-replayed"] == "true"
    assert ask("POST", "/things", json=named("two"), headers=key).json()["type"] == "/problems/key-reused"
    other = ask("POST", "/things", Caller("account-2"), json=named("one"), headers=key)
    assert other.status_code == 201
    assert other.json()["id"] != first.json()["id"]
    assert ask.counts() == (2, 2, 2)
    assert ask("POST", "/things", json=named("x"), headers={"Idempotency-Key": "k" * 201}).status_code == 400


def test_a_secret_is_told_once_and_not_kept(ask: Client) -> None:
    key = {"Idempotency-Key": "k-2"}
    assert ask("POST", "/things/secret", headers=key).status_code == 200
    again = ask("POST", "/things/secret", headers=key)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/shown-once")
    with ask.toy.runtime.db.reading() as tx:
        assert [row.body for row in tx.query(IdempotencyRow)] == [b""]


@pytest.mark.parametrize(
    ("body", "pointer", "code", "zh"),
    [
        ({"name": {"zh": "一", "en": ""}, "more": 1}, "/body/more", "extra_forbidden", "未知字段"),
        ({}, "/body/name", "missing", "必填"),
        ({"name": "one"}, "/body/name", "dataclass_type", "应为对象"),
        ({"name": {"zh": 5}}, "/body/name/zh", "string_type", "应为文本"),
        (named("a", rank=-1), "/body/rank", "greater_than_equal", "不得小于 0"),
        (named("a", rank=2**70), "/body/rank", "less_than_equal", "不得大于 2000000000"),
        (named("a\x07"), "/body", "control_characters", "含有控制字符"),
    ],
)
def test_bad_fields_are_named_in_both_languages(ask: Client, body: object, pointer: str, code: str, zh: str) -> None:
    answer = ask("POST", "/things", json=body, headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"pointer": pointer, "code": code, "message": zh}]
    english = ask("POST", "/things", json=body, headers={"Accept-Language": "en-GB"})
    assert english.json()["title"] == "Some fields are not right"
    assert ask.counts() == (0, 0, 0)


@pytest.mark.parametrize("content", [b"{bad", b"\xff\xfe", b'{"name":{"zh":"\\ud800"}}', b"[]", b"null", b""])
def test_unreadable_bodies_are_refused(ask: Client, content: bytes) -> None:
    answer = ask("POST", "/things", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_unknown_addresses_and_methods_are_problems(ask: Client) -> None:
    assert ask("GET", "/nothing").json()["type"] == "/problems/not-found"
    assert ask("DELETE", "/things").status_code == 405


def test_nobody_is_401_and_the_language_is_the_callers(ask: Client) -> None:
    assert ask("GET", "/things", None).json()["title"] == "请先登录"
    assert ask("GET", "/things/none/x", CALLER).status_code == 404
    assert (
        ask("PATCH", "/things/none", CALLER, json=named("a"), headers={"If-Match": '"v1"'}).json()["title"]
        == "Not found"
    )


def test_tokens_that_do_not_hold_are_refused(ask: Client, tmp_path: Path) -> None:
    signer = ask.signer
    other = tmp_path / "other"
    other.mkdir()
    good = signer.token(CALLER)
    head, claims, signature = good.split(".")
    bad = {
        "none": signer.token(CALLER, algorithm="none"),
        "expired": signer.token(CALLER, exp=int(time.time()) - 60),
        "audience": signer.token(CALLER, aud="elsewhere"),
        "issuer": signer.token(CALLER, iss="elsewhere"),
        "no expiry": signer.token(CALLER, exp=None),
        "unknown key": Signer(other, kid="k2").token(CALLER),
        "same kid, other key": Signer(other, kid="k1").token(CALLER),
        "hmac with the public key": jwt.encode({"sub": "x"}, "a" * 32, "HS256", headers={"kid": "k1"}),
        "changed claims": f"{head}.{claims[:-4]}AAAA.{signature}",
        "unknown role": signer.token(CALLER, grants=[["emperor", None, None]]),
        "not a token": "abc",
        "empty": "",
    }
    for name, token in bad.items():
        answer = ask("GET", "/things", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401, name
    assert ask("GET", "/things", headers={"Authorization": f"Bearer {good}"}).status_code == 200
    assert ask("GET", "/things", headers={"Authorization": "Basic abc"}).status_code == 401


def test_a_new_key_is_found_without_a_restart(ask: Client, tmp_path: Path) -> None:
    assert ask("GET", "/things").status_code == 200
    old = json.loads((tmp_path / "signing.jwks").read_text())
    newer = Signer(tmp_path, kid="k9")
    both = json.loads((tmp_path / "signing.jwks").read_text())
    both["keys"] += old["keys"]
    (tmp_path / "signing.jwks").write_text(json.dumps(both))
    for signer in (newer, ask.signer):
        token = signer.token(CALLER)
        assert ask("GET", "/things", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_a_token_that_held_is_refused_once_its_key_is_gone(ask: Client, tmp_path: Path) -> None:
    def asked(token: str) -> int:
        return ask("GET", "/things", headers={"Authorization": f"Bearer {token}"}).status_code

    old = ask.signer.token(CALLER)
    assert [asked(old), asked(old)] == [200, 200]
    newer = Signer(tmp_path, kid="k9")
    assert [asked(newer.token(CALLER)), asked(old)] == [200, 401]


def test_pages_hold_every_row_once_in_order(ask: Client) -> None:
    for n in range(7):
        ask("POST", "/things", json=named(str(n), rank=n % 3))
    seen, cursor = [], ""
    while cursor is not None:
        page = ask("GET", "/things", params={"limit": 2, "cursor": cursor, "total": True}).json()
        assert page["total"] == 7
        seen += [(item["rank"], item["id"]) for item in page["items"]]
        cursor = page["next"]
    assert seen == sorted(seen)
    assert len(set(seen)) == 7
    assert ask("GET", "/things", params={"cursor": "bad"}).json()["type"] == "/problems/bad-cursor"
    assert ask("GET", "/things", params={"colour": "red"}).json()["errors"][0]["pointer"] == "/query/colour"
    assert ask("GET", "/things", params={"limit": 101}).status_code == 422


def test_any_list_is_a_file_too(ask: Client) -> None:
    ask("POST", "/things", json={"name": {"zh": "=1+1", "en": "one"}, "rank": 5})
    csv = ask("GET", "/things", params={"format": "csv"})
    assert csv.content.startswith(b"\xef\xbb\xbf")
    head, row = csv.content.decode("utf-8-sig").splitlines()
    assert head == "id,name_zh,name_en,rank,version"
    assert row.split(",")[1:] == ["'=1+1", "one", "5", "1"]
    book = CalamineWorkbook.from_filelike(BytesIO(ask("GET", "/things", params={"format": "xlsx"}).content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == ["id", "name_zh", "name_en", "rank", "version"]
    assert rows[1][1:] == ["=1+1", "one", 5, 1]


def test_the_gateways_time_of_arrival_counts(ask: Client) -> None:
    stamp = "2026-03-01T15:59:59.999000+00:00"
    assert ask("GET", "/things/received", headers={"Huitang-Received-At": stamp}).json() == stamp
    assert ask("GET", "/things/received").json() == ask.toy.clock.now.isoformat()


@pytest.mark.parametrize("path", ["/things/a%00b", "/things?cursor=%00", "/things?cursor=WyJcdTAwMDAiLCJhIl0"])
def test_the_character_nul_is_refused_wherever_it_stands(ask: Client, path: str) -> None:
    answer = ask("PATCH" if "?" not in path else "GET", path)
    assert (answer.status_code, answer.json()["type"]) in [(422, "/problems/unstorable"), (422, "/problems/bad-cursor")]


def test_who_asks_for_a_rebuild_is_answered_with_a_job_before_it_is_done(ask: Client) -> None:
    runtime, administrator = ask.toy.runtime, Caller("account-1", grants=(Grant(Role.ADMINISTRATOR, "hq"),))
    thing = ask("POST", "/things", json=named("one")).json()["id"]
    runtime.relay.drain()
    with runtime.db.transaction() as tx:
        root = Node(id="hq", path="/hq/", slug="hq", kind="body", name=Text(en="hq"), status="open", version=1)
        tx.add_all([root, Seen(id="stray", times=7)])
    asked, again = (ask("POST", "/facts/rebuild", administrator) for _ in range(2))
    assert (asked.status_code, asked.json()["state"], ask.toy.seen()) == (202, "waiting", {"stray": 7})
    assert again.json()["id"] == asked.json()["id"]
    assert runtime.worker.run_due() == 1
    told = ask("GET", f"/jobs/{asked.json()['id']}", administrator).json()
    assert (told["state"], told["done"], ask.toy.seen()) == ("done", 1, {thing: 1})
