"""Names of files are made harmless, whatever they were."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.file_names import LONGEST, cleaned, ending_of


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("推荐书.pdf", "推荐书.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\证明.PDF", "证明.PDF"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("abc\u202efdp.exe", "abcfdp.exe"),
        ("con.pdf", "_con.pdf"),
        ("...", "file"),
        ("", "file"),
        ("   .pdf", "file.pdf"),
        ("a<b>|c?.pdf", "a_b__c_.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("张\u200b三.pdf", "张三.pdf"),
    ],
)
def test_names_are_made_harmless(name: str, plain: str) -> None:
    assert cleaned(name) == plain


@given(some.text())
def test_any_name_comes_out_as_one_that_is_seen_and_leads_nowhere(name: str) -> None:
    plain = cleaned(name)
    assert 0 < len(plain) <= LONGEST
    assert not set(plain) & set('/\\<>:"|?*\r\n\0')
    assert not plain.startswith(".")
    assert {unicodedata.category(letter) for letter in plain}.isdisjoint({"Cc", "Cf", "Cs", "Co"})


def test_the_ending_is_what_stands_behind_the_last_dot() -> None:
    assert [ending_of(name) for name in ("a.PDF", "a", "a.tar.gz", ".x")] == ["pdf", "", "gz", "x"]
