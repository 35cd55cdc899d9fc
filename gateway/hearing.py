"""What the gateway hears on the bus: views that changed and credentials that ended. Nothing is answered here."""

import structlog

from gateway.cache import Cache
from gateway.credentials import Credentials
from shared.bus import Bus
from shared.listening import Listener
from shared.message import Message
from shared.messages.dates import ViewChanged
from shared.messages.directory import CredentialEnded

log = structlog.get_logger()

_VIEW_CHANGED = ".view.changed.v1"


async def hear(bus: Bus, cache: Cache, credentials: Credentials) -> None:
    """Drop what facts say is over, until the bus closes; whatever may have been missed counts as over.

    The cache is open, and tokens are kept, exactly while this hears.
    """
    try:
        missed = True
        while missed:
            listener = bus.listen()
            try:
                hears = await listener.hears()
                _begin_anew(cache, credentials, open=hears)
                missed = await _hear_on(listener, cache, credentials) if hears else listener.missed
            finally:
                bus.dismiss(listener)
            _begin_anew(cache, credentials, open=False)
    finally:
        _begin_anew(cache, credentials, open=False)


def _begin_anew(cache: Cache, credentials: Credentials, *, open: bool) -> None:
    credentials.clear(open=open)
    cache.clear(open=open)


async def _hear_on(listener: Listener, cache: Cache, credentials: Credentials) -> bool:
    """Handle messages; True where some were missed, or could not be read, False at the end of the bus."""
    while (message := await listener.next()) is not None:
        if listener.missed:
            log.warning("messages_missed")
            return True
        try:
            handle(message, cache, credentials)
        except Exception as error:  # whatever it is, hearing goes on
            log.error("fact_unreadable", type=message.type, id=message.id, error=repr(error))
            return True
    return listener.missed


def handle(message: Message, cache: Cache, credentials: Credentials) -> None:
    """Drop what one message says is over; raises `ValueError` where it cannot be read."""
    if message.type.endswith(_VIEW_CHANGED):
        cache.drop(ViewChanged.model_validate(message.data).tags)
    elif message.type == CredentialEnded.fact_type:
        ended = CredentialEnded.model_validate(message.data)
        credentials.drop(ended.account_id, ended.credential)
