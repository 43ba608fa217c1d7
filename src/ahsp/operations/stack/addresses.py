"""Addresses of databases: taken apart, put together, and what one written for the direct way adds."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from ahsp.operations.stack.errors import StackError

# What may take its time goes past the pool: changes of tables, indexes, bulk loads. A lock is still not waited for
# long, since everybody else queues behind the one who waits.
DIRECT_OPTIONS = (
    "-c statement_timeout=30min -c lock_timeout=15s -c idle_in_transaction_session_timeout=10min -c timezone=UTC"
)


def parts_of(url: str) -> dict[str, str]:
    """The parts of a libpq address, in either of its two spellings. Raises StackError when it is none."""
    try:
        return {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except psycopg.Error as error:
        # The library's own reason may quote the address, and with it the password.
        raise StackError("stack.database_unreachable", reason="it is no address of a database") from error


def url_of(parts: Mapping[str, str]) -> str:
    """The address made of such parts; what has no place of its own follows as a query."""
    rest = {key: value for key, value in parts.items() if key not in {"user", "password", "host", "port", "dbname"}}
    who = quote(parts.get("user", ""), safe="")
    if "password" in parts:
        who += f":{quote(parts['password'], safe='')}"
    host = parts.get("host", "")
    if host.startswith("/") or "," in host or "," in parts.get("port", ""):
        # A folder of sockets and a list of hosts do not fit between the signs of an address.
        rest |= {key: parts[key] for key in ("host", "port") if key in parts}
        where = ""
    else:
        where = f"[{host}]" if ":" in host else host
        where += f":{parts['port']}" if "port" in parts else ""
    query = f"?{urlencode(rest, quote_via=quote)}" if rest else ""
    return f"postgresql://{who}{'@' if who else ''}{where}/{quote(parts.get('dbname', ''), safe='')}{query}"


def direct_url(url: str) -> str:
    """`url` with the time limits, and the name, of work that does not go through the pool."""
    parts = {"application_name": "ahsp direct", **parts_of(url)}
    return url_of({**parts, "options": f"{parts.get('options', '')} {DIRECT_OPTIONS}".strip()})
