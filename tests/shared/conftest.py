"""What every test of this folder leaves behind is closed."""

from collections.abc import Iterator

import pytest

from tests.shared.toy import OPEN


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Close the databases of a test's toys: from Python 3.13 on, one that is left open is an error."""
    yield
    while OPEN:
        OPEN.pop().close()
