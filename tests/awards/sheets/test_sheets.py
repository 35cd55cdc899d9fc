"""Many nominations from a workbook: the template is what is read, every fault is told at its cell, and nothing is half done."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from tests.alone import OTHER, SOCIETY
from tests.awards.nominating import CATEGORY, FULL_FORM, C, open_call
from tests.awards.running import Awards

AT = f"cycles/{C}/sheets/people"
FORM: dict[str, Any] = {
    "schema": FULL_FORM["schema"]
    | {
        "properties": FULL_FORM["schema"]["properties"]
        | {
            "sex": {"type": "string", "enum": ["m", "f"]},
            "papers": {"type": "integer", "minimum": 0},
            "abroad": {"type": "boolean"},
            "fields": {"type": "array", "items": {"type": "string", "enum": ["physics", "chemistry"]}},
        }
    },
    "layout": {
        "sections": [
            *FULL_FORM["layout"]["sections"],
            {
                "title": {"zh": "其他", "en": "More"},
                "fields": [
                    {
                        "name": "sex", "label": {"zh": "性别", "en": "Sex"},
                        "options": {"m": {"zh": "男", "en": "Male"}, "f": {"zh": "女", "en": "Female"}},
                    },
                    {"name": "papers", "label": {"zh": "论文数", "en": "Papers"}, "hint": {"zh": "近三年", "en": ""}},
                    {"name": "abroad", "label": {"zh": "是否在境外", "en": "Abroad"}},
                    {
                        "name": "fields", "label": {"zh": "学科", "en": "Fields"},
                        "options": {
                            "physics": {"zh": "物理", "en": "Physics"}, "chemistry": {"zh": "化学", "en": "Chemistry"},
                        },
                    },
                ],
            },
        ]
    },
}  # fmt: skip
KINDS = [{"key": "enterprise", "name": {"zh": "企业人员", "en": "Of enterprises"}}]
HEADS = ["序号", "姓名", "出生日期", "公民身份号码", "主要事迹", "性别", "论文数", "是否在境外", "学科"]
IDENTITIES = "11010519900101"


def identity(number: int) -> str:
    """Return a valid number of somebody born on the first day of 1990."""
    body = f"{IDENTITIES}{number:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def row(number: int) -> list[Any]:
    """Return one row that is right."""
    return [
        str(number),
        f"候选人{number}",
        date(1990, 1, 1),
        identity(number),
        "主要事迹。",
        "女",
        3,
        "否",
        "物理；化学",
    ]


def book(rows: Sequence[Sequence[Any]], heads: Sequence[str] = HEADS, **more: Sequence[Sequence[Any]]) -> bytes:
    """Make a workbook; further sheets come behind the first."""
    file = io.BytesIO()
    made = Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    for name, lines in {"people": [heads, *rows], **more}.items():
        page = made.add_worksheet(name)
        for at, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    page.write_datetime(at, column, value, day)
                else:
                    page.write(at, column, value)
    made.close()
    return file.getvalue()


@pytest.fixture
def call(awards: Awards) -> Awards:
    """Make an open call with a form of many kinds of fields."""
    open_call(awards, categories=[CATEGORY | {"form": FORM, "candidate_kinds": []}])
    return awards


def send(awards: Awards, data: bytes, role: str = "nominator", **params: Any) -> Any:
    """Send a workbook; return the whole answer."""
    return awards.ask("POST", AT, role, params={"unit_id": SOCIETY} | params, content=data)


def drafts(awards: Awards, role: str = "nominator") -> int:
    """Count the drafts of the unit."""
    return int(awards.get("nominations?total=true&limit=1", role)["total"])


def told(answer: Any) -> list[tuple[str, str]]:
    """Return what is said to be wrong, by cell."""
    assert answer.status_code == 200, answer.text
    return [(each["cell"], each["code"]) for each in answer.json()["problems"]]


def sheets_in(data: bytes) -> Mapping[str, list[list[Any]]]:
    """Read a workbook."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as found:
        return {name: found.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in found.sheet_names}


@pytest.mark.parametrize(
    ("language", "heads", "names"),
    [
        ("zh", HEADS, ["科技工作者", "成员", "填写说明", "选项"]),
        (
            "en",
            ["No.", "Name", "Date of birth", "Identity number", "Story", "Sex", "Papers", "Abroad", "Fields"],
            ["Individuals", "Members", "Notes", "Choices"],
        ),
    ],
)
def test_the_template_has_the_columns_of_the_form(
    call: Awards, language: str, heads: list[str], names: list[str]
) -> None:
    answer = call.ask("GET", f"{AT}?language={language}", "nominator")
    found = sheets_in(answer.content)
    assert [*found] == names
    assert [
        head
        for head in found[names[0]][0]
        if head not in ("专项（多个用分号隔开）", "Groups (several with semicolons)")
    ] == heads
    assert len(found[names[1]][0]) == 3


def test_the_template_is_read_as_it_was_given(call: Awards) -> None:
    empty = call.ask("GET", AT, "nominator").content
    assert send(call, empty).json()["type"].endswith("/nothing-to-import")


def test_rows_become_drafts_in_either_language(call: Awards) -> None:
    rows = [row(1), ["2", "候选人2", "1990.1.1", identity(2), "", "Male", "0", "yes", "Physics"]]
    members = [["序号", "姓名", "公民身份号码"], ["2", "成员甲", identity(3)], ["2", "成员乙", ""]]
    answer = send(call, book(rows, members=members)).json()
    assert (answer["applied"], answer["rows"], answer["problems"]) == (True, 2, [])
    first, second = (call.get(f"nominations/{id_}", "nominator") for id_ in answer["made"])
    assert first["content"] == {
        "name": "候选人1", "birth": "1990-01-01", "identity": "110105********" + identity(1)[-4:], "story": "主要事迹。",
        "sex": "f", "papers": 3, "abroad": False, "fields": ["physics", "chemistry"],
    }  # fmt: skip
    assert (second["content"]["sex"], second["content"]["abroad"], second["content"]["papers"]) == ("m", True, 0)
    assert [each["name"] for each in second["content"]["members"]] == ["成员甲", "成员乙"]
    assert second["state"] == "draft"


def test_seven_faults_in_two_hundred_rows_are_told_at_their_cells_and_nothing_is_written(call: Awards) -> None:
    rows = [row(number) for number in range(1, 201)]
    rows[9][2] = "去年"
    rows[29][3] = identity(30)[:-1] + ("0" if identity(30)[-1] != "0" else "1")
    rows[59][5] = "未知"
    rows[79][6] = "三篇"
    rows[119][1] = ""
    rows[149][3] = identity(1)
    rows[199][4] = "长" * 2001
    answer = send(call, book(rows))
    assert told(answer) == [
        ("C11", "date"),
        ("D31", "format"),
        ("F61", "option"),
        ("G81", "integer"),
        ("B121", "required"),
        ("D151", "twice"),
        ("E201", "maxLength"),
    ]
    assert (answer.json()["applied"], answer.json()["made"], drafts(call)) == (False, [], 0)
    for problem in answer.json()["problems"]:
        assert problem["message"]["zh"]
        assert problem["message"]["en"]
    assert answer.json()["problems"][1]["heading"] == {"zh": "公民身份号码", "en": "Identity number"}
    good = [row(number) for number in range(1, 201)]
    done = send(call, book(good)).json()
    assert (done["applied"], len(done["made"]), drafts(call)) == (True, 200, 200)


def test_a_dry_run_writes_nothing_and_refuses_what_would_be_refused(call: Awards) -> None:
    answer = send(call, book([row(1), row(2)]), dry_run="true").json()
    assert (answer["applied"], answer["rows"], answer["problems"], answer["made"]) == (False, 2, [], [])
    assert drafts(call) == 0
    assert send(call, book([row(1)]), unit_id=OTHER).status_code == 403
    assert send(call, book([row(1)]), "foreign_nominator").status_code == 403
    call.runtime.relay.drain()
    verbs = [deed["verb"] for deed in call.get(f"cycles/{C}/history", "officer")]
    assert "nomination.begun" not in verbs


def test_faults_of_lists_are_told_with_their_sheet(call: Awards) -> None:
    members = [["序号", "姓名", "公民身份号码"], ["1", "", identity(3)], ["9", "成员乙", ""], ["1", "丙" * 21, ""]]
    answer = send(call, book([row(1)], members=members))
    assert told(answer) == [("members!B2", "required"), ("members!A3", "serial"), ("members!B4", "maxLength")]


def test_numbers_that_lost_their_digits_are_refused(call: Awards) -> None:
    wrong = row(1)
    wrong[3] = int(identity(1)[:-1] + "1")
    assert told(send(call, book([wrong]))) == [("D2", "as_text")]


def test_every_row_says_which_kind_of_candidate_it_is_where_there_are_kinds(awards: Awards) -> None:
    open_call(awards, categories=[CATEGORY | {"form": FORM, "candidate_kinds": KINDS}])
    heads = [HEADS[0], "候选人类型", *HEADS[1:]]
    told_kind, silent, unknown = (
        [row(n)[0], kind, *row(n)[1:]] for n, kind in enumerate(("企业人员", "", "外星人"), 1)
    )
    assert told(send(awards, book([told_kind, silent, unknown], heads))) == [("B3", "required"), ("B4", "option")]
    assert send(awards, book([row(1)])).json()["type"].endswith("/headings-missing")
    (made,) = send(awards, book([told_kind], heads)).json()["made"]
    assert awards.get(f"nominations/{made}", "nominator")["candidate_kind"] == "enterprise"


def test_serials_stand_once(call: Awards) -> None:
    second = row(2)
    second[0] = "1"
    assert told(send(call, book([row(1), second]))) == [("A3", "serial_twice")]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"no workbook", "not-a-workbook"),
        (b"", "not-a-workbook"),
        (book([row(1)], [*HEADS[:8], "未知列"]), "headings-missing"),
        (book([row(1)], ["序号", "姓名", "姓名", *HEADS[3:]]), "headings-missing"),
        (book([]), "nothing-to-import"),
        (book([["1", "甲"]] * 1001), "sheet-too-long"),
    ],
)
def test_what_is_no_such_sheet_is_refused(call: Awards, data: bytes, refusal: str) -> None:
    answer = send(call, data)
    assert answer.status_code == 422, answer.text
    assert answer.json()["type"].endswith(f"/{refusal}")


def test_formulas_are_words(call: Awards) -> None:
    """What begins like a formula is kept as text, and stays text wherever it is written out again."""
    harmful = row(1)
    harmful[1] = '=HYPERLINK("http://evil","x")'
    answer = send(call, book([harmful])).json()
    assert answer["applied"], answer
    assert call.get(f"nominations/{answer['made'][0]}", "nominator")["name"] == harmful[1]
    csv = call.ask("GET", "nominations?format=csv", "nominator").text
    assert f"'{harmful[1][:10]}" in csv
    exported = call.ask("GET", "nominations?format=xlsx", "nominator").content
    (cells,) = sheets_in(exported).values()
    assert harmful[1] in cells[1]


def test_the_same_request_twice_makes_them_once(call: Awards) -> None:
    data, headers = book([row(1)]), {"Idempotency-Key": "k"}
    first, second = (
        call.ask("POST", f"{AT}?unit_id={SOCIETY}", "nominator", content=data, headers=headers) for _ in range(2)
    )
    assert first.json() == second.json()
    assert drafts(call) == 1


def test_a_category_that_is_not_there(call: Awards) -> None:
    assert call.status("GET", f"cycles/{C}/sheets/other", "nominator") == 404
    assert call.status("GET", "cycles/nowhere/sheets/people", "nominator") == 404
    assert call.status("GET", AT, None) == 401
