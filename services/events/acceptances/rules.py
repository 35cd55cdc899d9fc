"""What may be done with a conflict that was found."""

from shared.errors import Conflict
from shared.text import Text


class NoSuchConflict(Conflict):
    """Only a conflict that is there can be accepted."""

    title = Text("没有这一冲突", "There is no such conflict")
    detail = Text("该冲突已不存在，请刷新后再试。", "It is not there any more; read the list again.")
