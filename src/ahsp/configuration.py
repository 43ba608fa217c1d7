"""What an installation is told: the names it may use, the file `.env`, and the addresses that follow from both.

Standard library only, and no look at the machine except for the files that are named: whatever is wrong is a
SettingError of one line that says what to do. Afterwards `DATABASE_URL` leads through the pool where there is one,
`AHSP_DIRECT_DATABASE_URL` past it, and every secret is a value.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, MutableMapping
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from ahsp.environment import PREFIXES, SettingError, without_files

# Each also as NAME_FILE, which names the file that holds it.
SECRETS = frozenset(
    {
        "AHSP_DIRECT_DATABASE_URL",
        "AHSP_MAIL_SERVER",
        "AHSP_METRICS_TOKEN",
        "AHSP_SECRET_KEY",
        "CELERY_BROKER_URL",
        "DATABASE_URL",
        "POSTGRES_PASSWORD",
        "REDIS_PASSWORD",
        "REDIS_URL",
    }
)
# Those of the database that were told in pieces, and their places in the address.
_PIECES = ("POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_HOST", "POSTGRES_PORT")
_POOL = ("PGBOUNCER_HOST", "PGBOUNCER_PORT")
SETTINGS = SECRETS | {
    *_PIECES,
    *_POOL,
    "AHSP_ADDRESS",
    "AHSP_ALLOWED_HOSTS",
    "AHSP_API_REQUESTS_PER_MINUTE",
    "AHSP_DEBUG",
    "AHSP_ENV_FILE",
    "AHSP_HOME",
    "AHSP_HTTPS",
    "AHSP_LANGUAGE",
    "AHSP_MAIL_FROM",
    "AHSP_METRICS_FROM",
    "AHSP_PORT",
    "AHSP_PUBLIC_URL",
    "AHSP_REDIS_TIMEOUT",
    "AHSP_TRUSTED_ORIGINS",
    "AHSP_TRUSTED_PROXIES",
    "CACHE_BACKEND",
    "PGBOUNCER_DEFAULT_POOL_SIZE",
    "PGBOUNCER_MAX_CLIENT_CONN",
    "PGBOUNCER_POOL_MODE",
    "PGBOUNCER_QUERY_WAIT_TIMEOUT",
}
# Said by one process of ours to another.
SETTLED = "AHSP_SETTLED"
_OWN = frozenset({SETTLED, "AHSP_TEST_STACK"})
_NAMES = SETTINGS | _OWN | {f"{name}_FILE" for name in SECRETS}
ENV_FILE = ".env"

_LINE = re.compile(r"(?:export\s+)?(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<value>.*)")
_USE = re.compile(r"\$\{(?P<name>\w+)(?::-(?P<otherwise>[^}]*))?\}")
_ESCAPES = {r"\n": "\n", r"\"": '"', r"\\": "\\", r"\$": "$"}


def apply(variables: MutableMapping[str, str], beside: Path) -> None:
    """Settle `variables`, with the file that `AHSP_ENV_FILE` names or `.env` in `beside` where it exists.

    What is set already stays as it is. Raises SettingError.
    """
    if variables.get(SETTLED):
        return
    named = variables.get("AHSP_ENV_FILE")
    file = Path(named).expanduser() if named else beside / ENV_FILE
    told: dict[str, str] = {}
    if named or file.is_file():
        told = _without_overruled(read_file(file, variables), variables)
    final = settled({**told, **variables}, told)
    variables.clear()
    variables.update(final)


def read_file(path: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """NAME=value, a line each, as Docker Compose and python-dotenv read it. Raises SettingError.

    `#` begins a comment; quotes keep spaces; `${NAME}` and `${NAME:-otherwise}` are replaced, not in single quotes.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} cannot be read ({error}): correct it, or unset AHSP_ENV_FILE.") from error
    found: dict[str, str] = {}
    used: set[str] = set()
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        match = _LINE.fullmatch(text)
        if match is None:
            raise SettingError(f"{path}, line {number} is not NAME=value: correct it.")
        used |= {use["name"] for use in _USE.finditer(match["value"])}
        found[match["name"]] = _value(match["value"], {**found, **variables}, f"{path}, line {number}")
    ours = {name: value for name, value in found.items() if name.startswith(PREFIXES)}
    _refuse_unknown(set(ours) - used, path.name)
    # What the file says to other programs is none of our environment.
    return {name: value for name, value in ours.items() if name in _NAMES}


def _value(text: str, known: Mapping[str, str], where: str) -> str:
    quoted = re.match(r"""(?P<quote>['"])(?P<inside>(?:\\.|(?!(?P=quote)).)*)(?P=quote)\s*(?:#.*)?$""", text)
    if quoted is None:
        if text[:1] in {"'", '"'}:
            raise SettingError(f"{where} has a quotation mark that does not end: add it.")
        plain = "" if text.startswith("#") else re.split(r"\s#", text, maxsplit=1)[0].rstrip()
        return _filled(plain, known, where)
    if quoted["quote"] == "'":
        return quoted["inside"]
    # What is escaped is never the beginning of a use.
    plain, escaped = (pieces := re.split(r"(\\.)", quoted["inside"]))[::2], pieces[1::2]
    filled = [_filled(piece, known, where) for piece in plain]
    return "".join(a + b for a, b in zip(filled, [*(_ESCAPES.get(one, one) for one in escaped), ""], strict=True))


def _filled(text: str, known: Mapping[str, str], where: str) -> str:
    def fill(use: re.Match[str]) -> str:
        value = known.get(use["name"]) or use["otherwise"]
        if value is None:
            raise SettingError(f"{where} uses {use['name']}, which is not set above: set it there.")
        return value

    return _USE.sub(fill, text)


def _without_overruled(told: Mapping[str, str], variables: Mapping[str, str]) -> dict[str, str]:
    """`told` without what the environment says otherwise: the same by value or by file, or the whole database."""
    kept = dict(told)
    for name in SECRETS:
        if name in variables or f"{name}_FILE" in variables:
            kept.pop(name, None)
            kept.pop(f"{name}_FILE", None)
    if "DATABASE_URL" in variables or "DATABASE_URL_FILE" in variables:
        for name in (*_PIECES, "POSTGRES_PASSWORD_FILE", *_POOL, "AHSP_DIRECT_DATABASE_URL"):
            kept.pop(name, None)
    return kept


def without_addresses(variables: Mapping[str, str]) -> dict[str, str]:
    """`variables` without what says where database, pool, Redis and broker are: for one who has their own."""
    names = {*_PIECES, *_POOL, "DATABASE_URL", "AHSP_DIRECT_DATABASE_URL"}
    names |= {"REDIS_URL", "REDIS_PASSWORD", "CELERY_BROKER_URL", SETTLED}
    return {name: value for name, value in variables.items() if name.removesuffix("_FILE") not in names}


def settled(variables: Mapping[str, str], told: Iterable[str] = ()) -> dict[str, str]:
    """`variables` with addresses whole and secrets as values. Raises SettingError for what contradicts itself.

    `told` are the names a file gave, among which names of ours alone are expected.
    """
    if variables.get(SETTLED):
        return dict(variables)
    _refuse_unknown({name for name in variables if name.startswith("AHSP_")} - set(told), "the environment")
    for name in sorted(SECRETS):
        if name in variables and f"{name}_FILE" in variables:
            raise SettingError(f"{name} and {name}_FILE are both set: keep one of them.")
    # An empty line in a file means: not set.
    known = {name: value for name, value in variables.items() if value or name not in _NAMES}
    known = without_files(known)
    _check_choices(known)
    addresses = {**_database_addresses(known), **_redis_addresses(known)}
    kept = {name: value for name, value in known.items() if name not in {*_PIECES, *_POOL, "REDIS_PASSWORD"}}
    return {**kept, **addresses}


def _refuse_unknown(names: Iterable[str], where: str) -> None:
    for name in sorted(names):
        if name not in _NAMES:
            near = _nearest(name)
            hint = f"did you mean {near}? Correct it, or remove it" if near else "remove it"
            raise SettingError(f"{name} in {where} is no setting of ahsp: {hint}.")


def _nearest(name: str) -> str | None:
    """The setting with all the words of `name`, else one that is spelled nearly like it."""
    known, words = sorted(_NAMES - _OWN), set(name.split("_"))
    wider = [one for one in known if words <= set(one.split("_"))]
    return next(iter(wider or difflib.get_close_matches(name, known, n=1, cutoff=0.6)), None)


def _check_choices(known: Mapping[str, str]) -> None:
    for name, only, why in (
        ("CACHE_BACKEND", "redis", "sessions and cache live in Redis or Valkey"),
        ("PGBOUNCER_POOL_MODE", "transaction", "the application is written for that mode"),
    ):
        if known.get(name, only).lower() != only:
            raise SettingError(f"{name} is {known[name]!r}, but {why}: set it to {only}, or remove it.")
    for name in ("POSTGRES_PORT", "PGBOUNCER_PORT"):
        if name in known and not (known[name].isdecimal() and 0 < int(known[name]) < 65536):
            raise SettingError(f"{name} must be a port between 1 and 65535, not {known[name]!r}.")
    for name in ("PGBOUNCER_DEFAULT_POOL_SIZE", "PGBOUNCER_MAX_CLIENT_CONN", "PGBOUNCER_QUERY_WAIT_TIMEOUT"):
        if name in known and not (known[name].isdecimal() and int(known[name]) > 0):
            raise SettingError(f"{name} must be a whole number above 0, not {known[name]!r}.")


def _database_addresses(known: Mapping[str, str]) -> dict[str, str]:
    pieces = [name for name in _PIECES if name in known]
    if pieces and "DATABASE_URL" in known:
        raise SettingError(f"DATABASE_URL and {pieces[0]} both name the database: keep one of them.")
    if "PGBOUNCER_HOST" in known and "PGBOUNCER_PORT" not in known:
        raise SettingError("PGBOUNCER_HOST is set without PGBOUNCER_PORT: set the port too, or remove it.")
    direct = _from_pieces(known) if pieces else known.get("DATABASE_URL", "")
    if "AHSP_DIRECT_DATABASE_URL" in known and ("PGBOUNCER_PORT" in known or "DATABASE_URL" not in known):
        raise SettingError(
            "AHSP_DIRECT_DATABASE_URL is the way past the pool that DATABASE_URL leads through: "
            "set DATABASE_URL too and PGBOUNCER_PORT not, or remove it."
        )
    if "PGBOUNCER_PORT" not in known:
        return {"DATABASE_URL": direct} if direct else {}
    if not direct:
        raise SettingError("PGBOUNCER_PORT is set, but no database: set POSTGRES_DB and its like, or remove it.")
    return {"DATABASE_URL": _through_pool(known, direct), "AHSP_DIRECT_DATABASE_URL": direct}


def _from_pieces(known: Mapping[str, str]) -> str:
    missing = [name for name in ("POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD") if name not in known]
    if missing:
        given = next(name for name in _PIECES if name in known)
        raise SettingError(f"{given} is set, but not {' and '.join(missing)}: set what is missing.")
    user, password = (quote(known[name], safe="") for name in ("POSTGRES_USER", "POSTGRES_PASSWORD"))
    database = quote(known["POSTGRES_DB"], safe="")
    host, port = known.get("POSTGRES_HOST", "127.0.0.1"), known.get("POSTGRES_PORT", "5432")
    if host.startswith("/"):
        return f"postgresql://{user}:{password}@/{database}?host={quote(host, safe='')}&port={port}"
    return f"postgresql://{user}:{password}@{_host(host)}:{port}/{database}"


def _host(name: str) -> str:
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def _through_pool(known: Mapping[str, str], direct: str) -> str:
    parts = urlsplit(direct)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.hostname:
        raise SettingError("With PGBOUNCER_PORT the database is named as postgresql://user:password@host:port/name.")
    host, port = known.get("PGBOUNCER_HOST", parts.hostname), known["PGBOUNCER_PORT"]
    if host == parts.hostname and port == str(parts.port or 5432):
        raise SettingError(
            f"PGBOUNCER_PORT and the port of PostgreSQL are both {port} on {host}: name the one PgBouncer listens on."
        )
    who = parts.netloc.rpartition("@")[0]
    # What is asked of the connection, such as TLS, is asked of the pool too.
    return urlunsplit(parts._replace(netloc=f"{who}@{_host(host)}:{port}"))


def _redis_addresses(known: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("REDIS_URL", "CELERY_BROKER_URL"):
        if name not in known:
            continue
        parts = urlsplit(known[name])
        if parts.scheme not in {"redis", "rediss", "unix"}:
            raise SettingError(f"{name} must begin with redis:// or rediss://: jobs, sessions and cache live in Redis.")
        password = known.get("REDIS_PASSWORD")
        if password and parts.password is None and parts.scheme != "unix":
            who = f"{quote(parts.username or '', safe='')}:{quote(password, safe='')}"
            parts = parts._replace(netloc=f"{who}@{parts.netloc.rpartition('@')[2]}")
        found[name] = urlunsplit(parts)
    if "REDIS_PASSWORD" in known and not found:
        raise SettingError("REDIS_PASSWORD is set, but no REDIS_URL: set REDIS_URL too, or remove it.")
    return found
