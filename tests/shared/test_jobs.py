"""Jobs are done when due, once, and go on where they were cut off."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from shared.jobs import LEASE, Job, Work, cancel, enqueue, ensure
from shared.ledger import Numbered
from tests.shared.toy import Seen, Toy, make_toy

pytestmark = pytest.mark.usefixtures("database")


def put(toy: Toy, key: str = "a", **options: object) -> None:
    with toy.runtime.db.transaction() as tx:
        enqueue(tx, "count", key, **options)


def states(toy: Toy) -> dict[str, tuple[str, int]]:
    with toy.runtime.db.reading() as tx:
        return {job.key: (job.state, job.done) for job in tx.scalars(select(Job))}


def test_a_job_waits_until_it_is_due(tmp_path: Path) -> None:
    ran: list[dict[str, object]] = []
    toy = make_toy(tmp_path, {"count": lambda work: ran.append(work.payload)})
    put(toy, due_at=toy.clock.now + timedelta(hours=1), n=1)
    assert toy.runtime.worker.run_due() == 0
    toy.clock.turn(3600)
    assert toy.runtime.worker.run_due() == 1
    assert toy.runtime.worker.run_due() == 0
    assert ran == [{"n": 1}]


def test_the_same_key_waits_once_with_the_newest_payload(tmp_path: Path) -> None:
    ran: list[dict[str, object]] = []
    toy = make_toy(tmp_path, {"count": lambda work: ran.append(work.payload)})
    put(toy, n=1)
    put(toy, n=2)
    assert toy.runtime.worker.run_due() == 1
    assert ran == [{"n": 2}]


def test_what_is_ensured_waits_once_for_what_was_last_said(tmp_path: Path) -> None:
    ran: list[dict[str, object]] = []
    toy = make_toy(tmp_path, {"count": lambda work: ran.append(work.payload)})
    for n, news in ((1, True), (2, True), (2, False)):
        with toy.runtime.db.transaction() as tx:
            for _ in range(2):
                ensure(tx, "count", "a", due_at=toy.clock.now, n=n)
            assert bool(tx.info.get("jobs")) == news
    assert toy.runtime.worker.run_due() == 1
    assert ran == [{"n": 2}]


def test_an_interrupted_job_resumes_from_its_checkpoint(tmp_path: Path) -> None:
    steps: list[int] = []
    crash = [True]

    def count(work: Work) -> None:
        for step in range(work.checkpoint.get("step", 0), 4):
            with work.db.transaction() as tx:
                steps.append(step)
                work.keep(tx, step + 1, 4, step=step + 1)
            if step == 1 and crash.pop():
                raise SystemExit  # as a kill would, it leaves no word

    toy = make_toy(tmp_path, {"count": count})
    put(toy)
    try:
        toy.runtime.worker.run_due()
    except SystemExit:
        crash.append(False)
    assert states(toy) == {"count:a": ("running", 2)}
    assert toy.runtime.worker.run_due() == 0
    toy.clock.turn(LEASE.total_seconds() + 1)
    assert toy.runtime.worker.run_due() == 1
    assert steps == [0, 1, 2, 3]
    assert states(toy) == {"count:a": ("done", 4)}


def test_a_failing_job_is_tried_again_later_and_then_given_up(tmp_path: Path) -> None:
    tries: list[int] = []

    def fail(work: Work) -> None:
        tries.append(1)
        raise ValueError("no")

    toy = make_toy(tmp_path, {"count": fail})
    put(toy)
    for _ in range(10):
        toy.runtime.worker.run_due()
        toy.clock.turn(60)
    assert len(tries) == 5
    assert states(toy) == {"count:a": ("failed", 0)}


def test_a_cancelled_job_stops_at_its_next_checkpoint(tmp_path: Path) -> None:
    steps: list[int] = []

    def count(work: Work) -> None:
        for step in range(4):
            with work.db.transaction() as tx:
                work.keep(tx, step, 4)
                steps.append(step)
            with work.db.transaction() as tx:
                cancel(tx, tx.get_one(Job, work.id))

    toy = make_toy(tmp_path, {"count": count})
    put(toy)
    toy.runtime.worker.run_due()
    assert steps == [0]
    assert states(toy) == {"count:a": ("cancelled", 0)}


def rebuilding(folder: Path, meanwhile: Callable[[Toy], None]) -> Toy:
    """Make a toy that rebuilds as its job; in the middle of that another replica, after a lease, does `meanwhile`."""
    other = make_toy(folder)

    def replay(source: str) -> Iterator[Sequence[Numbered]]:
        if source == "toy":
            other.clock.turn(LEASE.total_seconds() + 1)
            meanwhile(other)
        yield from toy.runtime.bus.replay(source)

    def rebuild(work: Work) -> None:
        toy.runtime.deliverer.rebuild(toy.runtime.service.all_projections(), replay, work)

    toy = make_toy(folder, {"count": rebuild})
    with toy.runtime.db.transaction() as tx:
        tx.add(Seen(id="stray", times=7))
    put(toy)
    return toy


@pytest.mark.postgres
def test_a_rebuild_that_outlasts_its_lease_is_begun_by_nobody_else_and_can_be_asked_for(tmp_path: Path) -> None:
    begun: list[int] = []

    def meanwhile(other: Toy) -> None:
        begun.append(other.runtime.worker.run_due())
        put(other)

    toy = rebuilding(tmp_path, meanwhile)
    assert toy.runtime.worker.run_due() == 1
    assert begun == [0]
    assert toy.seen() == {}
    assert sorted(states(toy).values()) == [("done", 0), ("waiting", 0)]


@pytest.mark.postgres
def test_a_rebuild_that_was_cancelled_leaves_all_as_it_was(tmp_path: Path) -> None:
    def meanwhile(other: Toy) -> None:
        with other.runtime.db.transaction() as tx:
            cancel(tx, tx.scalars(select(Job)).one())

    toy = rebuilding(tmp_path, meanwhile)
    toy.runtime.worker.run_due()
    assert toy.seen() == {"stray": 7}
    assert states(toy) == {"count:a": ("cancelled", 0)}
