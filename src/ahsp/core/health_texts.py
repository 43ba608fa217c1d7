"""Sentences about the state of the installation, for whoever runs it."""

from __future__ import annotations

HEALTH_TEXTS: dict[str, str] = {
    "health.away": "{part} cannot be reached: {reason}",
    "health.broken": "{part} could not be examined: {reason}",
    "health.database_standby": "The database is a standby that takes no writes; point DATABASE_URL at the primary.",
    "health.migrations_pending": (
        "{count} migrations are not applied, the first is {first}; run `./ahsp manage migrate`."
    ),
    "health.redis_full": "Redis takes no write because its memory is full: {reason}",
    "health.redis_read_only": "Redis takes no write because it is a replica: {reason}",
    "health.redis_refuses": "Redis does not accept our password: {reason}",
    "health.silent": "{part} does not answer: {reason}",
    "operations.not_found": "There is nothing at this address.",
    "operations.person_unknown": "Nobody signs in with {email}.",
}
