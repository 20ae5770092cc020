"""The settings: one object, built once where a process starts and passed on. Every knob has its default and its reason."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Taskora's settings, read from variables with the prefix TASKORA_."""

    model_config = SettingsConfigDict(env_prefix="TASKORA_", extra="ignore", frozen=True)

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("taskora", appauthor=False),
        description="Folder of the database, the log and host.json; the place for a user's data on this system.",
    )
    port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Port on the loopback address. Unset: 8710, or a free one if that is taken.",
    )
    zone: str | None = Field(
        default=None, description="The user's IANA time zone until a preference says otherwise. Unset: the machine's."
    )
    clock_file: Path | None = Field(
        default=None, description="For tests: a file with an ISO 8601 instant that stands for the present time."
    )
    body_limit: int = Field(
        default=1024 * 1024, description="Largest request body in bytes: a hundred tasks with long descriptions fit in."
    )
    request_wait: float = Field(
        default=5.0, description="Seconds that a write waits for the database before it is refused as busy."
    )
    log_level: str = Field(default="INFO", description="Least severity that is logged.")
