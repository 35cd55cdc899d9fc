"""Forms: a JSON Schema of plain fields, with a layout that puts them into words and in order.

A schema may use the words below and no others: it refers to nothing outside itself, and whatever it asks of a value is
answered in time linear in its length. Patterns are those of Rust's `regex`, which never goes back.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from services.awards.programmes.identity import is_paper_number
from services.awards.programmes.rules import FormInvalid
from shared.errors import FieldError
from shared.late import Late
from shared.text import Text

jsonschema_rs = Late("jsonschema_rs")

WORDS = frozenset({
    "type", "properties", "required", "additionalProperties", "items", "enum", "const", "format", "pattern",
    "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    "minItems", "maxItems", "uniqueItems", "description",
})  # fmt: skip
TYPES = frozenset({"string", "number", "integer", "boolean", "array", "object"})
FORMATS = frozenset({"date", "date-time", "email", "uri", "identity-number", "rich-text"})
DEPTH, FIELDS = 4, 400
"""How deep lists of objects may stand in each other, and how many fields a form has at most."""

_WORD = Text("不支持关键字“{word}”。", "“{word}” is not a word that a form may use.")
_TYPE = Text("须写明类型，且为 {types} 之一。", "Name one type: {types}.")
_FORMAT = Text("格式须为 {formats} 之一。", "The format is one of {formats}.")
_OBJECT = Text("表单的最外层须为 object，且至少有一个字段。", "A form is an object with at least one field.")
_DEEP = Text("字段嵌套超过 {depth} 层。", "Fields stand deeper than {depth} levels.")
_MANY = Text("字段超过 {fields} 个。", "There are more than {fields} fields.")
_REQUIRED = Text("必填的“{name}”不是本表字段。", "“{name}” is required, but no field.")
_ITEMS = Text("列表须写明 items。", "A list says what its items are.")
_UNSOUND = Text("不是有效的 JSON Schema：{error}", "It is no valid JSON Schema: {error}")
_UNKNOWN = Text("版面中的“{name}”不是本表字段。", "The layout shows “{name}”, which is no field.")
_TWICE = Text("字段“{name}”在版面中出现不止一次。", "The layout shows “{name}” more than once.")
_ABSENT = Text("字段“{name}”未出现在版面中，无法填写。", "The layout does not show “{name}”: nobody could fill it in.")


def check_form(form: Mapping[str, Any], at: str = "") -> None:
    """Raise `FormInvalid` with every fault of a form, each named by a JSON pointer that begins with `at`."""
    schema = form["schema"]
    faults = list(_faults_of_schema(schema, f"{at}/schema"))
    if not faults:
        try:
            validator_of(schema)
        except (jsonschema_rs.ValidationError, ValueError, OverflowError) as error:
            message = str(error).partition("\n")[0]
            faults.append(_fault(f"{at}/schema", "schema", _UNSOUND, error=message))
        faults += _faults_of_layout(form, f"{at}/layout")
    if faults:
        raise FormInvalid(count=len(faults), errors=faults)


def validator_of(schema: Mapping[str, Any]) -> Any:
    """Return what holds values against a form's schema; raise `jsonschema_rs.ValidationError` for an unsound one."""
    return jsonschema_rs.Draft202012Validator(
        dict(schema),
        validate_formats=True,
        formats={"identity-number": is_paper_number},
        pattern_options=jsonschema_rs.RegexOptions(),
        offline=True,
    )


def _fault(pointer: str, code: str, words: Text, **facts: object) -> FieldError:
    return FieldError(pointer, code, words.format(**facts))


def _faults_of_schema(schema: Mapping[str, Any], at: str) -> Iterator[FieldError]:
    properties = schema.get("properties")
    if schema.get("type") != "object" or not isinstance(properties, dict) or not properties:
        yield _fault(at, "object", _OBJECT)
        return
    waiting: list[tuple[Any, str, int]] = [(schema, at, 0)]
    count = 0
    while waiting:
        field, place, depth = waiting.pop()
        count += 1
        if depth > 2 * DEPTH:
            yield _fault(place, "depth", _DEEP, depth=DEPTH)
            continue
        if not isinstance(field, dict) or str(field.get("type")) not in TYPES:
            yield _fault(place, "type", _TYPE, types=", ".join(sorted(TYPES)))
            continue
        yield from (_fault(f"{place}/{word}", "word", _WORD, word=word) for word in field if word not in WORDS)
        if str(field.get("format", "date")) not in FORMATS:
            yield _fault(f"{place}/format", "format", _FORMAT, formats=", ".join(sorted(FORMATS)))
        properties = field.get("properties")
        if isinstance(properties, dict):
            waiting += [(inner, f"{place}/properties/{name}", depth + 1) for name, inner in properties.items()]
            required = field.get("required", [])
            names = required if isinstance(required, list) else []
            absent = (name for name in names if not isinstance(name, str) or name not in properties)
            yield from (_fault(f"{place}/required", "required", _REQUIRED, name=name) for name in absent)
        if field["type"] == "array" and "items" not in field:
            yield _fault(place, "items", _ITEMS)
        if "items" in field:
            waiting.append((field["items"], f"{place}/items", depth + 1))
    if count > FIELDS:
        yield _fault(at, "fields", _MANY, fields=FIELDS)


def _faults_of_layout(form: Mapping[str, Any], at: str) -> Iterator[FieldError]:
    placed = (
        (f"{at}/sections/{number}/fields/{place}", field)
        for number, section in enumerate(form["layout"]["sections"])
        for place, field in enumerate(section["fields"])
    )
    yield from _faults_of_fields(form["schema"]["properties"], placed, at)


def _faults_of_fields(
    properties: Mapping[str, Any], placed: Iterable[tuple[str, Mapping[str, Any]]], at: str
) -> Iterator[FieldError]:
    """Yield what is wrong with the fields shown of these `properties`, and with the columns of lists among them."""
    shown = set[str]()
    for pointer, field in placed:
        name = field["name"]
        if name not in properties:
            yield _fault(pointer, "unknown", _UNKNOWN, name=name)
        elif name in shown:
            yield _fault(pointer, "twice", _TWICE, name=name)
        elif columns := _columns(properties[name]):
            inside = ((f"{pointer}/fields/{place}", each) for place, each in enumerate(field.get("fields", ())))
            yield from _faults_of_fields(columns, inside, pointer)
        elif field.get("fields"):
            yield _fault(f"{pointer}/fields", "unknown", _UNKNOWN, name=field["fields"][0]["name"])
        shown.add(name)
    yield from (_fault(at, "absent", _ABSENT, name=name) for name in sorted(set(properties) - shown))


def _columns(field: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the properties of an object, or of the objects in a list; none of anything else."""
    properties: Mapping[str, Any] = (field.get("items") or field).get("properties") or {}
    return properties
