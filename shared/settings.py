"""What can be set from outside, by environment variables `HUITANG_<NAME>` or a test's keywords.

One class, and no instance in any module: who starts a process makes the settings and hands them on.
"""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of one process; every field has a default that suits one laptop."""

    model_config = SettingsConfigDict(env_prefix="HUITANG_", extra="ignore", frozen=True)

    data: Path = Field(Path(".data"), description="Folder of databases, keys and files.")
    database: str = Field(
        "", description="SQLAlchemy URL with {service} in it; empty: one SQLite file per service in the data folder."
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    public_url: str = Field(
        "", description="Address that people use, such as https://huitang.example.org; empty: host and port."
    )
    site_name_zh: str = Field("会堂", description="Name of the installation in Chinese.")
    site_name_en: str = Field("Huitang", description="Name of the installation in English.")
    calendar_domain: str = Field(
        "huitang.invalid", description="Right-hand side of calendar UIDs; never change it after the first release."
    )

    body_limit: int = Field(16 << 20, description="Largest request body in bytes.")
    upload_limit: int = Field(64 << 20, description="Largest uploaded file in bytes.")
    header_limit: int = Field(32 << 10, description="Largest sum of request headers in bytes.")
    rate_caller: str = Field("1200/minute", description="Requests allowed to one caller.")
    rate_address: str = Field("2400/minute", description="Requests allowed to one address without a credential.")
    rate_signin: str = Field("30/minute", description="Sign-in attempts allowed to one address.")
    trusted_proxies: tuple[str, ...] = Field((), description="Addresses whose X-Forwarded-For is believed.")
    cache_bytes: int = Field(256 << 20, description="Memory for cached public answers; 0 turns the cache off.")
    upstream_timeout: float = Field(30.0, description="Seconds an upstream may take for an answer.")

    session_days: int = Field(14, description="Days a browser session lasts.")
    log_level: str = Field("INFO", description="Least severe level that is logged.")
    log_json: bool = Field(True, description="Log as JSON lines; otherwise for people.")
    workdays_file: Path | None = Field(
        None, description="TOML file of holidays and working days that overrides the announced ones."
    )

    def database_url(self, service: str) -> str:
        """Return the address of a service's own database."""
        return (self.database or f"sqlite:///{self.data.absolute()}/{{service}}.db").replace("{service}", service)

    def address(self) -> str:
        """Return the address people use, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
