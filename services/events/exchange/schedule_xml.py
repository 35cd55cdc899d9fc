"""Pentabarf and frab `schedule.xml`: bytes to the frab model and back.

Written files are valid against the schema that c3voc publishes. What it does not allow stands in one processing
instruction, `<?huitang …?>`, which every schema permits and other programs pass over.
"""

import json
import re
from html import escape
from typing import Any, TypeAlias

from services.events.exchange.frab import OUR_NAME, Node, RawDay, RawEvent, RawRoom, RawSchedule
from services.events.exchange.frab_reading import programme_of
from services.events.exchange.frab_writing import schedule_of
from services.events.exchange.kept import pack
from services.events.exchange.programme_file import Json, ProgrammeFile, ReadOptions
from services.events.exchange.rules import Faults, Place, all_faults, check_size, refuse
from shared.late import Late

Element: TypeAlias = Any
etree = Late("lxml.etree")

_LISTS = {"persons": "person", "links": "link", "attachments": "attachment"}
_EVENT = (
    "@guid", "@id", "@code", "room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track",
    "logo", "language", "description", "recording/license", "recording/optout", "recording/url", "recording/link",
    "video_download_url", "url", "feedback_url", "origin_url",
)  # fmt: skip
_OPTIONAL = {"slug", "@slug", "@guid", "@type", "@color", "@code", "logo"}
_COLOR = re.compile("#[0-9a-fA-F]{6}")
_TRACK_SLUG = re.compile("[a-z][a-z0-9-]+")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read(data: bytes, options: ReadOptions) -> ProgrammeFile:
    """Read a `schedule.xml`; raise `Problems` naming every fault with its line."""
    check_size(data)
    with all_faults() as faults:
        return programme_of(_raw(_parse(data), faults), options, faults)


def write(programme: ProgrammeFile) -> bytes:
    """Write a `schedule.xml` that gives the same programme when it is read again."""
    raw, keys = schedule_of(programme)
    root = _tree(raw)
    options = ReadOptions(programme.zone, programme.language)
    corner = pack(programme_of(_raw(root, Faults()), options, Faults()), programme, keys)
    words = json.dumps(corner, separators=(",", ":")).replace(">", "\\u003e")
    root.append(etree.ProcessingInstruction(OUR_NAME, words))
    etree.indent(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"


def _parse(data: bytes) -> Element:
    """Parse without entities, network or DTD."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
    )
    doctype = data.replace(b"\0", b"").partition(b"<!DOCTYPE")
    line = doctype[0].count(b"\n") + 1
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if doctype[1]:
            refuse("doctype", Place(line=line))
        refuse("not_readable", Place(line=error.lineno or 1), reason=error.msg or "")
    if _has_doctype(root):
        refuse("doctype", Place(line=line))
    if root.tag != "schedule":
        refuse("not_readable", Place(line=_line(root)), reason=f"<{root.tag!s}>")
    return root


def _has_doctype(root: Any) -> bool:
    return root.getroottree().docinfo.internalDTD is not None


def _raw(root: Element, faults: Faults) -> RawSchedule:
    """Sort the elements of a file into the frab model, everything else under its path."""
    raw = RawSchedule(_node(root), _node(root))
    met: set[str] = set()
    others: list[Element] = []
    for child in root:
        if not _is_element(child):
            _take_corner(child, raw, faults)
        elif child.tag == "conference" and "conference" not in met:
            raw.conference = _node(child)
            raw.tracks = [_leaf(track) for track in child.findall("track")]
            _flatten_all(raw.conference, [item for item in child if item.tag != "track"])
        elif child.tag == "day":
            raw.days.append(_day(child))
        else:
            others.append(child)
        met.add(str(child.tag))
    _flatten_all(raw.root, others)
    if "conference" not in met:
        faults.add("member_missing", Place(line=_line(root)), name="conference")
    return raw


def _take_corner(child: Element, raw: RawSchedule, faults: Faults) -> None:
    if not isinstance(child, etree._ProcessingInstruction) or child.target != OUR_NAME:
        return
    try:
        corner = json.loads(child.text or "")
    except (ValueError, RecursionError):
        corner = None
    if isinstance(corner, dict):
        raw.own = corner
    else:
        faults.add("not_readable", Place(line=_line(child)), reason=f"<?{OUR_NAME}?>")


def _day(element: Element) -> RawDay:
    day = RawDay(_node(element))
    for child in element:
        if child.tag == "room":
            room = RawRoom(_node(child), [_event(event) for event in child.findall("event")])
            _flatten_all(room.node, [item for item in child if item.tag != "event"])
            day.rooms.append(room)
        else:
            _flatten_all(day.node, [child])
    return day


def _event(element: Element) -> RawEvent:
    event = RawEvent(_node(element))
    others = []
    for child in element:
        if child.tag in _LISTS and not child.attrib:
            leaves = [_leaf(item) for item in child if item.tag == _LISTS[child.tag]]
            getattr(event, str(child.tag)).extend(leaves)
            others += [item for item in child if item.tag != _LISTS[child.tag]]
        else:
            others.append(child)
    _flatten_all(event.node, others)
    return event


def _is_element(node: Any) -> bool:
    return isinstance(node.tag, str)


def _line(element: Any) -> int:
    return int(element.sourceline or 1)


def _attributes(element: Any) -> dict[str, str]:
    return dict(element.attrib)


def _node(element: Element) -> Node:
    return Node({f"@{name}": value for name, value in _attributes(element).items()}, _line(element))


def _leaf(element: Element) -> Node:
    node = _node(element)
    node.values["#text"] = _words(element)
    return node


def _words(element: Element) -> str:
    """Return an element's text, with the markup in it where it has any."""
    if not any(_is_element(child) for child in element):
        return (element.text or "") + "".join(child.tail or "" for child in element)
    return escape(element.text or "", quote=False) + "".join(
        etree.tostring(child, encoding="unicode") if _is_element(child) else child.tail or "" for child in element
    )


def _flatten_all(node: Node, elements: list[Element]) -> None:
    seen: dict[str, int] = {}
    for element in elements:
        if _is_element(element):
            tag = str(element.tag)
            seen[tag] = n = seen.get(tag, 0) + 1
            _flatten(node, element, tag if n == 1 else f"{tag}[{n}]")


def _flatten(node: Node, element: Element, path: str) -> None:
    """Note an element and everything in it under its path; running text with markup is one value."""
    node.lines[path] = _line(element)
    for name, value in _attributes(element).items():
        node.values[f"{path}/@{name}"] = value
    children = [child for child in element if _is_element(child)]
    running = (element.text or "").strip() or any((child.tail or "").strip() for child in children)
    if children and not running:
        inner = Node()
        _flatten_all(inner, children)
        node.values |= {f"{path}/{name}": value for name, value in inner.values.items()}
        node.lines |= {f"{path}/{name}": line for name, line in inner.lines.items()}
    elif running or not element.attrib:
        node.values[path] = _words(element)


def _tree(raw: RawSchedule) -> Element:
    root = etree.Element("schedule")
    _fill(root, raw.root.values, ("generator/@name", "version"))
    conference = etree.SubElement(root, "conference")
    _fill(conference, raw.conference.values, tuple(raw.conference.values))
    for track in raw.tracks:
        slug = track.values["@slug"] if _TRACK_SLUG.fullmatch(str(track.values["@slug"])) else ""
        color = track.values["@color"] if _COLOR.fullmatch(str(track.values["@color"])) else ""
        _fill(
            etree.SubElement(conference, "track"),
            {**track.values, "@slug": slug, "@color": color},
            ("@name", "@color", "@slug"),
        )
    for day in raw.days:
        element = etree.SubElement(root, "day")
        _fill(element, day.node.values, ("@index", "@date", "@start", "@end"))
        for room in day.rooms:
            hall = etree.SubElement(element, "room")
            _fill(hall, room.node.values, ("@name", "@guid"))
            for event in room.events:
                _fill_event(etree.SubElement(hall, "event"), event)
    return root


def _fill_event(element: Element, event: RawEvent) -> None:
    _fill(element, event.node.values, _EVENT)
    for outer, inner in _LISTS.items():
        container = etree.SubElement(element, outer)
        for node in getattr(event, outer):
            names = ("@id", "@guid", "#text") if outer == "persons" else ("@href", "@type", "#text")
            _fill(
                etree.SubElement(container, inner), node.values, (*names, *(["@service"] if outer == "links" else []))
            )


def _fill(element: Element, values: dict[str, Json], names: tuple[str, ...]) -> None:
    """Write the members that are there, in order; what the schema lets be absent is left out where it is empty."""
    for name in names:
        value = values.get(name)
        if value is None or (value == "" and name in _OPTIONAL):
            continue
        words = _ILLEGAL.sub("\ufffd", str(value).lower() if isinstance(value, bool) else str(value))
        outer, _, inner = name.rpartition("/")
        target = element
        if outer:
            found = element.find(outer)
            target = etree.SubElement(element, outer) if found is None else found
        if inner == "#text":
            target.text = words
        elif inner.startswith("@"):
            target.set(inner[1:], words)
        else:
            etree.SubElement(target, inner).text = words
