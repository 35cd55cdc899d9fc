"""Files are what their content is: known by structure, refused where they run, hide or unpack to too much."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from shared.sniffing import MEDIA_TYPES, FileUnsafe, sniff
from tests.shared.files import BAD, EXE, GOOD, bomb_that_lies


def put(folder: Path, content: bytes) -> Path:
    """Write a file."""
    file = folder / "file"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_every_format_is_known_by_its_content(tmp_path: Path, kind: str) -> None:
    assert sniff(put(tmp_path, GOOD[kind])) == kind


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_taken_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileUnsafe) as refused:
        sniff(put(tmp_path, BAD[name]))
    words = refused.value.words()
    assert words.zh
    assert words.en


def test_what_an_archive_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    file = put(tmp_path, bomb_that_lies())
    began = time.monotonic()
    with pytest.raises(FileUnsafe):
        sniff(file)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (EXE, "exe"), (b"\x7fELF\x02", "elf"), (b"#!/bin/sh\n", "sh"), (b"<!DOCTYPE html><script>", "html"),
        (b"\n <svg xmlns='x' onload='x'/>", "html"), (b"Rar!\x1a\x07", "rar"), (b"words", ""), (b"", ""),
    ],
)  # fmt: skip
def test_what_else_there_is_is_named_where_it_is_known(tmp_path: Path, content: bytes, found: str) -> None:
    assert sniff(put(tmp_path, content)) == found
    assert found not in MEDIA_TYPES


@given(content=some.binary(max_size=400), kind=some.sampled_from([b"", *(c[:60] for c in GOOD.values())]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_any_bytes_are_named_or_refused_and_never_a_fault(tmp_path: Path, content: bytes, kind: bytes) -> None:
    with suppress(FileUnsafe):
        assert isinstance(sniff(put(tmp_path, kind + content)), str)
