"""What can be set from outside, by environment variables `HUITANG_<NAME>` or a test's keywords.

One class, and no instance in any module: who starts a process makes the settings and hands them on.
"""

import ipaddress
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from shared.workdays import load_calendar

RATE = r"^[1-9][0-9]* ?/ ?(second|minute|hour|day)$"


def _listed(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _network(address: str) -> str:
    ipaddress.ip_network(address, strict=False)
    return address


def _upstream(value: str) -> str:
    name, _, address = value.partition("=")
    if not name.isidentifier() or not address.startswith(("http://", "https://")):
        raise ValueError("name=http://host:port")
    return value


def _calendar(file: Path | None) -> Path | None:
    try:
        load_calendar(file)
    except OSError as error:
        raise ValueError(error.strerror) from error
    return file


class Settings(BaseSettings):
    """Settings of one process; every field has a default that suits one laptop."""

    model_config = SettingsConfigDict(env_prefix="HUITANG_", extra="ignore", frozen=True)

    data: Path = Field(Path(".data"), description="Folder of databases, keys and files.")
    database: str = Field(
        "",
        pattern=r"^(.*\{service\}.*)?$",
        description="SQLAlchemy URL with {service} in it; empty: one SQLite file per service in the data folder.",
    )
    database_password_file: Path | None = Field(None, description="File with the password for the database.")
    kafka: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)] = Field(
        (), description="Addresses of Kafka brokers, such as kafka:9092, separated by commas; empty: no broker."
    )
    upstreams: Annotated[tuple[Annotated[str, AfterValidator(_upstream)], ...], NoDecode, BeforeValidator(_listed)] = (
        Field(
            (),
            description="Where `huitang gateway` finds the services: events=http://events:8000, separated by commas.",
        )
    )
    upstream_timeout: float = Field(
        30, gt=0, description="Seconds that `huitang gateway` waits for a service's answer to begin, or to go on."
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    public_url: str = Field(
        "",
        pattern=r"^(https?://[^/\s]+.*)?$",
        description="Address that people use, such as https://huitang.example.org; empty: host and port.",
    )
    site_name_zh: str = Field("会堂", description="Name of the installation in Chinese.")
    site_name_en: str = Field("Huitang", description="Name of the installation in English.")

    console: Path | None = Field(
        None,
        description="Folder of the built console; empty: `web/dist` beside the code, where `make console` puts it.",
    )

    fonts: Path | None = Field(
        None,
        description="Folder of fonts for what is printed as PDF, beside those of the system; one with Chinese characters is "
        "needed, such as Noto Serif CJK SC.",
    )

    workdays: Annotated[Path | None, AfterValidator(_calendar)] = Field(
        None,
        description="TOML file of what is known of working days beyond what the release carries: `years` that are announced, "
        "`holidays`, and `workdays` that are worked for them; empty: no more is known.",
    )

    body_limit: int = Field(16 << 20, gt=0, description="Largest request body in bytes.")
    upload_limit: int = Field(64 << 20, gt=0, description="Largest uploaded file in bytes.")
    scanner: str = Field(
        "",
        description="What looks for malware in uploads: tcp://host:3310 or unix:///run/clamd.ctl where clamd listens, else a "
        "command that is given the file's path and ends with 0 for clean and 1 for found; empty: nothing does.",
    )
    header_limit: int = Field(32 << 10, gt=0, description="Largest sum of request headers in bytes.")
    rate_caller: str = Field(
        "1200/minute", pattern=RATE, description="Requests allowed to one caller, in a second, minute, hour or day."
    )
    rate_address: str = Field(
        "2400/minute", pattern=RATE, description="Requests allowed to one address without a credential."
    )
    rate_signin: str = Field("30/minute", pattern=RATE, description="Sign-in attempts allowed to one address.")
    trusted_proxies: Annotated[
        tuple[Annotated[str, AfterValidator(_network)], ...], NoDecode, BeforeValidator(_listed)
    ] = Field((), description="Addresses and networks whose X-Forwarded-For is believed, separated by commas.")
    cache_bytes: int = Field(256 << 20, ge=0, description="Memory for cached public answers; 0 turns the cache off.")

    traces: str = Field(
        "",
        pattern=r"^(https?://[^/\s]+.*)?$",
        description="Address of an OpenTelemetry collector (OTLP over HTTP), such as http://collector:4318; empty: no traces.",
    )
    session_days: int = Field(14, ge=1, description="Days a browser session lasts.")
    log_level: str = Field(
        "INFO",
        pattern="^(?i:debug|info|warning|error|critical)$",
        description="Least severe level that is logged: debug, info, warning, error or critical.",
    )
    log_json: bool = Field(
        True,
        description="Log as JSON lines, else for people, as `huitang serve` does on a terminal unless this is set.",
    )

    def database_url(self, service: str) -> str:
        """Return the address of a service's own database, without the password that stands in a file."""
        return (self.database or f"sqlite:///{self.data.absolute()}/{{service}}.db").replace("{service}", service)

    def upstream_addresses(self) -> dict[str, str]:
        """Return the addresses of the services by name."""
        return dict(upstream.split("=", 1) for upstream in self.upstreams)

    def address(self) -> str:
        """Return the address people use, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
