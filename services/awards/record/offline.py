#!/usr/bin/env python3
"""Check what Huitang has signed, on any computer with Python 3.8 or newer and nothing else: 离线核验会堂签发的文件。

    python3 -I huitang_check.py FILE [--keys KEYS.json] [--head NUMBER:HASH] [--content CONTENT.json]

FILE is the record of a cycle (审计存档，.jsonl) or a receipt (提交回执，.json). KEYS.json is what the installation publishes
at /api/awards/record/keys; without it the key inside FILE is believed, and you compare it by eye. --head is a head of the
record that was seen before, printed in a notice: what was cut off or rewritten since then shows. --content is the canonical
content that a receipt is for. Ends with 0 where all is well, with 1 where anything was changed, removed, inserted,
reordered or cut off.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from base64 import urlsafe_b64decode
from typing import Any, Dict, List, Optional, Tuple

Point = Tuple[int, int, int, int]

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


class Wrong(Exception):
    """What does not fit, in Chinese and English."""


def add(p: Point, q: Point) -> Point:
    """Add two points of the curve in extended coordinates (RFC 8032, 5.1.4)."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """Multiply a point."""
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def point_of(encoded: bytes) -> Optional[Point]:
    """Decode 32 bytes into a point (5.1.3); nothing where they are none."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


_BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
assert _BASE is not None
BASE = _BASE


def verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether an Ed25519 signature is that of the public key under the message (5.1.7)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r, s = point_of(public), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(k, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


def decoded(text: Any) -> bytes:
    """Decode base64 without its padding."""
    return urlsafe_b64decode(str(text) + "=" * (-len(str(text)) % 4))


def canonical(value: Any) -> bytes:
    """Return canonical JSON (RFC 8785); what is signed here has plain names and no fractions."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def check_signature(document: Dict[str, Any], keys: Optional[Dict[str, str]]) -> str:
    """Return the public key that signed a document; raise `Wrong`."""
    rest = {name: value for name, value in document.items() if name != "signature"}
    public = keys.get(str(document.get("key"))) if keys is not None else document.get("public")
    if public is None:
        raise Wrong(f"不认识签名密钥 {document.get('key')} / the key that signed it is not known")
    if not verifies(decoded(public), canonical(rest), decoded(document.get("signature", ""))):
        raise Wrong("签名不符，内容已被改动 / the signature does not fit: the content was changed")
    return str(public)


def check_record(lines: List[Dict[str, Any]], keys: Optional[Dict[str, str]], earlier: str) -> str:
    """Check the record of a cycle, line by line; return what was found in words."""
    first, deeds, last = lines[0], lines[1:-1], lines[-1]
    if last.get("format") != first["format"] or "signature" not in last:
        raise Wrong("结尾缺失，存档被截断 / the end is missing: the record was cut")
    public = check_signature(last, keys)
    head, seen = hashlib.sha256(first["cycle"].encode()).hexdigest(), {0: ""}
    for number, deed in enumerate(deeds, 1):
        content = [deed.get(name) for name in ("at", "actor", "verb", "subject", "change", "request_id")]
        head = hashlib.sha256(head.encode() + canonical(content)).hexdigest()
        if deed.get("number") != number or deed.get("hash") != head:
            raise Wrong(f"第 {number} 条起不符，有改动、缺失、插入或调换 / does not fit from entry {number} on")
        seen[number] = head
    if (last["cycle"], last["length"], last["head"]) != (first["cycle"], len(deeds), head):
        raise Wrong(f"应有 {last['length']} 条，实有 {len(deeds)} 条 / {last['length']} entries are signed for")
    place, _, told = earlier.partition(":")
    if earlier and seen.get(int(place), "") != told:
        raise Wrong(f"与先前公布的第 {place} 条不符，此后有截断或改写 / cut or rewritten since entry {place} was told")
    return f"完整，共 {len(deeds)} 条，链首 {head} / whole, {len(deeds)} entries; key {last['key']} = {public}"


def check_receipt(receipt: Dict[str, Any], keys: Optional[Dict[str, str]], content: bytes) -> str:
    """Check a receipt, and the content it is for where that is at hand; return what was found in words."""
    public = check_signature(receipt, keys)
    if content and hashlib.sha256(content).hexdigest() != receipt.get("sha256"):
        raise Wrong("回执不是这份内容的 / the receipt is for other content")
    return f"回执有效，编号 {receipt.get('number')} / the receipt holds; key {receipt['key']} = {public}"


def main() -> None:
    """Check one file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    for name in ("keys", "head", "content"):
        parser.add_argument(f"--{name}", default="")
    asked = parser.parse_args()
    keys, content = None, b""
    if asked.keys:
        with open(asked.keys, encoding="utf-8") as file:
            keys = {key["kid"]: key["x"] for key in json.load(file)["keys"]}
    if asked.content:
        with open(asked.content, "rb") as file:
            content = file.read()
    try:
        with open(asked.file, encoding="utf-8") as file:
            text = file.read().strip()
        is_record = text.startswith('{"format":"huitang-record/1"')
        if is_record:
            found = check_record([json.loads(line) for line in text.split("\n")], keys, asked.head)
        else:
            found = check_receipt(json.loads(text), keys, content)
    except (Wrong, ValueError, KeyError, TypeError, AttributeError) as wrong:
        sys.exit(f"× {wrong}")
    print(f"✓ {found}")


if __name__ == "__main__":
    main()
