"""The house's rules that import-linter cannot express, each a function from a source file to its faults.

`tests/architecture` holds them against every file; run as a program, this lists what may stand but is worth another look.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ("shared", "services", "gateway", "huitang")
CONSOLE_CODE = {".ts", ".tsx", ".css"}
RULES_MAY_IMPORT = {f"shared.{name}" for name in ("errors", "caller", "text", "times", "workdays")}

FILE_LINES, FILE_LINES_TO_LOOK_AT = 400, 250
FUNCTION_LINES, FUNCTION_LINES_TO_LOOK_AT = 60, 40

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file of code: its path from the root, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Return the parsed file; only Python's can be."""
        return ast.parse(self.text)

    def functions(self) -> Iterator[Function]:
        """Yield every function and method."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield the line and the full name of everything imported; `from a import b` is `a.b`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{'.' * node.level}{node.module or ''}.{a.name}") for a in node.names)


def sources(*folders: str) -> Iterator[Source]:
    """Yield the Python files under `folders`, in order."""
    for folder in folders:
        for path in sorted(p for p in (ROOT / folder).rglob("*.py") if "node_modules" not in p.parts):
            yield Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def console_sources(root: Path = ROOT) -> Iterator[Source]:
    """Yield the files of the console's own code, in order: not what is generated, installed or built."""
    for path in sorted((root / "web" / "src").rglob("*")):
        if path.suffix in CONSOLE_CODE and path.name != "schema.d.ts":
            yield Source(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))


def marks_without_reason(source: Source) -> Iterator[str]:
    """A test that does not run everywhere says why, in four words at least."""
    reasons = {
        id(node.func): node.args[0].value
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.args[0], ast.Constant)
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("sqlite_only", "one_process"):
            reason = reasons.get(id(node))
            if not isinstance(reason, str) or len(reason.split()) < 4:
                yield f"{source.path}:{node.lineno} {node.attr} gives no reason"


def imports_inside_functions(source: Source) -> Iterator[str]:
    """An import inside a function means that the code stands in the wrong room."""
    for function in source.functions():
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield f"{source.path}:{node.lineno} imports inside {function.name}()"


def type_checking_imports(source: Source) -> Iterator[str]:
    """So does an import that only the type checker sees."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.alias | ast.Attribute):
            name = {ast.Name: "id", ast.alias: "name", ast.Attribute: "attr"}[type(node)]
            if getattr(node, name) == "TYPE_CHECKING":
                yield f"{source.path}:{node.lineno} uses TYPE_CHECKING"


def long_files(source: Source, limit: int = FILE_LINES) -> Iterator[str]:
    """A file is read in one sitting; a migration is as long as its list of tables."""
    if "/migrations/" in source.path:
        return
    if (lines := source.text.count("\n")) > limit:
        yield f"{source.path} has {lines} lines, more than {limit}"


def function_lines(function: Function) -> int:
    """Count the lines of a function without its decorators, its docstring and the functions inside it."""
    lines = _span(function)
    if ast.get_docstring(function):
        lines -= _span(function.body[0])
    return lines - sum(_span(inner) for inner in function.body if isinstance(inner, Function))


def _span(node: ast.stmt) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def long_functions(source: Source, limit: int = FUNCTION_LINES) -> Iterator[str]:
    """A function is understood at one look; a migration is a list and may be as long as it is."""
    if "/migrations/" in source.path:
        return
    for function in source.functions():
        if (lines := function_lines(function)) > limit:
            yield f"{source.path}:{function.lineno} {function.name}() has {lines} lines, more than {limit}"


def impure_rules(source: Source) -> Iterator[str]:
    """`rules.py` decides from what it is given: no table, no HTTP, no clock."""
    if not source.path.endswith("/rules.py"):
        return
    for line, name in source.imports():
        top, house = name.split(".")[0], ".".join(name.split(".")[:2])
        if top not in sys.stdlib_module_names and house not in RULES_MAY_IMPORT:
            yield f"{source.path}:{line} imports {name}"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today", "monotonic"}:
            yield f"{source.path}:{node.lineno} asks a clock: {node.attr}"


def stray_kafka(source: Source) -> Iterator[str]:
    """Only `shared/kafka.py` knows the client of Kafka."""
    if source.path == "shared/kafka.py":
        return
    for line, name in source.imports():
        if name.split(".")[0] in {"kafka", "aiokafka", "confluent_kafka"}:
            yield f"{source.path}:{line} imports {name}"


def stray_commits(source: Source) -> Iterator[str]:
    """Nobody but `Database` commits or begins a savepoint; what `KafkaBus` commits is its place at the broker."""
    for node in ast.walk(source.tree):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in _OF_DATABASE and source.path not in _COMMITTING:
            yield f"{source.path}:{called.lineno} calls {called.attr}()"


_OF_DATABASE = ("commit", "begin_nested")
_COMMITTING = ("shared/db.py", "shared/kafka.py")


def missing_docstrings(source: Source) -> Iterator[str]:
    """Every public module, class, function and method says what its signature cannot."""
    if "/migrations/" in source.path:
        return
    if not ast.get_docstring(source.tree):
        yield f"{source.path} has no docstring"
    scopes: list[tuple[str, ast.Module | ast.ClassDef]] = [("", source.tree)]
    while scopes:
        prefix, scope = scopes.pop()
        for node in scope.body:
            if not isinstance(node, ast.ClassDef | Function) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node) and not _overloaded(node):
                yield f"{source.path}:{node.lineno} {prefix}{node.name} has no docstring"
            if isinstance(node, ast.ClassDef):
                scopes.append((f"{prefix}{node.name}.", node))


def _overloaded(node: ast.ClassDef | Function) -> bool:
    return any(isinstance(d, ast.Name) and d.id in {"overload", "override"} for d in node.decorator_list)


def unnameable(path: str, text: str) -> Iterator[str]:
    """No tracked file names a package registry or a place on one machine."""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _UNNAMEABLE.search(line):
            yield f"{path}:{number} names {match[0]}"


_REGISTRIES = (
    ("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"), ("registry", "yarnpkg", "com"),
    ("npmmirror", "com"), ("docker", "io"), ("ghcr", "io"), ("quay", "io"), ("crates", "io"), ("proxy", "golang", "org"),
    ("repo", "maven", "apache", "org"), ("mirrors", "aliyun", "com"), ("tuna", "tsinghua", "edu", "cn"),
)  # fmt: skip
_PLACES = ("work", "root", "tmp", "home", "Users")
_UNNAMEABLE = re.compile(
    "|".join(re.escape(".".join(host)) for host in _REGISTRIES)
    + "|"
    + rf"(?<![\w.<>/])/(?:{'|'.join(_PLACES)})(?=/\w|[\s\"'`]|$)"
)


def main() -> None:
    """Print the files and functions that are longer than they should be, though not longer than they may be."""
    for source in sources(*CODE):
        for remark in (*long_files(source, FILE_LINES_TO_LOOK_AT), *long_functions(source, FUNCTION_LINES_TO_LOOK_AT)):
            sys.stdout.write(f"look again: {remark}\n")
    for source in console_sources():
        for remark in long_files(source, FILE_LINES_TO_LOOK_AT):
            sys.stdout.write(f"look again: {remark}\n")


if __name__ == "__main__":
    main()
