"""What is said about prints over HTTP."""

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import Field

from shared.schema import In, Out
from shared.text import Language

ScanId = Annotated[str, Path(max_length=36)]


class PrintQuery(In):
    """In which language the labels are; what was filled in stands as it was written."""

    language: Language = "zh"


class SealedScanUpload(In):
    """The check code as it stands on the page that was sealed, and what the scan is called."""

    check_code: Annotated[str, Field(min_length=1, max_length=40)]
    filename: Annotated[str, Field(min_length=1, max_length=255)] = "file"


class SealedScanOut(Out):
    """The scan of a sealed page; it `holds` while the nomination says what it said when the page was printed."""

    id: str
    nomination_id: str
    check_code: str
    name: str
    format: str
    size: int
    sha256: str
    made_at: datetime
    made_by: str
    holds: bool = False
