"""Nominations that were handed in, and two officers who check them."""

from typing import Any

from shared.caller import Caller, Grant, Role
from tests.alone import ROOT, account
from tests.awards.nominating import C, make_ready, open_call, submit
from tests.awards.running import Awards

SECOND = Caller(account(9), organisation=ROOT, grants=(Grant(Role.AWARD_OFFICER, ROOT),))
OFFICERS = ("officer", "second")


def handed_in(awards: Awards, **content: Any) -> Any:
    """Hand a nomination in; return it as its unit sees it."""
    values = {"content": content} if content else {}
    made = make_ready(awards, **values)
    answer = submit(awards, made)
    assert answer.status_code == 200, answer.text
    return awards.get(f"nominations/{made['id']}", "nominator")


def checked_call(awards: Awards, **values: Any) -> None:
    """Open a call, with a second officer beside the first."""
    awards.extra["second"] = SECOND
    open_call(awards, **values)


def say(awards: Awards, made: Any, outcome: str, role: str = "officer", **values: Any) -> Any:
    """Give an opinion on a nomination as it now stands; return the whole answer."""
    version = awards.get(f"nominations/{made['id']}/check", role)["version"]
    usual = {"return": ["form"], "reject": ["duplicate"]}
    body = {"outcome": outcome, "reasons": usual.get(outcome, ())} | values
    return awards.ask("POST", f"nominations/{made['id']}/check/opinions", role, version, json=body)


def said(answer: Any) -> str:
    """Return where a nomination stands after an opinion, or what was refused."""
    body = answer.json()
    return body["standing"] if answer.is_success else body["type"].removeprefix("/problems/")


def both(awards: Awards, made: Any, outcome: str) -> str:
    """Let two officers say the same; return where the nomination stands."""
    say(awards, made, outcome)
    return said(say(awards, made, outcome, "second"))


def queue(awards: Awards, query: str = "", role: str = "officer") -> list[str]:
    """Return the numbers in the queue."""
    return [each["number"] for each in awards.get(f"cycles/{C}/checks{query}", role)["items"]]
