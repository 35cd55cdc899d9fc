"""What is wrong with a field, in Chinese and in English: words for every rule that validation knows. Imports nothing."""

from collections.abc import Mapping
from typing import Any

FIELD_RULES: dict[str, tuple[str, str]] = {
    "missing": ("必填", "is required"),
    "extra_forbidden": ("未知字段", "is not a known field"),
    "string_type": ("应为文本", "must be text"),
    "string_too_long": ("最多 {max_length} 个字符", "must have at most {max_length} characters"),
    "string_too_short": ("至少 {min_length} 个字符", "must have at least {min_length} characters"),
    "string_pattern_mismatch": ("格式应符合 {pattern}", "must match {pattern}"),
    "string_unicode": ("不是有效的 Unicode 文本", "is not valid Unicode"),
    "int_type": ("应为整数", "must be an integer"),
    "int_parsing": ("应为整数", "must be an integer"),
    "int_from_float": ("应为整数", "must be an integer"),
    "bool_type": ("应为 true 或 false", "must be true or false"),
    "bool_parsing": ("应为 true 或 false", "must be true or false"),
    "greater_than_equal": ("不得小于 {ge}", "must be at least {ge}"),
    "greater_than": ("必须大于 {gt}", "must be greater than {gt}"),
    "less_than_equal": ("不得大于 {le}", "must be at most {le}"),
    "less_than": ("必须小于 {lt}", "must be less than {lt}"),
    "enum": ("应为以下之一：{expected}", "must be one of {expected}"),
    "literal_error": ("应为以下之一：{expected}", "must be one of {expected}"),
    "list_type": ("应为列表", "must be a list"),
    "tuple_type": ("应为列表", "must be a list"),
    "too_long": ("最多 {max_length} 项", "must have at most {max_length} items"),
    "too_short": ("至少 {min_length} 项", "must have at least {min_length} items"),
    "model_type": ("应为对象", "must be an object"),
    "model_attributes_type": ("应为对象", "must be an object"),
    "dict_type": ("应为对象", "must be an object"),
    "dataclass_type": ("应为对象", "must be an object"),
    "unexpected_keyword_argument": ("未知字段", "is not a known field"),
    "date_from_datetime_parsing": ("应为日期，例如 2026-11-23", "must be a date such as 2026-11-23"),
    "date_parsing": ("应为日期，例如 2026-11-23", "must be a date such as 2026-11-23"),
    "datetime_parsing": ("应为时间，例如 2026-11-23T09:00", "must be a time such as 2026-11-23T09:00"),
    "datetime_from_date_parsing": ("应为时间，例如 2026-11-23T09:00", "must be a time such as 2026-11-23T09:00"),
    "time_parsing": ("应为时刻，例如 09:00", "must be a time of day such as 09:00"),
    "email": ("应为邮箱地址", "must be an email address"),
    "phone": ("应为带国家代码的电话号码", "must be a phone number with its country code"),
    "zone": ("应为 IANA 时区名称，例如 Asia/Shanghai", "must be an IANA time zone such as Asia/Shanghai"),
    "unknown_identifier": ("格式或校验位不正确", "has a wrong form or wrong check digits"),
    "control_characters": ("含有控制字符", "holds control characters"),
    "json_invalid": ("不是有效的 JSON", "is not valid JSON"),
    "union_tag_invalid": ("应为以下之一：{expected_tags}", "must be one of {expected_tags}"),
    "union_tag_not_found": ("缺少 {discriminator}", "needs {discriminator}"),
    "rules_too_large": (
        "嵌套超过 {depth} 层，或内容超过 {parts} 项",
        "is nested deeper than {depth} levels or has more than {parts} parts",
    ),
    "bound_missing": ("至少填写上限或下限之一", "needs a lower or an upper bound"),
    "bounds_crossed": ("下限大于上限", "has a lower bound above the upper one"),
    "word_unknown": ("“{word}”应为以下之一：{known}", "{word} is not one of {known}"),
    "moment_unclear": ("日期与字段只能且必须填写一项", "names either a day or a field"),
    "working_days_many": ("最多 {most} 个工作日", "has at most {most} working days"),
    "key_twice": ("“{key}”重复", "{key} stands more than once"),
    "rule_unknown": ("没有名为“{rule}”的规则", "there is no rule {rule}"),
    "finite_number": ("应为有限数值", "must be a finite number"),
}
"""By the code of the rule; names in braces stand for the facts of the case."""


def rule_in_words(error: Mapping[str, Any]) -> tuple[str, str]:
    """Return what an error of pydantic says, in both languages."""
    words = FIELD_RULES.get(str(error["type"]))
    if words is None:
        message = str(error.get("msg", error["type"])).removeprefix("Value error, ")
        return f"不符合规则（{message}）", message
    facts = {key: str(value) for key, value in (error.get("ctx") or {}).items()}
    return words[0].format(**facts), words[1].format(**facts)
