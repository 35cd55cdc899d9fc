"""Samples: every pack's rehearsal is filled with nominations on every step, which tell nobody and go with it."""

from collections import Counter
from threading import Thread
from typing import Any

import pytest
from sqlalchemy.orm import Session

from huitang.commands.packs import packs
from services.awards.attachments.actions import attach_made
from services.awards.attachments.models import Attachment
from services.awards.attachments.schemas import AttachmentUpload
from services.awards.checks.models import CheckOpinion
from services.awards.nominations.filling import name_in
from services.awards.nominations.models import Nomination
from services.awards.programmes.actions import put_parts
from services.awards.rehearsals.actions import FILES, PAPERS, make_samples, remove_files
from services.awards.rehearsals.sampling import AREA, MARK, content_of
from shared.audit import AuditRow
from shared.jobs import Job, Work
from tests.alone import SOCIETY
from tests.awards.nominating import FULL_FORM, OPENS, C, attach, begin, open_call
from tests.awards.running import OFFICE, PEOPLE, Awards

PACKS = {pack["key"]: pack for pack in packs()}
ON = Counter({"draft": 2, "submitted": 2, "withdrawn": 1, "returned": 1, "passed": 1, "rejected": 1})
"""How many samples of a category stand in each state: of drafts one waits for consents, of those handed in one is looked at."""


def rehearsed(awards: Awards) -> str:
    """Open a rehearsal of an open call; return its slug."""
    slug = str(awards.do("POST", f"cycles/{C}/rehearsals", None, "officer")["slug"])
    awards.step(slug, "open")
    return slug


def filled(awards: Awards, slug: str, each: int = 1) -> Any:
    """Fill a rehearsal with samples; return the job once it has ended."""
    job = awards.do("POST", f"cycles/{slug}/samples", {"each": each}, "officer")
    awards.settle()
    return awards.get(f"jobs/{job['id']}", "officer")


def end(awards: Awards, slug: str) -> None:
    """End a rehearsal."""
    awards.do("DELETE", f"cycles/{slug}", None, "officer", version=awards.get(f"cycles/{slug}", "officer")["version"])


def kept(awards: Awards) -> set[str]:
    """Return the names of all files that the service has."""
    return {file.name for file in awards.runtime.files.root.rglob("*") if file.is_file()}


def states(awards: Awards, slug: str) -> dict[str, int]:
    """Count the nominations of a cycle by category and state."""
    rows = awards.get(f"nominations?cycle={slug}&limit=100", "officer")["items"]
    return Counter(f"{row['category']} {row['state']}" for row in rows)


def test_a_rehearsal_is_filled_on_every_step_and_leaves_nothing_behind(awards: Awards) -> None:
    open_call(awards, categories=[PEOPLE | {"form": FULL_FORM}])
    slug = rehearsed(awards)
    awards.facts()
    with awards.db.reading() as tx:
        recorded = tx.query(AuditRow).count()
    job = filled(awards, slug, each=2)
    assert (job["state"], job["done"], job["total"]) == ("done", 16, 16)
    assert states(awards, slug) == {f"people {state}": 2 * number for state, number in ON.items()}
    rows = awards.get(f"nominations?cycle={slug}&limit=100", "officer")["items"]
    assert all(row["name"].startswith(MARK) for row in rows)
    assert len({row["name"] for row in rows}) == 16
    assert awards.types() == []
    end(awards, slug)
    with awards.db.reading() as tx:
        assert [tx.query(table).count() for table in (Nomination, Attachment, CheckOpinion)] == [0, 0, 0]
        assert tx.query(AuditRow).count() == recorded + 1


def test_samples_are_made_in_rehearsals_alone_by_their_office_while_the_call_is_open(awards: Awards) -> None:
    open_call(awards)
    assert awards.ask("POST", f"cycles/{C}/samples", "officer", json={}).json()["type"] == "/problems/not-a-rehearsal"
    slug = str(awards.do("POST", f"cycles/{C}/rehearsals", None, "officer")["slug"])
    assert awards.ask("POST", f"cycles/{slug}/samples", "officer", json={}).json()["type"] == "/problems/not-open-yet"
    assert awards.status("POST", f"cycles/{slug}/samples", "nominator", json={}) == 404


def test_behind_the_deadline_samples_stay_drafts(awards: Awards) -> None:
    open_call(awards)
    slug = rehearsed(awards)
    awards.clock.turn(days=300)
    assert filled(awards, slug)["done"] == 8
    assert states(awards, slug) == {"people draft": 8}


def test_a_job_without_its_rehearsal_ends(awards: Awards) -> None:
    open_call(awards)
    slug = rehearsed(awards)
    job = awards.do("POST", f"cycles/{slug}/samples", {}, "officer")
    end(awards, slug)
    awards.settle()
    assert awards.get(f"jobs/{job['id']}", "officer")["state"] == "done"


def test_what_is_asked_for_twice_is_made_twice_under_other_names(awards: Awards) -> None:
    open_call(awards)
    slug = rehearsed(awards)
    filled(awards, slug)
    filled(awards, slug)
    rows = awards.get(f"nominations?cycle={slug}&limit=100", "officer")["items"]
    assert len({row["name"] for row in rows}) == len(rows) == 16


class Died(Exception):
    """The process is no more."""


class Dying(Work):
    """What a handler is given in a process that dies with its fourth sample, before the commit."""

    def keep(self, tx: Session, done: int, total: int, **checkpoint: Any) -> None:
        """Keep progress, or die."""
        if done == 4:
            raise Died()
        super().keep(tx, done, total, **checkpoint)


def test_a_job_that_was_interrupted_goes_on_where_it_was(awards: Awards) -> None:
    open_call(awards)
    slug = rehearsed(awards)
    asked = awards.do("POST", f"cycles/{slug}/samples", {}, "officer")
    with awards.db.reading() as tx:
        job = tx.get_one(Job, asked["id"])
    with pytest.raises(Died):
        make_samples(Dying(awards.db, job))
    assert len(awards.get(f"nominations?cycle={slug}", "officer")["items"]) == 3
    awards.settle()
    assert states(awards, slug) == {f"people {state}": number for state, number in ON.items()}


def test_the_office_that_asked_gives_the_second_opinion(awards: Awards) -> None:
    open_call(awards)
    slug = rehearsed(awards)
    filled(awards, slug)
    row = awards.get(f"cycles/{slug}/checks?standing=second", "officer")["items"][0]
    path, said = f"nominations/{row['nomination_id']}", {"outcome": "pass", "words": "核对无误"}
    awards.do("POST", f"{path}/check/opinions", said, "officer", version=row["version"])
    assert awards.get(path, "officer")["state"] == "passed"


def test_samples_are_begun_by_units_alone(awards: Awards) -> None:
    open_call(awards, routes=["code"])
    answer = awards.ask("POST", f"cycles/{rehearsed(awards)}/samples", "officer", json={})
    assert answer.json()["type"] == "/problems/route-not-offered"


def test_files_go_with_a_rehearsal_but_those_that_others_name(awards: Awards) -> None:
    open_call(awards)
    slug = rehearsed(awards)
    unit = {"cycle": slug, "unit_id": SOCIETY, "category": "people", "content": {}}
    played = awards.do("POST", "nominations", unit, "officer")
    same = attach(awards, played, "pledge", "officer", words=b"same")["sha256"]
    own = attach(awards, played, "letter", "officer", words=b"own")["sha256"]
    attach(awards, begin(awards), "pledge", words=b"same")
    filled(awards, slug)
    assert len(kept(awards)) > 2
    assert {same, own} <= kept(awards)
    end(awards, slug)
    awards.settle()
    assert kept(awards) == {same}


def test_a_file_that_somebody_is_sending_stays(awards: Awards) -> None:
    open_call(awards)
    slug = rehearsed(awards)
    filled(awards, slug)
    end(awards, slug)
    there = begin(awards)["id"]
    with awards.db.reading() as tx:
        job = tx.query(Job).filter_by(kind=FILES).one()
    removing = Thread(target=remove_files, args=(Work(awards.db, job),))
    with awards.db.transaction() as tx:
        asked = AttachmentUpload(key="pledge", filename="a.pdf")
        sent = attach_made(tx, OFFICE["nominator"], awards.clock(), there, asked, "pdf", PAPERS["pdf"])
        removing.start()
    removing.join()
    assert kept(awards) == {sent.sha256}


@pytest.mark.sqlite_only("differs from pack to pack, not from database to database")
@pytest.mark.parametrize("key", sorted(PACKS))
def test_every_pack_has_samples_on_every_step(awards: Awards, key: str) -> None:
    pack = PACKS[key]
    names = ("routes", "unit_notice_days", "categories", "groups", "limits", "quotas")
    programme = awards.defined("p-pack", {name: pack["programme"][name] for name in names})
    with awards.db.transaction() as tx:
        put_parts(tx, OFFICE["officer"], programme["id"], programme["version"], {"eligibility": pack["eligibility"]})
    awards.opened(C, programme)
    awards.clock.turn(days=OPENS)
    slug = rehearsed(awards)
    filled(awards, slug)
    keys = [category["key"] for category in pack["programme"]["categories"]]
    wanted = {f"{category} {state}": number for category in keys for state, number in ON.items()}
    assert states(awards, slug) == wanted


@pytest.mark.parametrize("key", sorted(PACKS))
def test_samples_are_marked_of_nobody_there_is_and_the_same_each_time(key: str) -> None:
    for category in PACKS[key]["programme"]["categories"]:
        one, other, again = (content_of(category, PACKS[key]["eligibility"], number) for number in (1, 2, 1))
        assert one == again != other
        assert name_in(category["form"], one).startswith(f"{MARK}001")
        numbers = [value for value in (*one.values(), *other.values()) if isinstance(value, str) and len(value) == 18]
        assert all(number.startswith((AREA, "9111")) for number in numbers)
