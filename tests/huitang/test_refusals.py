"""What every command says where it cannot do what it is asked: in both languages, with its exit code, and no traceback."""

from pathlib import Path

import pytest

from tests.huitang.conftest import Served
from tests.huitang.process import huitang

NOWHERE = "http://127.0.0.1:9"
ZH = {"LANG": "zh_CN.UTF-8"}

NOTHING = "Nothing runs on {data}: start it with `huitang serve`, or name an address with --url."

WITHOUT_SERVER = {
    "status": (("status",), 3, NOTHING),
    "import programme": (("import", "programme", "{file}", "--edition", "x"), 3, NOTHING),
    "import undo": (("import", "undo", "x"), 3, NOTHING),
    "export": (("export", "x"), 3, NOTHING),
    "catalogue load": (("catalogue", "load"), 3, NOTHING),
    "apikey create": (("apikey", "create", "x"), 3, NOTHING),
    "apikey list": (("apikey", "list"), 3, NOTHING),
    "apikey revoke": (("apikey", "revoke", "x"), 3, NOTHING),
    "facts tail": (("facts", "tail"), 3, NOTHING),
    "facts rebuild": (("facts", "rebuild", "events"), 3, NOTHING),
    "parked list": (("parked", "list"), 3, NOTHING),
    "parked retry": (("parked", "retry"), 3, NOTHING),
    "demo": (("demo",), 3, NOTHING),
    "a feed": (("check-feed", f"{NOWHERE}/x.ics"), 3, f"Nothing answers at {NOWHERE}/x.ics: [Errno 111] Connection refused"),
    "a file": (("check-feed", "{file}.ics"), 1, "{file}.ics cannot be read or written: No such file or directory."),
    "keys rotate": (("keys", "rotate"), 1, "{data} holds no keys; `huitang serve` makes them."),
    "recover": (("recover", "x@example.org"), 1, "{data} holds no directory.db; `huitang serve` makes it."),
    "audit verify": (("audit", "verify"), 1, "{data} holds no directory.db; `huitang serve` makes it."),
    "backup": (("backup", "{file}.zip"), 1, "There is no database {data}/calendar.db."),
    "move": (("move",), 1, "Name the server of databases in HUITANG_DATABASE."),
    "publish": (("publish", "events"), 1, "HUITANG_KAFKA names no broker: there are no topics, and outboxes are read as they are."),
    "publish what is not there": (("publish", "kitchen"), 1, "There is no service kitchen; there are directory, events, awards, calendar."),
    "up, both moved and restored": (("up", "--move", "--restore", "{file}"), 1, "Choose --move or --restore, not both."),
    "restore": (("restore", "{file}"), 1, "{file} cannot be read: File is not a zip file."),
    "serve": (("serve", "--data", "{file}"), 1, "{file} cannot be read or written: File exists."),
    "migrate": (("migrate", "--data", "{file}"), 1, "{file} cannot be read or written: File exists."),
    "a key": (("status", "--url", NOWHERE, "--key", "钥匙"), 1, "An API key holds no letters beyond ASCII."),
}  # fmt: skip


@pytest.mark.parametrize("case", WITHOUT_SERVER)
def test_without_a_server_the_reason_is_told(tmp_path: Path, case: str) -> None:
    arguments, code, words = WITHOUT_SERVER[case]
    file, data = tmp_path / "file", tmp_path / "data"
    file.write_text("no archive")
    asked = [argument.format(data=data, file=file) for argument in arguments]
    ended = huitang(data, *asked, "--json")
    assert (ended.code, ended.json, ended.err) == (code, {"title": words.format(data=data, file=file)}, "")


def test_a_person_is_told_in_chinese_where_the_terminal_is(tmp_path: Path) -> None:
    refused = [huitang(tmp_path, *asked, **ZH) for asked in (("status",), ("keys", "rotate"))]
    assert [(ended.code, ended.out, ended.err) for ended in refused] == [
        (3, "", f"{tmp_path} 上没有运行会堂：请先用 huitang serve 启动，或用 --url 指明地址。\n"),
        (1, "", f"{tmp_path} 中没有密钥，运行 huitang serve 即可生成。\n"),
    ]


def test_settings_that_break_rules_are_named(tmp_path: Path) -> None:
    wrong = {
        "PORT": "many", "CACHE_BYTES": "-1", "RATE_CALLER": "often", "LOG_LEVEL": "loud", "LOG_JSON": "perhaps",
        "TRUSTED_PROXIES": "10.0.0.1, here", "PUBLIC_URL": "huitang.example", "DATABASE": "postgresql://db/huitang",
    }  # fmt: skip
    settings = {f"HUITANG_{name}": value for name, value in wrong.items()}
    script, person = huitang(tmp_path, "status", "--json", **settings), huitang(tmp_path, "status", **settings | ZH)
    assert (script.code, person.code) == (2, 2)
    assert [line.rpartition(" (")[0] for line in script.json["title"].splitlines()] == [
        "HUITANG_DATABASE must match ^(.*\\{service\\}.*)?$",
        "HUITANG_PORT must be an integer",
        "HUITANG_PUBLIC_URL must match ^(https?://[^/\\s]+.*)?$",
        "HUITANG_RATE_CALLER must match ^[1-9][0-9]* ?/ ?(second|minute|hour|day)$",
        "HUITANG_TRUSTED_PROXIES 'here' does not appear to be an IPv4 or IPv6 network",
        "HUITANG_CACHE_BYTES must be at least 0",
        "HUITANG_LOG_LEVEL must match ^(?i:debug|info|warning|error|critical)$",
        "HUITANG_LOG_JSON must be true or false",
    ]
    assert "HUITANG_PORT 应为整数 (Port to listen on; 0 takes a free one.)" in person.err


REFUSED = {
    "import programme": (("import", "programme", "{file}", "--edition", "none"), 404),
    "import undo": (("import", "undo", "x"), 422),
    "export": (("export", "none"), 404),
    "catalogue load": (("catalogue", "load", "--owner", "none"), 404),
    "apikey create": (("apikey", "create", "x", "--until", "2020-01-01"), 422),
    "facts tail": (("facts", "tail", "nothing"), 404),
    "facts rebuild": (("facts", "rebuild", "nothing"), 405),
    "a key": (("status", "--key", "wrong"), 401),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_server_refuses_is_told_as_it_says_it(served: Served, tmp_path: Path, case: str) -> None:
    arguments, status = REFUSED[case]
    file = tmp_path / "file.json"
    file.write_text("{}")
    ended = served.ask(*(argument.format(file=file) for argument in arguments), "--json")
    assert (ended.code, ended.json["status"], ended.json["type"][:10]) == (1, status, "/problems/")


def test_the_server_speaks_the_language_of_the_terminal(served: Served) -> None:
    english, chinese = served.ask("export", "none"), served.ask("export", "none", **ZH)
    assert english.err.startswith("Not found: There is no such thing, or you may not see it.\n  request id ")
    assert chinese.err.startswith("未找到: 没有这样的内容，或您无权查看。\n  请求编号 ")
    assert (english.code, chinese.code, english.out + chinese.out) == (1, 1, "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("apikey", "revoke", "none"), "none names no key."),
        (("parked", "retry", "none"), "No message none is parked."),
        (("recover", "none@example.org"), "No account in use has the address none@example.org."),
        (("demo",), "{data} holds no sample world; start it with `huitang demo`."),
        (("backup", "{data}"), "{data} cannot be read or written: Is a directory."),
    ],
)
def test_what_the_command_itself_refuses_is_told(served: Served, arguments: tuple[str, ...], words: str) -> None:
    ended = served.ask(*(argument.format(data=served.data) for argument in arguments), "--json")
    assert (ended.code, ended.json, ended.err) == (1, {"title": words.format(data=served.data)}, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",), ("status", "--nonsense"), ("export", "x", "--format", "pdf"), ("serve", "--port", "x"),
        ("apikey", "create", "x", "--until", "soon"), ("import", "programme", "none.xml", "--edition", "x"), (),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_is_not_understood_is_told_as_such(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ended = huitang(tmp_path, *arguments)
    assert (ended.code, "Traceback" in ended.err) == (2, False)
    assert ended.err + ended.out
