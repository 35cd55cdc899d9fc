"""Workbooks: a tree of 5,000 goes out and in unchanged, faults are named by their cells, and all is taken or nothing."""

import io
import time
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from services.directory.organisations.models import Organisation, OtherName, State
from services.directory.workbooks.queries import load_tree
from shared.ledger import OutboxRow
from shared.tree import Node
from shared.workbook import write_sheets
from tests.directory.people import Town
from tests.directory.running import Directory
from tests.directory.test_links import FIRST, first_link
from tests.directory.test_signing_in import cookie_of

HEADS = ("slug", "parent", "kind", "name_zh", "name_en")
MANY = 5000


def book(*rows: tuple[Any, ...], heads: tuple[str, ...] = HEADS, **more: list[tuple[Any, ...]]) -> bytes:
    """Return a workbook; `names` are the rows of its second sheet."""
    sheets = {"One": (heads, rows)}
    if "names" in more:
        sheets["Two"] = (("slug", "kind", "name_zh", "name_en", "from_on", "until_on"), tuple(more["names"]))
    return write_sheets(sheets)


def take(town: Town, data: bytes, who: str = "administrator", **query: Any) -> dict[str, Any]:
    answer = town.ask("POST", "workbooks/organisations", who, content=data, params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def counts(told: dict[str, Any]) -> tuple[bool, int, int, int]:
    return told["applied"], told["opened"], told["changed"], told["unchanged"]


def problems(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["cell"], each["code"]) for each in told["problems"]]


def snapshot(directory: Directory) -> tuple[Any, ...]:
    with directory.db.reading() as tx:
        tree = load_tree(tx)
        states = tx.scalar(select(func.count()).select_from(State))
        facts = tx.scalar(select(func.count()).select_from(OutboxRow))
        versions = {o.slug: o.version for o in tx.scalars(select(Organisation))}
    return tree.entries, tree.names, states, facts, versions


def many(total: int = MANY, root: str = "headquarters") -> bytes:
    """Return a tree of so many below `root`: societies, their branches, and committees of these; some ended, some with other names."""
    rows: list[tuple[Any, ...]] = []
    names: list[tuple[Any, ...]] = []
    for number in range(total):
        society, rest = divmod(number, 25)
        slug, parent, kind = f"s{society}", root, "society"
        if rest:
            slug, parent, kind = f"s{society}-{rest}", f"s{society}", "分支机构"
        if rest > 12:
            parent, kind = f"s{society}-{rest - 12}", "Committee"
        ended = rest == 24
        rows.append((
            slug, parent, kind, f"第{number}学会 “甲”", f"=Society №{number} <&> ", "已撤销" if ended else "",
            date(1850 + number % 170, 1, 1 + number % 28), date(2026, 1, 1 + number % 28) if ended else None,
        ))  # fmt: skip
        if rest == 0:
            names.append((slug, "曾用名", f"旧名{number}", "", date(1900, 1, 31), date(1949, 9, 30)))
            names.append((slug, "alias", "", f"S{number}", None, None))
    heads = (*HEADS, "status", "founded_on", "ended_on")
    return book(*reversed(rows), heads=heads, names=names)


def test_a_tree_of_5000_goes_out_and_in_unchanged(town: Town) -> None:
    seconds = []

    def timed(data: bytes) -> dict[str, Any]:
        began = time.process_time()
        told = take(town, data)
        seconds.append(time.process_time() - began)
        return told

    first = timed(many())
    assert (first["problems"], counts(first)) == ([], (True, MANY, 0, 0))
    before = snapshot(town.directory)
    out = town.ask("GET", "workbooks/organisations").content
    again = timed(out)
    assert counts(again) == (True, 0, 0, MANY + 4)
    assert snapshot(town.directory) == before
    assert max(seconds) < 15
    town.directory.settle()
    with town.directory.db.reading() as tx:
        own = {tuple(row) for row in tx.execute(select(Organisation.slug, Organisation.path, Organisation.status))}
        assert {tuple(row) for row in tx.execute(select(Node.slug, Node.path, Node.status))} == own
        assert len(own) == MANY + 4


def test_it_goes_into_an_empty_directory_the_same(town: Town, empty: Directory) -> None:
    take(town, many(500))
    out = town.ask("GET", "workbooks/organisations").content
    answer = empty.ask("POST", first_link(empty), data=FIRST)
    caller = empty.caller(cookie_of(answer), "session")
    told = empty.ask("POST", "workbooks/organisations", caller, content=out).json()
    assert (told["problems"], counts(told)) == ([], (True, 503, 1, 0))
    here, there = snapshot(town.directory), snapshot(empty)
    assert (there[0], there[1]) == (here[0], here[1])
    assert empty.ask("GET", "workbooks/organisations", caller).content[:2] == b"PK"


def test_only_what_changed_is_told(town: Town) -> None:
    town.directory.settle()
    before = len(town.facts())
    data = book(
        ("physics", "headquarters", "society", "中国物理学会", "Society of physics"),
        ("chemistry", "headquarters", "society", "chemistry学会", "Society of chemistry"),
        ("physics-branch", "chemistry", "branch", "physics-branch学会", "Society of physics-branch"),
        ("optics", "new", "society", "光学会", ""),
        ("new", "headquarters", "consortium", "", "New"),
    )
    dry = take(town, data, dry_run=True)
    assert counts(dry) == (False, 2, 2, 1)
    assert len(town.facts()) == before
    told = take(town, data)
    assert counts(told) == (True, 2, 2, 1)
    assert dry["changes"] == told["changes"]
    assert [(c["row"], c["slug"], c["fields"].get("name"), c["fields"].get("parent")) for c in told["changes"]] == [
        (2, "physics", ["physics学会 / Society of physics", "中国物理学会 / Society of physics"], None),
        (4, "physics-branch", None, ["physics", "chemistry"]),
        (6, "new", ["", "New"], ["", "headquarters"]),
        (5, "optics", ["", "光学会"], ["", "new"]),
    ]
    news = [(kind, data["organisation"]["slug"]) for kind, data in town.facts()[before:]]
    assert news == [
        ("organisation.renamed", "physics"),
        ("organisation.moved", "physics-branch"),
        ("organisation.renamed", "physics-branch"),
        ("organisation.opened", "new"),
        ("organisation.opened", "optics"),
    ]
    physics = town.ask("GET", "organisations/physics").json()
    assert [(n["kind"], n["name"]["zh"], n["until_on"]) for n in physics["other_names"]] == [
        ("former", "physics学会", "2026-11-22")
    ]
    way = town.ask("GET", "organisations/physics-branch/path", params={"on": "2026-11-22"}).json()
    assert [step["slug"] for step in way] == ["headquarters", "physics", "physics-branch"]


def test_an_end_in_the_file_is_an_end_in_the_tree(town: Town) -> None:
    heads = ("slug", "status", "ended_on", "into")
    data = book(("physics-branch", "撤销", None, None), heads=heads)
    assert problems(take(town, data)) == [("B2", "choice")]
    data = book(
        ("physics-branch", "closed", date(2026, 10, 1), None),
        ("physics", "merged", "2026/11/1", "chemistry"),
        heads=heads,
    )
    assert counts(take(town, data)) == (True, 0, 2, 0)
    assert [kind for kind, _ in town.facts()][-2:] == ["organisation.merged", "organisation.closed"]
    physics = town.ask("GET", "organisations/physics").json()
    assert (physics["ended_on"], physics["into_ids"]) == ("2026-11-01", [town.organisations["chemistry"]])
    past = town.ask("GET", "organisations/past", params={"on": "2026-10-31"}).json()["items"]
    assert {o["organisation_id"]: o["status"] for o in past}[physics["id"]] == "active"


FAULTY = [
    (("Bad Slug", "headquarters", "society", "甲", ""), "A2", "slug"),
    (("new", "nowhere", "society", "甲", ""), "B2", "unknown_slug"),
    (("new", "", "society", "甲", ""), "B2", "required"),
    (("new", "headquarters", "club", "甲", ""), "C2", "choice"),
    (("new", "headquarters", "", "甲", ""), "C2", "required"),
    (("new", "headquarters", "society", "", ""), "D2", "required"),
    (("new", "headquarters", "society", "", "x" * 301), "E2", "name_too_long"),
    (("new", "headquarters", "society", "甲", "", "91110000600037341M"), "F2", "uscc"),
    (("new", "headquarters", "society", "甲", "", "", "034t30j36"), "G2", "ror"),
    (("new", "headquarters", "society", "甲", "", "", "", "2023年13月1日"), "H2", "date"),
    (("new", "headquarters", "society", "甲", "", "", "", "2023-01-02", "2023-01-01"), "I2", "dates_reversed"),
    (("new", "headquarters", "society", "甲", "", "", "", "", "", "merged"), "K2", "into"),
    (("headquarters", "physics", "headquarters", "总部", ""), "B2", "root"),
    (("physics", "physics-branch", "society", "甲", ""), "B2", "cycle"),
    (("physics", "headquarters", "society", "甲", "", "", "", "", "", "closed"), "J2", "parent_ended"),
]


@pytest.mark.parametrize(("row", "cell", "code"), FAULTY, ids=[f"{cell}-{code}" for _, cell, code in FAULTY])
def test_a_fault_is_named_by_its_cell_and_nothing_is_taken(
    town: Town, row: tuple[Any, ...], cell: str, code: str
) -> None:
    before = snapshot(town.directory)
    heads = (*HEADS, "uscc", "ror", "founded_on", "ended_on", "status", "into")
    good = ("fine", "headquarters", "society", "好", "")
    told = take(town, book(row, good, heads=heads))
    assert (problems(told), told["applied"]) == ([(cell, code)], False)
    assert snapshot(town.directory) == before


def test_all_faults_are_told_at_once(town: Town) -> None:
    data = book(
        ("a", "b", "society", "甲", ""),
        ("b", "a", "society", "乙", ""),
        ("a", "headquarters", "society", "丙", ""),
        ("c", "headquarters", "society", "", ""),
        names=[("nobody", "alias", "名", "", None, None), ("c", "nickname", "名", "", "never", None)],
    )
    assert sorted(problems(take(town, data))) == [
        ("A4", "slug_twice"),
        ("B2", "cycle"),
        ("B3", "cycle"),
        ("D5", "required"),
        ("Two!A2", "unknown_slug"),
        ("Two!B3", "choice"),
        ("Two!E3", "date"),
    ]


def test_one_takes_what_one_administers_and_nothing_else(town: Town) -> None:
    below = book(("optics", "physics", "society", "光学会", ""))
    assert counts(take(town, below, "secretary")) == (True, 1, 0, 0)
    for rows in (
        [("new", "chemistry", "society", "甲", "")],
        [("physics", "headquarters", "society", "甲", ""), ("chemistry", "headquarters", "society", "乙", "")],
        [("optics", "chemistry", "society", "光学会", "")],
        [("physics", "chemistry", "society", "physics学会", "Society of physics")],
    ):
        told = take(town, book(*rows), "secretary")
        assert (told["applied"], {code for _, code in problems(told)}) == (False, {"forbidden"})
    own = book(("physics", "headquarters", "society", "甲", ""))
    assert counts(take(town, own, "secretary")) == (True, 0, 1, 0)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not-a-workbook"),
        (b"slug,parent\n", "not-a-workbook"),
        (b"PK\x03\x04 broken", "not-a-workbook"),
        (book(heads=("slug", "colour")), "headings-missing"),
        (book(heads=("parent",)), "headings-missing"),
        (book(heads=("slug", "代码")), "headings-missing"),
    ],
)
def test_files_that_cannot_be_read(town: Town, data: bytes, problem: str) -> None:
    answer = town.ask("POST", "workbooks/organisations", content=data)
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")


def test_a_workbook_is_written_in_the_callers_language(town: Town) -> None:
    chinese = town.ask("GET", "workbooks/organisations").content
    town.ask("PATCH", "me", version=1, json={"language": "en"})
    english = town.ask("GET", "workbooks/organisations").content
    first = [
        CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        for data in (chinese, english)
    ]
    assert [(sheet[0][:3], sheet[1][2]) for sheet in first] == [
        (["代码", "上级机构代码", "类别"], "总部机关"),
        (["Slug", "Parent", "Kind"], "Headquarters"),
    ]
    for data in (chinese, english):
        assert counts(take(town, data)) == (True, 0, 0, 4)


MEMBER_HEADS = ("邮箱", "手机号", "中文姓名", "英文姓名", "会员编号", "入会日期", "到期日期")


def enrol(town: Town, *rows: tuple[Any, ...], heads: tuple[str, ...] = MEMBER_HEADS, **query: Any) -> dict[str, Any]:
    answer = town.ask("POST", "workbooks/members/physics", "secretary", content=book(*rows, heads=heads), params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_members_are_enrolled_and_those_without_an_account_get_one(town: Town) -> None:
    rows = [
        ("member@example.org", "", "会员", "", "1", "2020-01-01", "2026年12月31日"),
        ("", "１３８００１３８０００", "李娜", "Li Na", 2, None, None),
    ]
    dry = enrol(town, *rows, dry_run=True)
    assert (dry["applied"], dry["given"], dry["problems"]) == (False, 2, [])
    assert enrol(town, *rows) == dry | {"applied": True}
    again = enrol(town, *rows)
    assert (again["given"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert town.caller("member").memberships == frozenset({town.organisations["physics"]})
    listed = town.ask("GET", "memberships", "secretary", params={"below": "physics"}).json()["items"]
    assert [(m["number"], m["from_on"], m["until_on"]) for m in listed] == [
        ("1", "2020-01-01", "2026-12-31"),
        ("2", "2026-11-23", None),
    ]
    account = town.ask("GET", f"accounts/{listed[1]['account_id']}", "secretary").json()
    assert (account["phone"], account["organisation_id"]) == ("+8613800138000", town.organisations["physics"])
    longer = enrol(town, ("member@example.org", "会员", "2027-12-31"), heads=("Email", "Chinese name", "Until"))
    assert (longer["applied"], longer["changed"]) == (True, 1)
    kinds = [kind for kind, _ in town.facts()]
    assert kinds[-2:] == ["membership.given", "credential.ended"]


def test_faults_of_members_are_named_by_their_cells(town: Town) -> None:
    town.ask("PATCH", f"accounts/{town.people['organizer']}", version=1, json={"phone": "13900139000"})
    enrol(town, ("member@example.org", "", "会员", "", "", "2020-01-01", "2020-12-31"))
    rows = [
        ("", "", "无", "", "", None, None),
        ("li", "123", "甲", "", "", None, None),
        ("a@example.org", "", "", "", "x" * 41, "never", None),
        ("A@example.org", "", "乙", "", "", "2020-02-01", "2020-01-01"),
        ("secretary@example.org", "13900139000", "丙", "", "", None, None),
        ("member@example.org", "", "丁", "", "", "2020-06-01", None),
    ]
    before = snapshot(town.directory)
    told = enrol(town, *rows)
    assert problems(told) == [
        ("A2", "contact"),
        ("A3", "email"),
        ("B3", "phone"),
        ("C4", "name"),
        ("E4", "too_long"),
        ("F4", "date"),
        ("G5", "dates_reversed"),
        ("A5", "twice"),
        ("B6", "two_accounts"),
        ("F7", "overlap"),
    ]
    assert told["applied"] is False
    assert snapshot(town.directory) == before
    with town.directory.db.reading() as tx:
        assert tx.scalar(select(func.count()).select_from(OtherName)) == 0
