"""How this process logs: one line for each thing that happened, on the error output; as JSON, or for people."""

import logging
import sys
from typing import Any

import structlog
from opentelemetry.trace import INVALID_SPAN_CONTEXT, format_trace_id, get_current_span

from shared.message import request_id
from shared.settings import Settings


def configure_logs(settings: Settings) -> None:
    """Send every log line of ours and of the libraries through one formatter."""
    level = getattr(logging, settings.log_level.upper(), logging.INFO)
    before: list[Any] = [
        _with_request,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    shape: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shape]
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(level, logging.WARNING))  # libraries speak only of what is wrong
    logging.getLogger("structlog").setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "alembic"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True


def _with_request(_logger: Any, _method: str, line: Any) -> Any:
    """Say to which request, and to which trace, a line belongs."""
    if asked := request_id.get():
        line.setdefault("request_id", asked)
    if (span := get_current_span().get_span_context()) != INVALID_SPAN_CONTEXT:
        line.setdefault("trace_id", format_trace_id(span.trace_id))
    return line
