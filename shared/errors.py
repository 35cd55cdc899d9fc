"""The kinds of refusal. A feature subclasses a kind in its `rules.py`, named for the rule that was broken.

    class CallAlreadyOpen(Conflict):
        title = Text("征集已开放", "The call is already open")
        detail = Text("{call}已于{opened_on}开放。", "{call} was opened on {opened_on}.")

    raise CallAlreadyOpen(call=cycle.name, opened_on=cycle.opened_on)

Which status a kind travels with is decided in `shared/problems.py` alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from shared.text import Text


@dataclass(frozen=True)
class FieldError:
    """One field of the input that breaks a rule: where (JSON pointer), which rule (a stable code), in words."""

    pointer: str
    code: str
    message: Text


class Refusal(Exception):
    """A clear no, with the facts of the case; never a fault of ours."""

    title: ClassVar[Text] = Text("请求被拒绝", "Refused")
    detail: ClassVar[Text] = Text()
    retry_after: ClassVar[int | None] = None

    def __init__(self, *, errors: Sequence[FieldError] = (), **facts: object) -> None:
        self.errors = tuple(errors)
        self.facts = facts
        super().__init__(self.words().en)

    def words(self) -> Text:
        """Return the detail with the facts of this case filled in."""
        return type(self).detail.format(**self.facts)

    @classmethod
    def slug(cls) -> str:
        """Return the stable name of this problem type, as in `/problems/<slug>`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", cls.__name__).lower()


class Malformed(Refusal):
    """The request cannot be read at all."""

    title = Text("请求无法解析", "The request cannot be read")
    detail = Text("请求的格式有误，无法读取。", "The request is not in a form that can be read.")


class Unauthenticated(Refusal):
    """Nobody is signed in, or the credential has ended."""

    title = Text("请先登录", "Sign in first")
    detail = Text("此处需要有效的登录状态或 API 密钥。", "This needs a valid session or API key.")


class Forbidden(Refusal):
    """The caller sees the thing but may not do this to it."""

    title = Text("没有权限", "Not allowed")
    detail = Text("您可以查看，但无权执行此操作。", "You may see this, but not do this to it.")


class NotFound(Refusal):
    """There is no such thing, as far as this caller may know."""

    title = Text("未找到", "Not found")
    detail = Text("没有这样的内容，或您无权查看。", "There is no such thing, or you may not see it.")


class Conflict(Refusal):
    """The state of the thing forbids this."""

    title = Text("与当前状态冲突", "In conflict with the present state")
    detail = Text("当前状态不允许此操作。", "Its present state does not allow this.")


class Gone(Refusal):
    """The thing was here and has ended."""

    title = Text("已失效", "Gone")
    detail = Text("该内容已被撤销。", "This has been withdrawn.")


class PreconditionFailed(Refusal):
    """The thing has changed since the caller read it."""

    title = Text("内容已被他人修改", "Changed since you read it")
    detail = Text(
        "您读取的是版本 {yours}，现在是版本 {current}。",
        "You read version {yours}; it is now version {current}.",
    )


class TooLarge(Refusal):
    """The request is larger than what is taken here."""

    title = Text("内容过大", "Too large")
    detail = Text("最多接受 {limit} 字节。", "At most {limit} bytes are taken.")


class Invalid(Refusal):
    """The request can be read, but a value breaks a rule."""

    title = Text("内容不符合规则", "A value breaks a rule")
    detail = Text("请求可以读取，但有内容不符合规则。", "The request can be read, but a value in it breaks a rule.")


class PreconditionRequired(Refusal):
    """A change must say which version it changes."""

    title = Text("缺少 If-Match", "If-Match is missing")
    detail = Text("修改前请先读取，并以 If-Match 带上版本。", "Read it first, and send its version as If-Match.")


class TooMany(Refusal):
    """The caller asks more often than allowed."""

    title = Text("请求过于频繁", "Too many requests")
    detail = Text("请稍后再试。", "Try again later.")


class Unavailable(Refusal):
    """Something this depends on is down for the moment."""

    title = Text("暂时不可用", "Unavailable for the moment")
    detail = Text("请稍后再试。", "Try again later.")
    retry_after = 1


class NotYetKnown(Conflict):
    """An organisation that this service has not heard of yet; ask again in a second."""

    title = Text("尚未同步", "Not known here yet")
    detail = Text(
        "机构 {organisation} 的信息尚未到达，请一秒后重试。",
        "Organisation {organisation} is not known here yet; ask again in a second.",
    )
    retry_after = 1


class ReactionGone(Conflict):
    """A parked message is tried again by the reaction that could not handle it, while this version has it."""

    title = Text("当前版本已不处理该消息", "Nothing handles this message any more")
    detail = Text(
        "当前版本中没有可处理该消息的“{reaction}”，消息仍保留待处理。",
        "This version has no “{reaction}” for this message, which stays parked.",
    )


class SlugTaken(Conflict):
    """A slug leads to one thing for ever."""

    title = Text("该网址标识已被使用", "The slug is taken")
    detail = Text("“{slug}”已被使用，请另选一个。", "“{slug}” is taken; choose another.")


class OwnerMissing(Invalid):
    """What a catalogue brings belongs to an organisation."""

    title = Text("缺少所属机构", "The owner is missing")
    detail = Text(
        "您的账号不属于任何机构，请指明 owner_id。", "Your account belongs to no organisation; name an owner_id."
    )


class RowTwice(Invalid):
    """A catalogue names each of its rows once."""

    title = Text("目录编号重复", "A row is named twice")
    detail = Text("编号“{key}”出现了不止一次。", "The key “{key}” stands more than once.")


def check_version(current: int, yours: int, **facts: Any) -> None:
    """Raise `PreconditionFailed`, with `facts` telling what is there now, where `yours` is not the current version."""
    if current != yours:
        raise PreconditionFailed(yours=yours, current=current, **facts)


def all_refusals(root: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Yield every kind and every refusal that has been defined, for `/problems` and its docs."""
    for child in root.__subclasses__():
        yield child
        yield from all_refusals(child)
