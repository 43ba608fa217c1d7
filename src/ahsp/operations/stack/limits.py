"""Time limits of the role the application signs in as: they hold through the pool, where no session can set its own."""

from __future__ import annotations

import psycopg
from psycopg import sql

from ahsp.operations.stack.errors import StackError

# The direct way sets longer ones in its address. With the zone of time at home here too, Django sends no SET.
LIMITS = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    "TimeZone": "UTC",
}
_SET_ALREADY = """
    SELECT lower(split_part(setting, '=', 1))
    FROM pg_db_role_setting, unnest(setconfig) AS setting
    WHERE setrole = (SELECT oid FROM pg_roles WHERE rolname = current_user)
      AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def apply_limits(url: str) -> None:
    """Set what is missing, for this role in this database alone. A limit that somebody chose stays.

    Every role may change these of its own. Raises StackError when the database cannot be used.
    """
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            known = {row[0] for row in connection.execute(_SET_ALREADY)}
            database = sql.Identifier(connection.info.dbname)
            for name, value in LIMITS.items():
                if name.lower() not in known:
                    statement = sql.SQL("ALTER ROLE CURRENT_USER IN DATABASE {} SET {} = {}")
                    connection.execute(statement.format(database, sql.Identifier(name), sql.Literal(value)))
    except psycopg.Error as error:
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise StackError("stack.database_unreachable", reason=reason) from error
