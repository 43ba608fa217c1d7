"""Model fields that every app uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    DecimalField = models.DecimalField[Any, Any]
else:  # the class is generic for the type checker only
    DecimalField = models.DecimalField


class ExactDecimalField(DecimalField):
    """A NUMERIC without declared scale: a number comes back exactly as it was written, 0.0387 and not 0.038700.

    PostgreSQL would round silently to a declared scale; limits belong to whoever reads the number in.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=40, decimal_places=18, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        del options["max_digits"], options["decimal_places"]
        return name, path, args, options

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002 Django's signature
        return "numeric"
