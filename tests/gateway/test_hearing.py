"""While the bus cannot be heard, the gateway keeps nothing whose end it would not hear of."""

from tests.gateway.front import Front, fronted, settle

PATH = "/zh/events/wyss"
PAGE = "<h1>edition</h1>"
PUBLIC = {"Cache_Control": "public, max-age=60", "Cache_Tag": "edition:1"}
ADA = {"Authorization": "Bearer ht_ada"}


@fronted()
async def test_a_gateway_keeps_nothing_from_when_the_bus_is_lost_until_it_is_heard_again(f: Front) -> None:
    f.events.answer(PATH, PAGE, **PUBLIC)
    await f.client.get(PATH)
    f.bus.heard = False
    f.bus.listeners[0].lose()
    await settle()
    for _ in range(2):
        await f.client.get(PATH)
    assert (len(f.events.asked), len(f.gateway.cache), len(f.bus.listeners)) == (3, 0, 1)
    f.bus.listeners[0].begin()
    await settle()
    for _ in range(2):
        await f.client.get(PATH)
    assert (len(f.events.asked), len(f.gateway.cache)) == (4, 1)


@fronted()
async def test_while_the_end_of_a_credential_would_not_be_heard_it_is_asked_for_each_time(f: Front) -> None:
    await f.client.get(PATH, headers=ADA)
    f.bus.heard = False
    f.bus.listeners[0].lose()
    await settle()
    for _ in range(2):
        await f.client.get(PATH, headers=ADA)
    assert len(f.directory.exchanges) == 3
    f.bus.listeners[0].begin()
    await settle()
    for _ in range(2):
        await f.client.get(PATH, headers=ADA)
    assert len(f.directory.exchanges) == 4
