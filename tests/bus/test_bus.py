"""What every bus promises: all of it once by the inbox, in order for each subject, and nothing stops for long."""

import asyncio
import threading
from itertools import chain

from shared.ledger import number_outbox, read_outbox
from shared.listening import Listener
from shared.message import Message
from tests.bus.rig import HEARD, Hall, Reader, Teller, by_thing, wait_until

THINGS = tuple(f"thing-{number}" for number in range(20))


def told_by(*tellers: Teller) -> dict[str, list[int]]:
    """Return the turns that were told of each thing."""
    return dict(chain.from_iterable(teller.told.items() for teller in tellers))


def test_what_is_published_is_handled_once_and_in_order_for_each_subject(hall: Hall) -> None:
    hearer = hall.hearer()
    hearer.listen_to(hall.bus, hall.first, hall.second)
    for _ in range(5):
        hall.first.tell(*THINGS, *THINGS)
    hall.second.tell("another", "another")
    wait_until(lambda: hearer.heard() == told_by(hall.first, hall.second))


def test_what_is_published_twice_is_handled_once(hall: Hall) -> None:
    hearer = hall.hearer()
    hall.first.tell(*THINGS)
    with hall.first.db.reading() as tx:
        hall.bus.publish(hall.first.name, read_outbox(tx, hall.first.name, 0))
    hearer.listen_to(hall.bus, hall.first)
    hall.first.tell(*THINGS)
    wait_until(lambda: hearer.heard() == told_by(hall.first))


def test_a_message_that_fails_is_tried_again_and_other_sources_go_on(hall: Hall) -> None:
    open_ = threading.Event()
    reader = Reader(lambda fact: fact.thing != "stuck" or open_.is_set())
    hall.bus.subscribe(f"reader{hall.mark}", [hall.first.name, hall.second.name], reader.position, reader.handle)
    hall.first.tell("stuck", "stuck")
    wait_until(lambda: reader.refused >= 2)
    hall.second.tell("free", "free")
    wait_until(lambda: reader.turns() == {"free": [1, 2]})
    open_.set()
    wait_until(lambda: reader.turns() == {"free": [1, 2], "stuck": [1, 2]})


def test_a_message_that_cannot_be_handled_is_parked_and_what_follows_is_heard(hall: Hall) -> None:
    hearer = hall.hearer()
    hearer.fails = lambda fact: fact.turn == 2
    hearer.listen_to(hall.bus, hall.first)
    hall.first.tell("one", "one", "one", "other")
    wait_until(lambda: hearer.heard() == {"one": [1, 3], "other": [1]})


def test_nothing_is_lost_while_the_database_is_away(hall: Hall) -> None:
    hearer = hall.hearer()
    hearer.away = True
    hearer.listen_to(hall.bus, hall.first)
    hall.first.tell(*THINGS)
    hall.first.tell(*THINGS)
    assert hearer.heard() == {}
    hearer.away = False
    wait_until(lambda: hearer.heard() == told_by(hall.first))


def test_who_comes_late_hears_everything_from_the_beginning(hall: Hall) -> None:
    hall.first.tell(*THINGS)
    early, late = hall.hearer("early"), hall.hearer("late")
    early.listen_to(hall.bus, hall.first)
    wait_until(lambda: early.heard() == told_by(hall.first))
    late.listen_to(hall.bus, hall.first)
    hall.first.tell(*THINGS)
    wait_until(lambda: late.heard() == early.heard() == told_by(hall.first))


def test_every_listener_hears_everything_from_now_on_and_nothing_earlier(hall: Hall) -> None:
    async def hear() -> None:
        hall.first.tell("before")
        first = hall.bus.listen()
        assert await first.hears()
        second = hall.bus.listen()
        assert await second.hears()
        await asyncio.to_thread(hall.first.tell, "after", "after")
        await asyncio.to_thread(hall.second.tell, "elsewhere")
        for listener in (first, second):
            heard = [await listener.next() for _ in range(3)]
            assert sorted(each.subject for each in heard if each) == ["after", "after", "elsewhere"]
        hall.bus.dismiss(first)
        await asyncio.to_thread(hall.first.tell, "later")
        last = await second.next()
        assert last is not None
        assert (await first.next(), last.subject) == (None, "later")
        hall.bus.hush()
        assert (await second.next(), second.missed) == (None, False)

    asyncio.run(asyncio.wait_for(hear(), 60))


def test_a_replay_gives_the_whole_log_in_order_for_each_subject(hall: Hall) -> None:
    assert list(hall.bus.replay(hall.first.name)) == []
    hall.second.tell("another")
    for _ in range(3):
        hall.first.tell(*THINGS)
    replayed = [numbered for batch in hall.bus.replay(hall.first.name) for numbered in batch]
    with hall.first.db.reading() as tx:
        log = read_outbox(tx, hall.first.name, 0)
    assert sorted(replayed, key=lambda each: each.number) == log
    assert by_thing(replayed) == told_by(hall.first)


def test_a_rebuild_beside_a_running_reader_counts_everything_once(hall: Hall) -> None:
    hearer = hall.hearer()
    hearer.listen_to(hall.bus, hall.first)

    def tell() -> None:
        for _ in range(20):
            hall.first.tell(*THINGS)

    telling = threading.Thread(target=tell)
    telling.start()
    for _ in range(3):
        hearer.deliverer.rebuild([HEARD], lambda _: hall.bus.replay(hall.first.name))
    telling.join()
    wait_until(lambda: hearer.heard() == told_by(hall.first))


def test_a_replay_reads_what_is_numbered_and_not_yet_published(hall: Hall) -> None:
    hall.first.tell("thing")
    if hall.broker is None:  # a topic holds nothing but what was published
        hall.first.write("thing")
        with hall.first.db.transaction() as tx:
            number_outbox(tx)
    told = [numbered.number for batch in hall.bus.replay(hall.first.name) for numbered in batch]
    assert told == ([1, 2] if hall.broker is None else [1])


def test_a_closed_bus_leaves_no_thread(hall: Hall) -> None:
    before = set(threading.enumerate())

    async def hear() -> Listener:
        listener = hall.bus.listen()
        assert await listener.hears()
        return listener

    asyncio.run(asyncio.wait_for(hear(), 60))
    hearer = hall.hearer()
    hearer.listen_to(hall.bus, hall.first)
    hall.first.tell("thing")
    wait_until(lambda: hearer.heard() == {"thing": [1]})
    hall.bus.close()
    wait_until(lambda: set(threading.enumerate()) <= before)


def test_the_bus_tells_how_far_a_service_is_behind(hall: Hall) -> None:
    reader, name = Reader(lambda fact: False), f"reader{hall.mark}"
    hall.bus.subscribe(name, [hall.first.name, hall.second.name], reader.position, reader.handle)
    hall.first.tell("thing", "thing", "thing")
    wait_until(lambda: hall.bus.health(name).lag == {hall.first.name: 3, hall.second.name: 0})
    reader.takes = lambda fact: True
    wait_until(lambda: hall.bus.health(name).lag == {hall.first.name: 0, hall.second.name: 0})
    assert hall.bus.health(name).answers


def test_a_listener_that_is_too_slow_has_missed_something() -> None:
    async def hear() -> None:
        listener = Listener(limit=1)
        message = Message(id="1", source="/a", type="a.b.c.v1", subject="s", time="2026-11-23T09:00:00Z", data={})
        listener.offer([message, message])
        assert (await listener.next(), listener.missed) == (message, True)

    asyncio.run(hear())


def test_a_listener_of_a_bus_that_is_not_heard_waits_until_it_is_or_ends() -> None:
    async def hear() -> None:
        waiting, ended = Listener(hears=False), Listener(hears=False)
        waiting.begin()
        ended.offer([None])
        assert (await waiting.hears(), await ended.hears()) == (True, False)
        waiting.lose()
        assert (await waiting.next(), waiting.missed, ended.missed) == (None, True, False)

    asyncio.run(asyncio.wait_for(hear(), 60))
