"""What is printed of a nomination says what it says and nothing else; a sealed page is taken for its own content alone."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from services.awards.prints import typesetting
from services.awards.prints.rules import FontsMissing, plain_code
from services.awards.prints.typesetting import typeset
from tests.awards.nominating import CONTENT, begin, make_ready, open_call, path_of, submit, write
from tests.awards.running import Awards
from tests.shared.files import PDF, png


def text_of(awards: Awards, nomination: Any, role: str = "nominator", what: str = "print", query: str = "") -> str:
    """Return the words on every page of what is printed, without white space."""
    return "".join("".join(pages_of(awards, nomination, role, what, query)).split())


def pages_of(awards: Awards, nomination: Any, role: str, what: str, query: str = "") -> list[str]:
    """Return the words on each page."""
    answer = awards.ask("GET", path_of(nomination, what) + query, role)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def code_of(awards: Awards, nomination: Any) -> str:
    """Return the check code on the page that is to be sealed now."""
    name = awards.ask("GET", path_of(nomination, "seal-page"), "nominator").headers["content-disposition"]
    return name.rpartition("seal-")[2].removesuffix(".pdf")


def send_scan(awards: Awards, nomination: Any, code: str, role: str = "nominator", content: bytes = PDF) -> Any:
    """Send the scan of a sealed page."""
    params = {"check_code": code, "filename": "盖章页.pdf"}
    return awards.ask("POST", path_of(nomination, "sealed-scans"), role, params=params, content=content)


def test_a_nomination_is_printed_in_both_languages_with_its_number_masked(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    zh, en = text_of(awards, made), text_of(awards, made, query="?language=en")
    for words in ("屠呦呦", "发现青蒿素", "1930-12-30", "110105********002X", "草稿，尚未提交", code_of(awards, made)):
        assert words in zh
    assert CONTENT["identity"] not in zh
    assert "Identitynumber" in en
    assert "Draft,notsubmitted" in en


def test_the_same_content_gives_the_same_bytes(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    for what in ("print", "seal-page"):
        first = awards.ask("GET", path_of(made, what), "nominator").content
        awards.clock.turn(days=1)
        assert awards.ask("GET", path_of(made, what), "nominator").content == first


def test_number_and_check_code_stand_on_every_page(awards: Awards) -> None:
    open_call(awards)
    made = make_ready(awards, content=CONTENT | {"story": "青蒿素的发现。" * 280})
    receipt = submit(awards, made).json()
    number = awards.get(path_of(made), "nominator")["number"]
    for role in ("nominator", "officer"):
        pages = pages_of(awards, made, role, "print")
        assert len(pages) > 1
        assert "2026-12-0309:00:00(UTC+08:00)" in "".join("".join(pages).split())
        assert [(number in page, receipt["check_code"] in page) for page in pages] == [(True, True)] * len(pages)


def test_the_office_prints_what_was_handed_in(awards: Awards) -> None:
    open_call(awards)
    made = make_ready(awards)
    assert awards.status("GET", path_of(made, "print"), "officer") == 404
    receipt = submit(awards, made).json()
    version = awards.get(path_of(made), "nominator")["version"]
    write(awards, made, version, story="改写后的事迹")
    office, unit = text_of(awards, made, "officer"), text_of(awards, made)
    assert ("改写后的事迹" in office, "改写后的事迹" in unit) == (False, True)
    assert (receipt["check_code"] in office, receipt["check_code"] in unit) == (True, False)


def test_nobody_else_prints_it(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    for what in ("print", "seal-page", "sealed-scans"):
        for role in ("foreign_nominator", "branch_nominator", "officer", "foreign_officer", "member"):
            assert awards.status("GET", path_of(made, what), role) == 404
        assert awards.status("GET", path_of(made, what), None) == 401
    assert send_scan(awards, made, code_of(awards, made), "foreign_nominator").status_code == 404


@pytest.mark.parametrize(
    "words",
    ['#panic("x")', "#eval(\"1+1\")", "= 标题 *粗* _斜_ $x^2$ @ref <a> //注 \\", "#read(\"/etc/passwd\")", "龘靐𫖯𬱖"],
)  # fmt: skip
def test_what_is_written_is_never_a_command(awards: Awards, words: str) -> None:
    open_call(awards)
    made = begin(awards, content=CONTENT | {"story": words, "members": [{"name": words[:20]}]})
    printed = text_of(awards, made)
    seen = "".join(letter for letter in "".join(words.split()) if letter.isprintable())
    assert seen[:12] in printed


def test_a_character_that_no_font_has_is_printed_by_its_number(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards, content=CONTENT | {"name": "张\U0010fffd·\U000e0fff"})
    printed = text_of(awards, made)
    assert "张〔U+10FFFD〕·〔U+E0FFF〕" in printed
    assert "\x00" not in printed


def test_a_sealed_page_is_taken_for_the_content_it_was_printed_for(awards: Awards) -> None:
    open_call(awards)
    made = make_ready(awards)
    code = code_of(awards, made)
    assert code in text_of(awards, made, what="seal-page")
    taken = send_scan(awards, made, f" {code.lower().replace('-', ' ')} ")
    assert (taken.status_code, taken.json()["holds"], taken.json()["check_code"]) == (201, True, code)
    version = awards.get(path_of(made), "nominator")["version"]
    write(awards, made, version, story="改了一个字")
    refused = send_scan(awards, made, code)
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/sealed-for-other-content")
    assert [each["holds"] for each in awards.get(path_of(made, "sealed-scans"), "nominator")["items"]] == [False]
    assert send_scan(awards, made, code_of(awards, made)).json()["holds"] is True


def test_a_scan_is_a_scan(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    code = code_of(awards, made)
    assert send_scan(awards, made, code, content=b"MZ").status_code == 422
    assert send_scan(awards, made, code, content=png()).status_code == 422, "it is called .pdf"
    scan = send_scan(awards, made, code).json()
    assert awards.ask("GET", f"sealed-scans/{scan['id']}/content", "nominator").content == PDF
    assert awards.status("GET", f"sealed-scans/{scan['id']}/content", "foreign_nominator") == 404


def test_what_was_submitted_carries_the_code_of_its_sealed_page(awards: Awards) -> None:
    open_call(awards)
    made = make_ready(awards)
    send_scan(awards, made, code_of(awards, made))
    receipt = submit(awards, made).json()
    (scan,) = awards.get(path_of(made, "sealed-scans"), "officer")["items"]
    assert (scan["check_code"], scan["holds"]) == (receipt["check_code"], True)


@pytest.mark.parametrize(
    ("written", "code"),
    [("7kqm 2xr8 oopf", "7KQM-2XR8-00PF"), ("7KQM—2XR8－00PF", "7KQM-2XR8-00PF"), ("IL11-0000-0000", "1111-0000-0000")],
)
def test_a_code_is_read_as_people_write_it(written: str, code: str) -> None:
    assert plain_code(written) == code


def test_without_a_chinese_font_nothing_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "CHINESE", ("No Such Font",))
    typesetting._fonts.cache_clear()
    with pytest.raises(FontsMissing):
        typeset("seal", {}, None)
    typesetting._fonts.cache_clear()
