"""What facts and their words are called, in both languages, and dates and lists as people write them."""

from collections.abc import Iterable, Sequence
from datetime import date

from services.awards.eligibility.facts import Belongs, Record
from shared.text import Text, same

UNFILLED = Text("未填写", "not given")
FILLED = Text("已填写", "given")
NONE = Text("无", "none")

FACTS: dict[str, Text] = {
    "category": Text("申报类别", "category"),
    "kind": Text("人选类别", "kind of candidate"),
    "year": Text("评选年度", "year of the cycle"),
    "number": Text("届次", "number of the cycle"),
    "age": Text("年龄", "age"),
    "born_on": Text("出生日期", "date of birth"),
    "sex": Text("性别", "sex"),
    "nationality": Text("国籍", "nationality"),
    "discipline": Text("学科领域", "discipline"),
    "region": Text("工作单位所在地区", "region of the workplace"),
    "unit": Text("工作单位", "workplace"),
    "unit_kind": Text("单位性质", "kind of organisation"),
    "degree": Text("最高学位", "highest degree"),
    "title": Text("专业技术职务", "professional title"),
    "post_level": Text("领导职务层级", "level of leading post"),
    "memberships": Text("学会会籍", "memberships"),
    "awards": Text("既往获奖情况", "prior awards"),
    "nominations": Text("历次及同期参评情况", "earlier and other nominations"),
    "members": Text("团队成员", "team members"),
    "co_nominators": Text("共同提名人", "co-nominators"),
    "achievements": Text("代表性成果", "achievements"),
}

WORDS: dict[str, dict[str, Text]] = {
    "sex": {"female": Text("女", "female"), "male": Text("男", "male")},
    "nationality": {"CN": Text("中国", "Chinese")},
    "degree": {
        "none": Text("无学位", "none"),
        "bachelor": Text("学士", "bachelor"),
        "master": Text("硕士", "master"),
        "doctor": Text("博士", "doctor"),
    },
    "title": {
        "none": Text("无职称", "none"),
        "junior": Text("初级", "junior"),
        "intermediate": Text("中级", "intermediate"),
        "associate_senior": Text("副高级", "associate senior"),
        "senior": Text("正高级", "senior"),
    },
    "unit_kind": {
        "university": Text("高等学校", "university"),
        "institute": Text("科研院所", "research institute"),
        "enterprise": Text("企业", "enterprise"),
        "hospital": Text("医疗卫生机构", "hospital"),
        "school": Text("中小学校", "school"),
        "venue": Text("场馆", "museum or venue"),
        "government": Text("党政机关", "party or government body"),
        "association": Text("社会团体", "association"),
        "military": Text("军队单位", "military unit"),
        "other": Text("其他", "other"),
    },
    "post_level": {
        "none": Text("无领导职务", "none"),
        "below_division": Text("县处级以下", "below division level"),
        "division": Text("县处级", "division level"),
        "bureau": Text("厅局级", "bureau level"),
        "ministry": Text("省部级及以上", "ministry level or above"),
    },
    "region": {
        "11": Text("北京", "Beijing"), "12": Text("天津", "Tianjin"), "13": Text("河北", "Hebei"),
        "14": Text("山西", "Shanxi"), "15": Text("内蒙古", "Inner Mongolia"), "21": Text("辽宁", "Liaoning"),
        "22": Text("吉林", "Jilin"), "23": Text("黑龙江", "Heilongjiang"), "31": Text("上海", "Shanghai"),
        "32": Text("江苏", "Jiangsu"), "33": Text("浙江", "Zhejiang"), "34": Text("安徽", "Anhui"),
        "35": Text("福建", "Fujian"), "36": Text("江西", "Jiangxi"), "37": Text("山东", "Shandong"),
        "41": Text("河南", "Henan"), "42": Text("湖北", "Hubei"), "43": Text("湖南", "Hunan"),
        "44": Text("广东", "Guangdong"), "45": Text("广西", "Guangxi"), "46": Text("海南", "Hainan"),
        "50": Text("重庆", "Chongqing"), "51": Text("四川", "Sichuan"), "52": Text("贵州", "Guizhou"),
        "53": Text("云南", "Yunnan"), "54": Text("西藏", "Tibet"), "61": Text("陕西", "Shaanxi"),
        "62": Text("甘肃", "Gansu"), "63": Text("青海", "Qinghai"), "64": Text("宁夏", "Ningxia"),
        "65": Text("新疆", "Xinjiang"), "71": Text("台湾", "Taiwan"), "81": Text("香港", "Hong Kong"),
        "82": Text("澳门", "Macao"),
    },
}  # fmt: skip

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def name_of(fact: str, word: str) -> Text:
    """Return what a word of a fact is called; the word itself where that is not known."""
    return WORDS.get(fact, {}).get(word) or same(word)


def fact_named(pointer: str) -> Text:
    """Return what a fact is called that an answer says is missing; a field of the form by its own name."""
    return FACTS.get(pointer) or same(pointer.removeprefix("form/"))


def names_of(words: Iterable[Text]) -> Text:
    """Return a list of words as one."""
    listed = list(words)
    return Text("、".join(word.in_("zh") for word in listed), ", ".join(word.in_("en") for word in listed))


def day_in_words(day: date) -> Text:
    """Return a date as it is written in a sentence."""
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def counted(number: int, of: str) -> Text:
    """Return a number of what a list holds."""
    return Text(f"{number}{'项' if of == 'achievements' else '人'}", str(number))


def list_of(records: Sequence[Record]) -> Text:
    """Return times that somebody stood or won, as a list."""
    return names_of(map(_record, records)) if records else NONE


def _record(record: Record) -> Text:
    name = record.name or same(record.programme)
    return Text(f"{name.zh}（{record.year}年）", f"{name.en} ({record.year})") if record.year else name


def memberships_in_words(memberships: Sequence[Belongs]) -> Text:
    """Return memberships as a list, each with its first day where that is known."""
    return names_of(map(_membership, memberships)) if memberships else NONE


def _membership(each: Belongs) -> Text:
    if each.from_on is None:
        return same(each.society)
    since = day_in_words(each.from_on)
    return Text(f"{each.society}（{since.zh}起）", f"{each.society} (since {since.en})")
