"""What the tests of programme files share."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of real programmes; for tests marked `samples`."""
    return Path(os.environ["HUITANG_SAMPLES"])
