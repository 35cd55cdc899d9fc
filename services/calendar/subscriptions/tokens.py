"""The address of a personal feed, which holds a secret."""


def address_of(address: str, token: str) -> str:
    """Return the address of the feed whose secret is `token`."""
    return f"{address}/calendars/personal/{token}.ics"
