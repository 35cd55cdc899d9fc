"""Nominations as tests need them: begun, filled in, consented to, with the unit's notice, ready to be handed in."""

from datetime import timedelta
from typing import Any

from tests.alone import SOCIETY
from tests.awards.running import DEFINITION, FORM, PEOPLE, Awards

C = "chuangxin-4"
AT = "nominations"
OPENS = 10
"""So many days after tests begin the call is open."""

IDENTITY, OTHER_IDENTITY = "11010519491231002X", "440524188001010014"
"""The two numbers that the standard has as examples."""

FULL_FORM: dict[str, Any] = {
    "schema": {
        "type": "object",
        "properties": {
            **FORM["schema"]["properties"],  # type: ignore[dict-item]
            "identity": {"type": "string", "format": "identity-number"},
            "story": {"type": "string", "maxLength": 2000, "minLength": 2},
            "members": {
                "type": "array",
                "maxItems": 5,
                "items": {
                    "type": "object",
                    "properties": {
                        "name": {"type": "string", "maxLength": 20},
                        "identity": {"type": "string", "format": "identity-number"},
                    },
                    "required": ["name"],
                },
            },
        },
        "required": ["name", "birth"],
    },
    "layout": {
        "sections": [
            {
                "title": {"zh": "基本情况", "en": "About the candidate"},
                "fields": [
                    {"name": "name", "label": {"zh": "姓名", "en": "Name"}},
                    {"name": "birth", "label": {"zh": "出生日期", "en": "Date of birth"}},
                    {"name": "identity", "label": {"zh": "公民身份号码", "en": "Identity number"}},
                    {"name": "story", "label": {"zh": "主要事迹", "en": "Story"}},
                    {
                        "name": "members",
                        "label": {"zh": "成员", "en": "Members"},
                        "fields": [
                            {"name": "name", "label": {"zh": "姓名", "en": "Name"}},
                            {"name": "identity", "label": {"zh": "公民身份号码", "en": "Identity number"}},
                        ],
                    },
                ],
            }
        ]
    },
}
"""A form with something of everything."""

PAPERS = [
    {"key": "pledge", "name": {"zh": "诚信承诺书", "en": "Integrity pledge"}, "required": False},
    {"key": "letter", "name": {"zh": "专家推荐信", "en": "Letter"}, "required": False, "kept_from_candidate": True},
]
CATEGORY = PEOPLE | {"form": FULL_FORM, "candidate_kinds": [], "attachments": PAPERS}
ORGANISATIONS = CATEGORY | {"subject": "organisation"}
"""A category in which nobody has to consent."""

NO_PAPERS_NEEDED: dict[str, Any] = DEFINITION | {"categories": [CATEGORY]}
"""A definition under which a nomination needs no attachments."""

PDF = b"%PDF-1.7\n"

CONTENT = {"name": "屠呦呦", "birth": "1930-12-30", "identity": IDENTITY, "story": "发现青蒿素"}


def open_call(awards: Awards, slots: int = 9, slug: str = C, **values: Any) -> Any:
    """Open a cycle whose call has begun, and give the society slots."""
    programme = awards.defined(f"p-{slug}", NO_PAPERS_NEEDED | values)
    cycle = awards.opened(slug, programme)
    awards.move(slug, "allocate", slots, to_unit_id=SOCIETY)
    awards.clock.turn(days=OPENS)
    return cycle


def begin(awards: Awards, role: str = "nominator", **values: Any) -> Any:
    """Begin a nomination of the society."""
    body = {"cycle": C, "unit_id": SOCIETY, "category": "people", "content": CONTENT}
    return awards.do("POST", AT, body | values, role)


def path_of(nomination: Any, *more: str) -> str:
    """Return the path of a nomination, or of something of it."""
    return "/".join((AT, nomination["id"], *more))


def write(awards: Awards, nomination: Any, version: int, role: str | None = "nominator", **content: Any) -> Any:
    """Write in a nomination; return the whole answer."""
    return awards.ask("PATCH", path_of(nomination), role, version, json={"content": content})


def ask_for(awards: Awards, nomination: Any, role: str = "candidate", **values: Any) -> Any:
    """Ask somebody for their part."""
    body = {"role": role, "person": "屠呦呦"} | values
    return awards.do("POST", path_of(nomination, "roles"), body, "nominator")


def answer(awards: Awards, secret: str, said: str = "consent", **values: Any) -> Any:
    """Answer by link to what is read there."""
    covers = awards.get(f"consents/{secret}", None)["covers"]
    body = {"answer": said, "covers": covers, "words": "同意"} | values
    return awards.ask("POST", f"consents/{secret}/answer", None, json=body)


def attach(awards: Awards, nomination: Any, key: str, role: str = "nominator", words: bytes = b"1") -> Any:
    """Give a nomination a file."""
    path = f"{path_of(nomination, 'attachments')}?key={key}&filename={key}.pdf"
    return awards.do("POST", path, None, role, content=PDF + words + b"\n%%EOF")


def give_notice(awards: Awards, nomination: Any, version: int = 0, **values: Any) -> Any:
    """Record a notice of five working days that is over."""
    today = awards.clock().date()
    scan = attach(awards, nomination, "unit_notice")["id"]
    body = {
        "place": "本会网站", "from_on": str(today - timedelta(days=10)), "to_on": str(today - timedelta(days=1)),
        "outcome": "no_objection", "scan_id": scan,
    }  # fmt: skip
    return awards.do("PUT", path_of(nomination, "notice"), body | values, "nominator", version=version)


def make_ready(awards: Awards, **values: Any) -> Any:
    """Begin a nomination to which everybody has consented, with the unit's notice."""
    made = begin(awards, **values)
    answer(awards, ask_for(awards, made)["secret"])
    give_notice(awards, made)
    return made


def submit(awards: Awards, nomination: Any, role: str = "nominator", **options: Any) -> Any:
    """Hand a nomination in as it now stands; return the whole answer."""
    version = awards.get(path_of(nomination), role)["version"]
    return awards.ask("POST", path_of(nomination, "submission"), role, version, **options)
