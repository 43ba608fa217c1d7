"""Typed readers of environment variables that fail loudly, each secret also from a file (NAME_FILE)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

# What the names of our settings begin with, those of other programs we share them with included.
PREFIXES = ("AHSP_", "POSTGRES_", "PGBOUNCER_", "CELERY_", "CACHE_", "REDIS_", "DATABASE_")


class SettingError(RuntimeError):
    """A setting is missing or cannot be read; the text is one line for the operator."""


def text(name: str, default: str | None = None) -> str:
    """The value of NAME, or the content of the file NAME_FILE. Raises SettingError when neither is there."""
    value = os.environ.get(name)
    file = os.environ.get(f"{name}_FILE")
    if value is not None and file is not None:
        raise SettingError(f"{name} and {name}_FILE are both set: keep one of them.")
    if file is not None:
        return _read(name, Path(file))
    if value is not None:
        return value
    if default is None:
        raise SettingError(f"{name} is not set. ./ahsp sets it; elsewhere set {name} or {name}_FILE.")
    return default


def without_files(variables: Mapping[str, str]) -> dict[str, str]:
    """`variables` with the content of each file that one of ours, NAME_FILE, names under NAME. Raises SettingError."""
    kept = dict(variables)
    for name in variables:
        if name.startswith(PREFIXES) and name.endswith("_FILE"):
            kept[name.removesuffix("_FILE")] = _read(name.removesuffix("_FILE"), Path(kept.pop(name)))
    return kept


def _read(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingError(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error


def flag(name: str, *, default: bool = False) -> bool:
    """1, true, yes, on or 0, false, no, off."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingError(f"{name} must be 1 or 0, not {value!r}.")


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def networks(name: str, default: str = "") -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks separated by commas: 10.0.0.0/8,::1."""
    try:
        return tuple(ip_network(part) for part in words(name, default))
    except ValueError as error:
        raise SettingError(f"{name} must be addresses or networks such as 10.0.0.0/8: {error}.") from error
