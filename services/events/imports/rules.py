"""What an import, or taking one back, is refused for."""

from shared.errors import Conflict, Invalid
from shared.text import Text


class AlreadyUndone(Conflict):
    """An import is taken back once."""

    title = Text("该导入已撤销", "The import was taken back already")
    detail = Text("一次导入只能撤销一次。", "An import is taken back once.")


class NotTheLatest(Conflict):
    """Imports are taken back in turn, the latest first."""

    title = Text("请先撤销之后的导入", "Take back the later import first")
    detail = Text(
        "此后还有一次导入 {later}，请先撤销它。", "A later import, {later}, stands on this one; take that back first."
    )


class AlreadyReleased(Conflict):
    """What was released cannot be taken back as if it had never been; cancel it instead."""

    title = Text("内容已发布", "It has been released")
    detail = Text(
        "该导入的日程已对外发布，不能撤销；请取消相应日程并再次发布。",
        "Sessions of this import have been released; cancel them and release again instead.",
    )


class NoOrganisation(Invalid):
    """A new series belongs to the organisation of who makes it."""

    title = Text("缺少所属机构", "There is no owner")
    detail = Text(
        "您的账号不属于任何机构，请用 series 指定已有系列。",
        "Your account belongs to no organisation; name an existing series.",
    )


class SeriesWithoutCreate(Invalid):
    """A series is named only where an edition is to be made."""

    title = Text("参数有误", "The options do not fit together")
    detail = Text("仅在新建届次（create）时才可指定系列。", "A series is named only together with create.")
