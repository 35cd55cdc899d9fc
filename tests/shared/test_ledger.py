"""Facts leave with the change that made them true, in the order of commits, and have their effect once."""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from shared.db import savepoint
from shared.errors import ReactionGone
from shared.inbox import TRIES, UNHEARD, Attempt, Deliverer, list_parked, reactions
from shared.ledger import Numbered, OutboxRow, emit, number_outbox, position_of, read_outbox
from shared.message import Fact, Message
from shared.text import Text
from tests.shared.logs import read_log
from tests.shared.toy import Seen, Thing, ThingMade, Toy, make_toy


@pytest.fixture
def toy(database: str, tmp_path: Path) -> Iterator[Toy]:
    toy = make_toy(tmp_path)
    yield toy
    toy.runtime.bus.close()
    toy.runtime.db.close()


def tell(toy: Toy, *names: str) -> list[str]:
    """Make things in one transaction; return their ids."""
    with toy.runtime.db.transaction() as tx:
        things = [Thing(name=Text(en=name)) for name in names]
        tx.add_all(things)
        tx.flush()
        for thing in things:
            emit(tx, ThingMade(thing_id=thing.id, name=thing.name))
    return [thing.id for thing in things]


def test_a_change_that_fails_leaves_neither_state_nor_fact(toy: Toy) -> None:
    def fail_late() -> None:
        with toy.runtime.db.transaction() as tx:
            tx.add(Thing(id="a", name=Text(en="a")))
            emit(tx, ThingMade(thing_id="a", name=Text(en="a")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_late()
    with toy.runtime.db.reading() as tx:
        assert tx.scalar(select(func.count()).select_from(Thing)) == 0
        assert tx.scalar(select(func.count()).select_from(OutboxRow)) == 0


@pytest.mark.parametrize("kept", [True, False])
def test_a_savepoint_takes_back_its_own_facts_alone_and_the_order_is_that_of_telling(toy: Toy, kept: bool) -> None:
    def made(name: str) -> ThingMade:
        return ThingMade(thing_id=name, name=Text(en=name))

    with toy.runtime.db.transaction() as tx:
        emit(tx, made("before"))
        point = savepoint(tx)
        emit(tx, made("inside"))
        emit(tx, made("inside too"))
        if kept:
            point.commit()
        else:
            point.rollback()
        emit(tx, made("after"))
    with toy.runtime.db.reading() as tx:
        subjects = list(tx.scalars(select(OutboxRow.subject).order_by(OutboxRow.id)))
    inside = ["inside", "inside too"] if kept else []
    assert subjects == ["before", *inside, "after"]


def test_numbers_have_no_gap_and_follow_commits_under_concurrent_writers(toy: Toy) -> None:
    told: list[list[str]] = [[] for _ in range(4)]

    def write(things: list[str]) -> None:
        for n in range(25):
            things += tell(toy, str(n))
            toy.runtime.relay.drain()

    threads = [threading.Thread(target=write, args=(things,)) for things in told]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    toy.runtime.relay.drain()
    with toy.runtime.db.reading() as tx:
        rows = tx.execute(select(OutboxRow.number, OutboxRow.subject).order_by(OutboxRow.number)).all()
    assert [number for number, _ in rows] == list(range(1, 101))
    # Of two writers the later to insert may be the first to commit; what one of them commits comes in its order.
    for things in told:
        assert [subject for _, subject in rows if subject in things] == things


def test_only_numbered_rows_are_read(toy: Toy) -> None:
    tell(toy, "a", "b")
    with toy.runtime.db.reading() as tx:
        assert read_outbox(tx, "toy", 0) == []
    with toy.runtime.db.transaction() as tx:
        assert number_outbox(tx, limit=1) == 1
    with toy.runtime.db.reading() as tx:
        assert [numbered.number for numbered in read_outbox(tx, "toy", 0)] == [1]


def test_a_message_is_a_cloudevent(toy: Toy) -> None:
    (thing,) = tell(toy, "a")
    with toy.runtime.db.reading() as tx:
        message = Message.model_validate_json(tx.scalars(select(OutboxRow.message)).one())
    assert (message.specversion, message.source, message.type) == ("1.0", "/toy", "toy.thing.made.v1")
    assert (message.subject, message.time, message.data["thing_id"]) == (thing, toy.clock.now, thing)


def written(toy: Toy) -> int:
    """Return how far the toy's own log was handled, as the database says."""
    with toy.runtime.db.reading() as tx:
        return position_of(tx, "toy")


def test_the_same_message_twice_has_its_effect_once(toy: Toy) -> None:
    ids = tell(toy, "a", "b")
    toy.runtime.relay.drain()
    batch = read_log(toy.runtime, "toy")
    assert toy.runtime.deliverer.deliver(batch)
    assert toy.runtime.deliverer.deliver([*batch, *reversed(batch)])
    assert toy.seen() == dict.fromkeys(ids, 1)
    assert toy.runtime.position("toy") == 2


def test_what_a_batch_brings_again_is_handled_where_it_first_came(toy: Toy) -> None:
    tell(toy, *"abc")
    toy.runtime.relay.drain()
    first, second, third = read_log(toy.runtime, "toy")
    order = list[str]()

    def on_thing_made(tx: Session, fact: ThingMade) -> None:
        order.append(fact.name.en)

    assert Deliverer(toy.runtime.db, reactions(on_thing_made)).deliver([first, second, third, first, second])
    assert order == ["a", "b", "c"]


def test_a_poisoned_message_is_parked_after_five_tries_and_holds_up_nobody(toy: Toy) -> None:
    first, poison, last = tell(toy, "first", "poison", "last")
    toy.runtime.relay.drain()
    tries = 0
    while not toy.deliver():
        tries += 1
    assert tries == TRIES - 1
    assert toy.seen() == {first: 1, last: 1}
    with toy.runtime.db.reading() as tx:
        (parked,) = list_parked(tx)
    assert (parked.reaction, parked.failures, parked.error) == ("things.on_thing_made", TRIES, "ValueError('poisoned')")

    assert not toy.runtime.deliverer.retry(parked.message_id, parked.reaction)
    Toy.mended = True
    assert toy.runtime.deliverer.retry(parked.message_id, parked.reaction)
    assert toy.seen() == {first: 1, last: 1, poison: 1}
    with toy.runtime.db.reading() as tx:
        assert list_parked(tx) == []


def test_what_is_to_be_taken_whole_is_kept_whole_or_not_at_all_and_its_failures_are_not_counted(toy: Toy) -> None:
    first, poison = tell(toy, "first", "poison")
    toy.runtime.relay.drain()
    batch = read_log(toy.runtime, "toy")
    for _ in range(TRIES + 1):
        assert not toy.runtime.deliverer.deliver(batch, whole=True)
    with toy.runtime.db.reading() as tx:
        assert tx.scalars(select(Attempt)).all() == []
    assert (toy.seen(), toy.runtime.position("toy")) == ({}, 0)
    Toy.mended = True
    assert toy.runtime.deliverer.deliver(batch, whole=True)
    assert (toy.seen(), toy.runtime.position("toy")) == ({first: 1, poison: 1}, 2)


def test_a_batch_is_looked_up_and_entered_in_the_inbox_by_two_statements(toy: Toy) -> None:
    def statements(*names: str) -> int:
        tell(toy, *names)
        toy.runtime.relay.drain()
        said.clear()
        assert toy.deliver()
        return len([each for each in said if "inbox" in each])

    said = list[str]()
    event.listen(toy.runtime.db.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    assert (statements("a"), statements(*"bcdefgh")) == (2, 2)


def test_a_parked_message_whose_reaction_is_gone_stays_parked(toy: Toy) -> None:
    tell(toy, "poison")
    toy.runtime.relay.drain()
    while not toy.deliver():
        pass
    with toy.runtime.db.transaction() as tx:
        (parked,) = list_parked(tx)
        parked.reaction = "things.on_what_was"
    with pytest.raises(ReactionGone):
        toy.runtime.deliverer.retry(parked.message_id, "things.on_what_was")
    with toy.runtime.db.reading() as tx:
        assert [each.reaction for each in list_parked(tx)] == ["things.on_what_was"]
    assert toy.seen() == {}


def test_attempts_that_ended_with_the_process_count_one_in_three(toy: Toy) -> None:
    tell(toy, "poison")
    toy.runtime.relay.drain()
    with toy.runtime.db.transaction() as tx:
        (numbered,) = read_log(toy.runtime, "toy")
        tx.add(
            Attempt(
                message_id=numbered.message.id, reaction="things.on_thing_made", source="toy", number=1,
                message=numbered.message.model_dump_json(), failures=0, interruptions=1,
            )
        )  # fmt: skip
    toy.deliver()
    with toy.runtime.db.reading() as tx:
        attempt = tx.scalars(select(Attempt)).one()
    assert (attempt.failures, attempt.interruptions) == (1, 0)


def test_a_rebuild_gives_the_same_and_emits_nothing(toy: Toy) -> None:
    ids = tell(toy, "a", "b", "c")
    toy.runtime.relay.drain()
    toy.deliver()
    with toy.runtime.db.transaction() as tx:
        tx.add(Seen(id="stray", times=7))
    assert toy.runtime.rebuild() == 3
    assert toy.seen() == dict.fromkeys(ids, 1)
    assert toy.runtime.position("toy") == 3
    assert toy.runtime.relay.drain() == 0


def test_a_message_retried_while_all_is_rebuilt_is_handled_once_and_parked_no_more(toy: Toy) -> None:
    ids = tell(toy, "a")
    toy.runtime.relay.drain()
    (numbered,) = read_log(toy.runtime, "toy")
    reaction = next(each.name for each in toy.runtime.deliverer.reactions if each.matches(numbered.message))
    with toy.runtime.db.transaction() as tx:
        tx.add(
            Attempt(
                message_id=numbered.message.id, reaction=reaction, source="toy", number=1, failures=TRIES,
                message=numbered.message.model_dump_json(), interruptions=0, parked_at=toy.runtime.db.clock(),
            )
        )  # fmt: skip
    with ThreadPoolExecutor() as pool:
        retried = list[bool]()

        def replay(source: str) -> Iterator[Sequence[Numbered]]:
            if source == "toy":
                pool.submit(lambda: retried.append(toy.runtime.deliverer.retry(numbered.message.id, reaction)))
                time.sleep(0.2)  # it waits for the rebuild by now
            yield from toy.runtime.bus.replay(source)

        toy.runtime.deliverer.rebuild(toy.runtime.service.all_projections(), replay)
    assert (retried, toy.seen()) == ([True], dict.fromkeys(ids, 1))
    with toy.runtime.db.reading() as tx:
        assert tx.scalar(select(func.count()).select_from(Attempt)) == 0


class ThingPolished(Fact, type="toy.thing.polished.v1", subject="thing_id"):
    """A thing was polished, which nobody here hears."""

    thing_id: str


def test_what_nobody_hears_is_passed_over_without_a_commit(toy: Toy) -> None:
    db, commits = toy.runtime.db, list[str]()
    with db.transaction() as tx:
        emit(tx, *(ThingPolished(thing_id=str(number)) for number in range(3)))
    toy.runtime.relay.drain()
    event.listen(db.engine, "commit", lambda _: commits.append("commit"))
    assert toy.deliver()
    assert (commits, toy.runtime.position("toy"), written(toy)) == ([], 3, 0)
    tell(toy, "a")
    toy.runtime.relay.drain()
    assert toy.deliver()
    assert (toy.runtime.position("toy"), written(toy)) == (4, 4)


def test_what_was_passed_over_is_read_again_after_a_restart(toy: Toy) -> None:
    ids = tell(toy, "a")
    with toy.runtime.db.transaction() as tx:
        emit(tx, ThingPolished(thing_id="a"))
    toy.runtime.relay.drain()
    batch = read_log(toy.runtime, "toy")
    assert toy.runtime.deliverer.deliver(batch[:1])
    assert toy.runtime.deliverer.deliver(batch[1:])
    again = Deliverer(toy.runtime.db, toy.runtime.deliverer.reactions)
    assert (toy.runtime.position("toy"), again.position("toy")) == (2, 1)
    assert again.deliver(read_log(toy.runtime, "toy", 1))
    assert (again.position("toy"), toy.seen()) == (2, dict.fromkeys(ids, 1))


def test_what_is_passed_over_for_long_is_written_down(toy: Toy) -> None:
    with toy.runtime.db.transaction() as tx:
        emit(tx, *(ThingPolished(thing_id=str(number)) for number in range(UNHEARD)))
    toy.runtime.relay.drain()
    while read_log(toy.runtime, "toy", toy.runtime.position("toy")):
        assert toy.deliver()
    assert written(toy) == UNHEARD


def test_what_was_published_last_and_what_came_before_are_one_log(toy: Toy) -> None:
    for name in ("a", "b", "c"):
        tell(toy, name)
        toy.runtime.relay.drain()
    bus = toy.runtime.bus
    assert [[each.number for each in bus.read("toy", after)] for after in range(5)] == [[1, 2, 3], [2, 3], [3], [], []]


def test_a_subscription_follows_the_log_by_itself(toy: Toy) -> None:
    toy.runtime.start()
    ids = tell(toy, *map(str, range(50)))
    done = threading.Event()

    def wait() -> None:
        while len(toy.seen()) < 50:
            pass
        done.set()

    threading.Thread(target=wait, daemon=True).start()
    assert done.wait(10)
    toy.runtime.stop()
    assert toy.seen() == dict.fromkeys(ids, 1)
