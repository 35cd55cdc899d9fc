"""A definition as readers are told it: forms in outline, rules in plain words. Pure: stored JSON in, values out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from services.awards.eligibility.rulebook import RuleSet
from services.awards.eligibility.wording import rule_in_words
from services.awards.pages.shown import (
    NOTHING,
    CategoryShown,
    DocumentShown,
    Face,
    FieldShown,
    PaperShown,
    RuleShown,
    SectionShown,
    TermsShown,
)
from services.awards.pages.strings import STRINGS
from shared.text import Text

Json = Mapping[str, Any]

_KINDS: Mapping[str, Text] = {
    "date": STRINGS["form.date"],
    "date-time": STRINGS["form.date-time"],
    "email": STRINGS["form.email"],
    "uri": STRINGS["form.uri"],
    "identity-number": STRINGS["form.identity-number"],
    "number": STRINGS["form.number"],
    "integer": STRINGS["form.integer"],
    "boolean": STRINGS["form.boolean"],
    "object": STRINGS["form.object"],
}

MOST_OPTIONS = 12
"""Choices of a field that its outline names; more are counted."""


def face_of(content: Json) -> Face:
    """Return by what right a definition selects."""
    basis = content.get("basis") or {}
    issued_on = basis.get("issued_on")
    return Face(
        standing=content.get("standing") or "",
        verb=content.get("verb") or "",
        recurrence=content.get("recurrence") or "",
        basis=text_of(basis.get("title")),
        number=basis.get("number") or "",
        issuer=text_of(basis.get("issuer")),
        issued_on=date.fromisoformat(issued_on) if issued_on else None,
        owners=tuple(text_of(owner["name"]) for owner in content.get("owners") or ()),
    )


def documents_of(documents: Sequence[Json]) -> tuple[DocumentShown, ...]:
    """Return the plan documents that have a title."""
    found = ((text_of(each.get("title")), each.get("issued_on")) for each in documents)
    return tuple(DocumentShown(title, date.fromisoformat(on) if on else None) for title, on in found if title)


def terms_of(content: Json) -> TermsShown:
    """Return what a definition says of categories, numbers and rules."""
    limits = content.get("limits") or {}
    quotas = {each["category"]: each for each in content.get("quotas") or ()}
    names = {each["key"]: text_of(each["name"]) for each in content.get("groups") or ()}
    categories = content.get("categories") or ()
    return TermsShown(
        routes=tuple(content.get("routes") or ()),
        unit_notice_days=content.get("unit_notice_days"),
        categories=tuple(_category(each, quotas.get(each["key"])) for each in categories),
        total=limits.get("total"),
        grades=tuple((text_of(each["name"]), each.get("most")) for each in limits.get("grades", ())),
        groups=tuple(
            (names.get(each["key"], NOTHING), each.get("least"), each.get("most")) for each in limits.get("groups", ())
        ),
        rules=tuple(_rules(content)),
    )


def _category(category: Json, quota: Json | None) -> CategoryShown:
    kinds = {each["key"]: text_of(each["name"]) for each in category["candidate_kinds"]}
    return CategoryShown(
        key=category["key"],
        name=text_of(category["name"]),
        subject=category["subject"],
        kinds=tuple(kinds.values()),
        has_quota=quota is not None,
        per_unit=(quota or {}).get("per_unit"),
        total=(quota or {}).get("total"),
        form=tuple(_sections(category["form"])) if category["form"] else (),
        papers=tuple(_paper(each, kinds) for each in category["attachments"] or ()),
    )


def _paper(paper: Json, kinds: Mapping[str, Text]) -> PaperShown:
    return PaperShown(
        name=text_of(paper["name"]),
        hint=text_of(paper.get("hint")),
        required=paper.get("required", True),
        only_for=tuple(kinds[key] for key in paper.get("only_for", ()) if key in kinds),
        formats=tuple(each.upper() for each in paper.get("formats", ())),
        most=paper.get("most", 1),
    )


def _sections(form: Json) -> Iterator[SectionShown]:
    for section in form["layout"]["sections"]:
        yield SectionShown(text_of(section["title"]), tuple(_fields(section["fields"], form["schema"])))


def _fields(fields: Sequence[Json], schema: Json) -> Iterator[FieldShown]:
    required = schema.get("required") or ()
    for each in fields:
        asked = schema["properties"].get(each["name"])
        if asked is not None:
            inner = asked.get("items") or asked
            columns = tuple(_fields(each.get("fields") or (), inner)) if inner.get("properties") else ()
            options = [text_of(words) for words in (each.get("options") or {}).values()]
            yield FieldShown(
                label=text_of(each["label"]),
                hint=text_of(each.get("hint")),
                required=each["name"] in required,
                kind=_kind(asked, options),
                columns=columns,
            )


def _kind(asked: Json, options: Sequence[Text]) -> Text:
    """Return in a few words what is filled in."""
    kind, form = asked["type"], asked.get("format", "")
    if kind == "array":
        most = asked.get("maxItems")
        return STRINGS["form.list_up_to"].format(n=most) if most else STRINGS["form.list"]
    if options:
        shown = options[:MOST_OPTIONS]
        listed = Text("、".join(each.in_("zh") for each in shown), ", ".join(each.in_("en") for each in shown))
        more = STRINGS["form.more_options"].format(n=len(options)) if len(options) > MOST_OPTIONS else NOTHING
        return STRINGS["form.choice"].format(options=listed, more=more)
    if kind == "string" and form not in _KINDS:
        most = asked.get("maxLength")
        return STRINGS["form.text_up_to"].format(n=most) if most else STRINGS["form.text"]
    return _KINDS[form if kind == "string" else kind]


def _rules(content: Json) -> Iterator[RuleShown]:
    if content.get("eligibility") is None:
        return
    names = {each["key"]: text_of(each["name"]) for each in content.get("categories") or ()}
    for rule in RuleSet.model_validate(content["eligibility"]).rules:
        yield RuleShown(
            clause=rule.clause,
            document=rule.authority.document,
            article=rule.authority.article,
            words=rule_in_words(rule),
            exceptions=tuple(each.clause for each in rule.exceptions),
            categories=tuple(names[key] for key in rule.categories if key in names),
        )


def text_of(words: Json | None) -> Text:
    """Return a text as JSON holds it; an empty one for none."""
    return Text(**words) if words else NOTHING
