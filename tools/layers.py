"""The shape of a service, as a contract of import-linter: features in a declared order, layers inside each feature.

`service.py` stands above the features, `base.py` and the templates beside them. A module of a feature whose name is not
one of the house's is its algorithm or format, and stands between models and rules.
"""

from collections.abc import Iterable, Iterator, Sequence

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

LAYERS = (("rules",), (), ("models", "schemas"), ("queries",), ("actions",), ("api", "reactions", "pages"))
"""From the bottom upwards; the empty one is for the module that only this feature has."""

EDGE = len(LAYERS) - 1
BESIDE = ("base", "pages", "migrations")
"""What every feature may import and no feature stands in; unless `pages` is declared as a feature of its own."""


def _layer(module: str) -> int:
    return next((height for height, names in enumerate(LAYERS) if module in names), LAYERS.index(()))


def undeclared(package: str, children: Iterable[str], features: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the rooms of `package`: a child that is neither a feature nor of the common shape."""
    for child in sorted(children):
        if child.removeprefix(f"{package}.") not in (*features, *BESIDE, "service"):
            yield f"{child} is not declared among the features in .importlinter"


def broken(package: str, imports: Iterable[tuple[str, str]], features: Sequence[str]) -> Iterator[str]:
    """Yield one line per import (importer, imported) inside `package` that goes upwards or sideways.

    `features` are named from the top downwards. A higher feature may use a lower one's actions, queries and so on at
    or below the layer it stands in itself; nobody but `service.py` imports an api, a reaction or a page.
    """
    beside = tuple(room for room in BESIDE if room not in features)
    for importer, imported in sorted(imports):
        above, below = (name.removeprefix(f"{package}.").split(".") for name in (importer, imported))
        if above[0] in ("service", "migrations") or (below[0] in beside and above[0] not in beside):
            continue
        if reason := _why_not(above, below, features, beside):
            yield f"{importer} imports {imported}: {reason}"


def _why_not(above: list[str], below: list[str], features: Sequence[str], beside: Sequence[str]) -> str:
    if above[0] in beside:
        return "" if below[0] in beside else f"{above[0]} imports no feature"
    if below[0] == "service":
        return "nothing imports service.py"
    if len(above) < 2 or len(below) < 2:
        return "a feature's __init__.py holds nothing to import and imports nothing"
    high, low = _layer(above[1]), _layer(below[1])
    if above[0] == below[0]:
        together = high == low and (above[1] == below[1] or LAYERS[high] == ())
        return "" if high > low or together else f"{above[1]} does not stand above {below[1]}"
    if features.index(above[0]) > features.index(below[0]):
        return f"{above[0]} stands below {below[0]}"
    if low == EDGE:
        return f"only service.py imports {below[1]}"
    return "" if high >= low else f"{above[1]} does not stand above {below[1]}, in whatever feature"


class ServiceLayers(Contract):
    """One service's rooms and layers. Options: `package`, and `features` from the top downwards."""

    type_name = "service"
    package = fields.StringField()
    features = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Compare every direct import inside the package with the order; a package not yet there holds no fault."""
        package, features = str(self.package), list(self.features)  # type: ignore[call-overload]
        faults: list[str] = []
        if package in graph.modules:
            inside = graph.find_descendants(package)
            imports = ((a, b) for a in inside for b in graph.find_modules_directly_imported_by(a) if b in inside)
            faults = [*undeclared(package, graph.find_children(package), features)]
            faults += [] if faults else broken(package, imports, features)
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the faults, one a line."""
        for fault in check.metadata["faults"]:
            output.print_error(f"- {fault}", bold=False)
        output.new_line()
