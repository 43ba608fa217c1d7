"""Sessions in cache and database, written once where Django writes twice."""

from __future__ import annotations

from django.contrib.sessions.backends.base import VALID_KEY_CHARS, UpdateError
from django.contrib.sessions.backends.cached_db import SessionStore as CachedDatabaseStore
from django.db import InterfaceError, OperationalError
from django.utils.crypto import get_random_string

_KEY_LENGTH = 32
_LONGEST_KEY = 40


class SessionStore(CachedDatabaseStore):
    """`cached_db` whose change of key at sign-in waits for the end of the request.

    Django writes the session under its fresh key at once and again with the answer. Until the answer nobody knows the
    key, so the first of the two only makes people wait.
    """

    def cycle_key(self) -> None:
        old = self.session_key
        self.keys()  # what lies under the old key is read while that is known
        self._session_key = None
        self.modified = True
        if old:
            self.delete(old)

    def _get_new_session_key(self) -> str:
        """Of 165 random bits. That nobody has it yet is for the primary key to say, not for a look before."""
        return get_random_string(_KEY_LENGTH, VALID_KEY_CHARS)

    def _validate_session_key(self, key: str | None) -> bool:
        """What is longer than the column was never a key of ours; nobody is asked for it."""
        valid = super()._validate_session_key(key)  # type: ignore[misc]  # Django's stubs leave it out
        return bool(valid) and len(key or "") <= _LONGEST_KEY

    def save(self, must_create: bool = False) -> None:
        """A database that is away is no session that was ended meanwhile, which is all Django tells of both."""
        if self.session_key is None:
            self.create()
            return
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from error
            raise
