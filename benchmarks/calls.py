"""A call for nominations as measures need it: a programme with the rules and the form of an example pack, and drafts of it."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.wire import Wire
from huitang.client import Client

PACK = "young-elite-scientists-sponsorship-program"
ZONE = ZoneInfo("Asia/Shanghai")
UNIT = "society-a"
KNOWN: Mapping[str, Any] = {
    "birth_date": "1995-06-01", "nationality": "CN", "phone": "010 6858 1234", "email": "lin@sample.huitang.example",
    "identity_kind": "passport", "unit_kind": "university", "degree": "doctor", "no_misconduct": True,
    "no_other_plan": True,
}  # fmt: skip
"""What is filled in where any value of the right type would not do."""

EARLIER = {
    "call_opens": timedelta(days=1),
    "unit_deadline": timedelta(minutes=1),
    "submission_deadline": timedelta(0),
    "correction_deadline": -timedelta(days=20),
}
"""How long before the deadline a stage of the call is."""
Json = dict[str, Any]


def filled(schema: Json, known: Mapping[str, Any] = KNOWN) -> Json:
    """Return content that a form takes, with all of its fields."""
    return {name: known.get(name, _value(field, known)) for name, field in schema["properties"].items()}


def _value(field: Json, known: Mapping[str, Any]) -> Any:
    if "enum" in field:
        return field["enum"][0]
    if field["type"] == "string":
        if field.get("format") == "date":
            return "2020-09-01"
        return ("面向国家重大需求开展基础研究" * 200)[
            : min(field.get("maxLength", 40), max(field.get("minLength", 1), 200))
        ]
    if field["type"] == "array":
        return [_value(field["items"], known)] * max(field.get("minItems", 0), 2)
    if field["type"] == "object":
        return filled(field, known)
    return True if field["type"] == "boolean" else field.get("minimum", 1)


@dataclass
class Call:
    """An open call of the house at `url`: its office asks with `office`, its unit's nominator with `nominator`."""

    url: str
    office: str
    nominator: str
    unit_id: str
    slug: str
    category: str
    content: Json

    def client(self) -> Client:
        """Return a client of the award office."""
        return Client(self.url, self.office)

    async def wires(self, number: int) -> list[Wire]:
        """Connect so many times as the nominator."""
        return [await Wire.open(self.url, Authorization=f"Bearer {self.nominator}") for _ in range(number)]

    def extend(self, until: datetime) -> None:
        """Put the deadline off to a full minute."""
        path = f"/api/awards/cycles/{self.slug}"
        with self.client() as client:
            stage = next(s for s in client.every(f"{path}/stages") if s["kind"] == "submission_deadline")
            body = {"stage_id": stage["id"], "until_local": until.strftime("%Y-%m-%dT%H:%M:00"), "reason": "bench"}
            client.send("POST", f"{path}/extensions", body)

    async def draft(self, wire: Wire, number: int) -> str:
        """Begin a nomination to which its candidate has consented; return its id."""
        content = {**self.content, "name": f"林{number:05}", "identity_number": f"E{number:08}"}
        body = {"cycle": self.slug, "unit_id": self.unit_id, "category": self.category, "candidate_kind": "general"}
        made = await _sent(wire, "POST", "/api/awards/nominations", {**body, "content": content})
        asked = {"role": "candidate", "person": content["name"]}
        secret = (await _sent(wire, "POST", f"/api/awards/nominations/{made['id']}/roles", asked))["secret"]
        covers = json.loads((await wire.ask("GET", f"/api/awards/consents/{secret}")).body)["covers"]
        await _sent(wire, "POST", f"/api/awards/consents/{secret}/answer", {"answer": "consent", "covers": covers})
        return str(made["id"])

    async def drafts(self, wires: Iterable[Wire], count: int) -> list[str]:
        """Begin so many nominations."""
        waiting = iter(range(count))

        async def some(wire: Wire) -> list[str]:
            return [await self.draft(wire, number) for number in waiting]

        return [id_ for each in await asyncio.gather(*map(some, wires)) for id_ in each]


async def _sent(wire: Wire, method: str, path: str, body: Json) -> Json:
    answer = await wire.ask(method, path, json.dumps(body).encode())
    if answer.status >= 300:
        raise RuntimeError(answer.body.decode())
    told: Json = json.loads(answer.body)
    return told


def open_call(url: str, keys: Mapping[str, str], until: datetime, slots: int) -> Call:
    """Open a call that takes nominations until about then, of a programme like the pack's whose candidates bring no papers."""
    with Client(url, keys["administrator"]) as client:
        unit = client.get(f"/api/directory/organisations/{UNIT}")["id"]
        made = client.send(
            "POST",
            f"/api/awards/programmes/{PACK}/copy",
            {"slug": "bench", "name": {"zh": "测量", "en": "Bench"}},
        )
        path = "/api/awards/programmes/bench"
        definition = client.get(f"{path}/definition")
        categories = [{**each, "attachments": []} for each in definition["categories"]]
        _changed(client, f"{path}/definition", {"unit_notice_days": 0, "categories": categories}, definition["version"])
        body = {"programme_id": made["id"], "slug": "bench-1", "name": {"zh": "测量", "en": "Bench"}, "number": 1}
        client.send("POST", "/api/awards/cycles", body)
        path = "/api/awards/cycles/bench-1"
        for stage in client.every(f"{path}/stages"):
            if (early := EARLIER.get(stage["kind"])) is not None:
                at = (until - early).astimezone(ZONE).strftime("%Y-%m-%dT%H:%M:00")
                _changed(client, f"{path}/stages/{stage['id']}", {"at_local": at}, stage["version"])
        version = client.get(path)["version"]
        client.send("POST", f"{path}/open", None, headers={"If-Match": f'"v{version}"'})
        category = categories[0]
        move = {
            "move": "allocate", "category": category["key"], "to_unit_id": unit, "amount": slots, "reason": "bench",
        }  # fmt: skip
        client.send("POST", f"{path}/quotas/entries", {"moves": [move]})
    return Call(
        url, keys["administrator"], keys["nominator"], unit, "bench-1", category["key"], filled(category["form"]["schema"])
    )  # fmt: skip


def _changed(client: Client, path: str, body: Json, version: int) -> None:
    client.send("PATCH", path, body, headers={"If-Match": f'"v{version}"'})
