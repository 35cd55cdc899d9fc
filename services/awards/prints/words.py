"""Words on printed pages, in both languages."""

from collections.abc import Mapping

from shared.text import Text

WORDS: Mapping[str, Text] = {
    "title": Text("推荐（提名）书", "Nomination"),
    "number": Text("编号", "Number"),
    "no_number": Text("（未提交）", "(not submitted)"),
    "check_code": Text("校验码", "Check code"),
    "draft": Text("草稿，尚未提交", "Draft, not submitted"),
    "name": Text("推荐对象", "Candidate"),
    "unit": Text("推荐单位", "Nominating unit"),
    "received": Text("提交时间", "Received"),
    "papers": Text("附件清单", "Attachments"),
    "seal_title": Text("推荐单位盖章页", "Page to be sealed by the nominating unit"),
    "seal_text": Text(
        "本单位已核实所推荐对象的材料，内容真实、完整，不含涉密信息，同意推荐。本页仅对校验码所对应的材料有效；材料如有改动，须重新打印并盖章。",
        "This unit has verified that the material is true, complete and free of classified content, and recommends the "
        "candidate. This page is valid only for the material with this check code; after any change it is printed and sealed anew.",
    ),
    "seal_hint": Text(
        "盖章后扫描上传，并填写本校验码。", "Once sealed, scan this page, send the scan, and enter this code."
    ),
    "signature": Text("负责人签字：", "Signature of the person in charge:"),
    "seal_place": Text("单位公章：", "Seal of the unit:"),
    "date": Text("日期：　　　　年　　月　　日", "Date:"),
}
