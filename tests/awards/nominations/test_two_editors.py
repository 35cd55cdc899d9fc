"""Two editors of one draft, over the API and at the same moment: everything that both wrote is there afterwards."""

from typing import Any

from tests.awards.nominating import (
    IDENTITY,
    OTHER_IDENTITY,
    begin,
    open_call,
    path_of,
    write,
)
from tests.awards.running import Awards

ROUNDS = 40


def patch(nomination: Any, version: int, **content: Any) -> dict[str, Any]:
    """Return the request by which somebody writes."""
    return {"method": "PATCH", "path": path_of(nomination), "version": version, "json": {"content": content}}


def test_two_who_write_at_once_lose_nothing(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards, content={"name": "", "story": ""})
    name, story = "", ""
    version = made["version"]
    for number in range(ROUNDS):
        name, story = f"{name}{number % 10}", f"{story}字{number}"
        requests = [patch(made, version, name=name), patch(made, version, story=story)]
        answers = awards.ask_at_once("nominator", requests)
        assert [answer.status_code for answer in answers] == [200, 200]
        version = max(answer.json()["version"] for answer in answers)
    told = awards.get(path_of(made), "nominator")
    assert (told["content"], told["version"]) == ({"name": name, "story": story}, 1 + 2 * ROUNDS)


def test_the_same_place_is_decided_by_whoever_sees_both(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    answers = awards.ask_at_once("nominator", [patch(made, 1, story=words) for words in ("甲的故事", "乙的故事")])
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert (won.status_code, lost.status_code) == (200, 412)
    (clash,) = lost.json()["clashes"]
    assert {clash["yours"], clash["theirs"]} == {"甲的故事", "乙的故事"}
    assert clash["base"] == "发现青蒿素"


def test_every_revision_is_kept(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards, content={"name": "甲"})
    write(awards, made, 1, name="乙")
    write(awards, made, 2, name=None)
    kept = awards.get(path_of(made, "revisions"), "nominator")["items"]
    assert [(each["version"], each["changes"]) for each in kept] == [
        (3, {"/content/name": ["乙", None]}),
        (2, {"/content/name": ["甲", "乙"]}),
        (1, {"/content/name": [None, "甲"]}),
    ]


def test_a_version_that_there_never_was_is_refused(awards: Awards) -> None:
    open_call(awards)
    assert write(awards, begin(awards), 7, name="甲").status_code == 412


def test_a_number_that_comes_back_masked_stays(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    masked = made["content"]["identity"]
    assert masked == "110105********002X"
    same = write(awards, made, 1, identity=masked, name="屠呦呦")
    assert same.json()["version"] == 1
    other = write(awards, made, 1, identity=OTHER_IDENTITY).json()
    assert other["content"]["identity"] == "440524********0014"
    clash = write(awards, made, 1, identity=IDENTITY.replace("1949", "1950")).json()["clashes"][0]
    assert (clash["base"], clash["theirs"]) == ("110105********002X", "440524********0014")
