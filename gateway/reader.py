"""The files of the page that shows the API's description, from the package that brings them; no other site is asked."""

import hashlib
from functools import cache
from pathlib import Path

from swagger_ui_bundle import swagger_ui_path

from shared.pages.assets import Asset

PREFIX = "/assets/api/"

_OWN = Path(__file__).parent / "pages/static"
_MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@cache
def reader_assets() -> dict[str, Asset]:
    """Return every file by its address: the reader's styles and ours, then the reader and what starts it."""
    bundled = Path(str(swagger_ui_path))
    files = (bundled / "swagger-ui.css", _OWN / "docs.css", bundled / "swagger-ui-bundle.js", _OWN / "docs.js")
    return {asset.url: asset for asset in map(_asset, files)}


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(f"{PREFIX}{path.stem}-{digest}{path.suffix}", _MEDIA_TYPES[path.suffix], content)
