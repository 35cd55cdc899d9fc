"""The pages themselves: all calls, one programme, one cycle. Pure: what is shown in, a page out; the time decides what is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from services.awards.pages.rules import CallPhase, is_recent
from services.awards.pages.shown import NOTHING, AcceptedShown, Call, CycleShown, Face, ProgrammeCard, ProgrammeShown
from services.awards.pages.strings import STRINGS
from services.awards.programmes.rules import VERB_NAMES, ProgrammeStanding
from shared.pages import wording
from shared.pages.leaf import Leaf
from shared.pages.render import Pages, PublicPage, Site, localised
from shared.pages.wording import spoken
from shared.text import Language, Text, plain
from shared.times import PlannedTime

BADGES: Mapping[str, str] = {
    CallPhase.OPEN: "running",
    CallPhase.SOON: "tentative",
    CallPhase.CLOSED: "ended",
    CallPhase.CONCLUDED: "ended",
    CallPhase.CANCELLED: "cancelled",
}
"""How a call stands, as a class of badges."""


@dataclass(frozen=True, slots=True)
class Item:
    """A call in a list: where it leads, how it stands, and what of its time a reader must know first."""

    call: Call
    href: str
    phase: CallPhase
    time: Text
    left: Text

    @property
    def badge(self) -> str:
        """Return the class of its badge."""
        return BADGES[self.phase]


def item_of(language: Language, call: Call, now: datetime) -> Item:
    """Return a call as a line of a list."""
    phase = call.phase(now)
    if phase is CallPhase.SOON:
        label, at = STRINGS["call.opens"], call.opens
    else:
        label, at = STRINGS["call.until"].format(verb=call.verb_name), call.until
    words = Text("{label}：{when}", "{label}: {when}").format(label=label, when=moment(at)) if at else NOTHING
    left = _left(call, now) if phase is CallPhase.OPEN else NOTHING
    return Item(call, localised(language, call.path), phase, words, left)


def moment(planned: PlannedTime) -> Text:
    """Return a planned time in words, with its zone."""
    return spoken(lambda language: wording.moments(language, planned.local, planned.local, planned.zone))


def _left(call: Call, now: datetime) -> Text:
    days = call.left(now)
    if days is None:
        return NOTHING
    near = {0: STRINGS["call.today"], 1: STRINGS["call.tomorrow"]}
    many = STRINGS["call.left"]
    return near.get(days) or Text(many.zh.format(n=days), many.en.partition("|")[2].format(n=days))


def awards_page(language: Language, calls: Sequence[Call], programmes: Sequence[ProgrammeCard], now: datetime) -> Leaf:
    """Return the page of all calls: those open by their deadline, those to come, those closed lately."""
    items = [item_of(language, call, now) for call in calls]
    over = (CallPhase.CLOSED, CallPhase.CONCLUDED, CallPhase.CANCELLED)
    groups = {
        "open": sorted((each for each in items if each.phase is CallPhase.OPEN), key=lambda each: _at(each.call.until)),
        "soon": sorted((each for each in items if each.phase is CallPhase.SOON), key=lambda each: _at(each.call.opens)),
        "closed": sorted(
            (each for each in items if each.phase in over and is_recent(each.call.until, now)),
            key=lambda each: _at(each.call.until),
            reverse=True,
        ),
    }
    feed = "/calendars/awards.ics" if calls else ""
    page = PublicPage(
        language,
        "/awards",
        STRINGS["awards.title"],
        STRINGS["awards.lead"],
        section="awards",
        feeds=((STRINGS["awards.title"].in_(language), feed),) if feed else (),
    )
    shelves = {kind: [each for each in programmes if each.standing == kind] for kind in (*ProgrammeStanding, "")}
    by_standing = [(STRINGS[f"standing.{kind or 'unknown'}"], group) for kind, group in shelves.items() if group]
    return Leaf("awards.html", page, {"groups": groups, "programmes": by_standing, "feed": feed})


def _at(planned: PlannedTime | None) -> datetime:
    return planned.utc() if planned else datetime.max.replace(tzinfo=UTC)


def programme_page(language: Language, shown: ProgrammeShown, now: datetime) -> Leaf:
    """Return the page of one programme, with what its latest cycle says."""
    items = [item_of(language, call, now) for call in shown.calls]
    on = (CallPhase.OPEN, CallPhase.SOON)
    feed = f"/calendars/programmes/{shown.slug}.ics" if shown.calls else ""
    page = PublicPage(
        language,
        shown.path,
        shown.name,
        _summary(shown.description) or _standing(shown.face),
        section="awards",
        feeds=((STRINGS["awards.feed"].format(title=shown.name).in_(language), feed),) if feed else (),
        linked_data={"@context": "https://schema.org", "@type": "WebPage", "name": shown.name.in_(language)},
    )
    told = {
        "shown": shown,
        "face": shown.face,
        "terms": shown.terms,
        "documents": shown.documents,
        "current": [each for each in items if each.phase in on],
        "past": [each for each in items if each.phase not in on],
        "feed": feed,
    }
    return Leaf("award.html", page, told)


def cycle_page(language: Language, shown: CycleShown, now: datetime) -> Leaf:
    """Return the page of one cycle."""
    call = shown.call
    item = item_of(language, call, now)
    feed = f"/calendars/cycles/{shown.slug}.ics"
    data = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": call.name.in_(language),
        "about": call.programme.title.in_(language),
        "inLanguage": language,
    }
    page = PublicPage(
        language,
        call.path,
        call.name,
        _summary(shown.description) or item.time or _standing(shown.face),
        section="awards",
        kind="article",
        feeds=((STRINGS["awards.feed"].format(title=call.name).in_(language), feed),),
        linked_data=data | ({"expires": call.until.utc().isoformat()} if call.until else {}),
    )
    told = {"shown": shown, "face": shown.face, "terms": shown.terms, "documents": shown.documents, "item": item}
    return Leaf("cycle.html", page, told | {"feed": feed})


def accepted_page_of(language: Language, shown: AcceptedShown) -> Leaf:
    """Return the page of an accepted list."""
    title = STRINGS["accepted.of"].format(cycle=shown.cycle.title)
    days = spoken(lambda side: wording.day_range(side, shown.from_on, shown.until_on))
    data = {"@context": "https://schema.org", "@type": "WebPage", "name": title.in_(language)}
    data |= {"datePublished": shown.from_on.isoformat(), "expires": shown.until_on.isoformat()}
    page = PublicPage(language, shown.path, title, days, section="awards", kind="article", linked_data=data)
    return Leaf("accepted.html", page, {"shown": shown, "days": days})


def _summary(description: Text) -> Text:
    return Text(plain(description.zh)[:150], plain(description.en)[:300])


def _standing(face: Face) -> Text:
    return STRINGS[f"standing.{face.standing or 'unknown'}"]


def verb_name(verb: str) -> Text:
    """Return what a unit does with its candidates, in the programme's own word."""
    return VERB_NAMES.get(verb, NOTHING)


def make_pages(site: Site) -> Pages:
    """Return the renderer of this service's pages."""
    return Pages(site, Path(__file__).parent / "templates", STRINGS, verb=verb_name)
