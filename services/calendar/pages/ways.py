"""The ways to a feed that pages offer, and whether a reader's browser can take the shortest of them."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlencode

import segno
from fastapi import Depends, Request

REMINDERS = ("", "15m", "1h", "1d")
"""The reminders that pages offer; a feed's address and the API take others too."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to a feed: its address, links that open it in a calendar, and its address as an SVG to scan."""

    url: str
    webcal: str
    google: str
    outlook: str
    qr: str


def ways_to(url: str, name: str) -> Ways:
    """Return the ways to the feed at `url`."""
    webcal = f"webcal://{url.partition('://')[2]}"
    return Ways(
        url,
        webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{urlencode({'url': url, 'name': name})}",
        qr=segno.make(url, error="m").svg_inline(border=2, omitsize=True),
    )


async def in_wechat(request: Request) -> bool:
    """Tell whether the reader uses WeChat's own browser, which opens no calendar link."""
    return "MicroMessenger" in request.headers.get("user-agent", "")


InWeChat = Annotated[bool, Depends(in_wechat)]
