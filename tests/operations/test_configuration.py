"""The settings of an installation: what is read, what follows from it, and what is refused in one line."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest

from ahsp import configuration
from ahsp.configuration import SECRETS, SETTINGS, apply, read_file, settled
from ahsp.environment import SettingError
from tests.architecture.sources import PACKAGE, python_files, tree

DEPLOYED = """
# The file of an installation that runs already.
POSTGRES_DB=rab
POSTGRES_USER=estimator
POSTGRES_PASSWORD='p@ss/word#1'
POSTGRES_HOST=db.office.example
POSTGRES_PORT=5432
PGBOUNCER_PORT=6432   # the application goes through it
CACHE_BACKEND=redis
REDIS_URL=redis://cache.office.example:6379/1
SECRET_KEY=of-another-program
export CELERY_BROKER_URL="redis://cache.office.example:6379/2"
"""
SECRET = "p%40ss%2Fword%231"


def told(tmp_path: Path, text: str, **variables: str) -> dict[str, str]:
    """What becomes of the variables with a file of this content beside the program."""
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    apply(variables, tmp_path)
    return variables


def test_the_file_of_a_deployment_works_as_it_is(tmp_path: Path) -> None:
    assert told(tmp_path, DEPLOYED) == {
        "DATABASE_URL": f"postgresql://estimator:{SECRET}@db.office.example:6432/rab",
        "AHSP_DIRECT_DATABASE_URL": f"postgresql://estimator:{SECRET}@db.office.example:5432/rab",
        "CACHE_BACKEND": "redis",
        "REDIS_URL": "redis://cache.office.example:6379/1",
        "CELERY_BROKER_URL": "redis://cache.office.example:6379/2",
    }


def test_without_a_port_of_the_pool_there_is_one_address(tmp_path: Path) -> None:
    final = told(tmp_path, DEPLOYED.replace("PGBOUNCER_PORT", "# PGBOUNCER_PORT"))
    assert final["DATABASE_URL"] == f"postgresql://estimator:{SECRET}@db.office.example:5432/rab"
    assert "AHSP_DIRECT_DATABASE_URL" not in final


def test_a_pool_in_front_of_an_address(tmp_path: Path) -> None:
    text = "DATABASE_URL=postgresql://me:x@db:5432/rab?sslmode=require\nPGBOUNCER_HOST=::1\nPGBOUNCER_PORT=6432\n"
    final = told(tmp_path, text)
    assert final["DATABASE_URL"] == "postgresql://me:x@[::1]:6432/rab?sslmode=require"
    assert final["AHSP_DIRECT_DATABASE_URL"] == "postgresql://me:x@db:5432/rab?sslmode=require"


def test_the_environment_says_last_what_holds(tmp_path: Path) -> None:
    final = told(tmp_path, DEPLOYED, POSTGRES_HOST="other", REDIS_URL="redis://other/0")
    assert "@other:6432/" in final["DATABASE_URL"]
    assert final["REDIS_URL"] == "redis://other/0"
    final = told(tmp_path, DEPLOYED, DATABASE_URL="postgresql://me:x@elsewhere/rab")
    assert final["DATABASE_URL"] == "postgresql://me:x@elsewhere/rab"
    assert "AHSP_DIRECT_DATABASE_URL" not in final


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_every_secret_may_lie_in_a_file(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret"
    address = "redis://:x@cache/0" if name in {"REDIS_URL", "CELERY_BROKER_URL"} else "postgresql://me:x@db/rab"
    secret.write_text(f"{address}\n", encoding="utf-8")
    needed = {
        "AHSP_DIRECT_DATABASE_URL": {"DATABASE_URL": "postgresql://me:x@pool/rab"},
        "POSTGRES_PASSWORD": {"POSTGRES_DB": "rab", "POSTGRES_USER": "me"},
        "REDIS_PASSWORD": {"REDIS_URL": "redis://cache/0"},
    }.get(name, {})
    final = settled({**needed, f"{name}_FILE": str(secret)})
    assert f"{name}_FILE" not in final
    if name in {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}:
        assert "postgresql%3A%2F%2Fme%3Ax%40db%2Frab" in final["DATABASE_URL" if "PASS" in name[8:] else "REDIS_URL"]
    else:
        assert final[name] == address


def test_the_password_of_redis_may_be_told_apart(tmp_path: Path) -> None:
    text = "REDIS_PASSWORD=a/b\nREDIS_URL=redis://cache:6379/1\nCELERY_BROKER_URL=redis://:${REDIS_PASSWORD}@queue/0\n"
    final = told(tmp_path, text.replace("a/b", "ab"))
    assert final["REDIS_URL"] == "redis://:ab@cache:6379/1"
    assert final["CELERY_BROKER_URL"] == "redis://:ab@queue/0"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("AHSP_MAIL_FROM=a b # said", "a b"),
        ("AHSP_MAIL_FROM=a#b", "a#b"),
        ("AHSP_MAIL_FROM = ' a # b ' # said", " a # b "),
        ("AHSP_MAIL_FROM='${HOST}'", "${HOST}"),
        ('AHSP_MAIL_FROM="a \\"b\\" \\${HOST} ${HOST}"', 'a "b" ${HOST} here'),
        ("AHSP_MAIL_FROM=${HOST}-${NONE:-there}", "here-there"),
    ],
)
def test_lines_are_read_as_their_writer_meant_them(tmp_path: Path, line: str, value: str) -> None:
    file = tmp_path / "settings"
    file.write_text(f"HOST=here\n\n# nothing\n{line}\n", encoding="utf-8")
    assert read_file(file, {})["AHSP_MAIL_FROM"] == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("AHSP_ALOWED_HOSTS=a", "did you mean AHSP_ALLOWED_HOSTS"),
        ("PGBOUNCER_POOL_SIZE=20", "did you mean PGBOUNCER_DEFAULT_POOL_SIZE"),
        ("CELERY_RESULT_BACKEND=redis://x", "remove it"),
        ("DATABASE_URL=postgresql://me:x@db/rab\nPOSTGRES_DB=rab", "both name the database"),
        ("REDIS_URL=redis://a\nREDIS_URL_FILE=/a", "REDIS_URL and REDIS_URL_FILE are both set"),
        ("CACHE_BACKEND=locmem", "set it to redis"),
        ("PGBOUNCER_POOL_MODE=session", "set it to transaction"),
        ("POSTGRES_DB=rab\nPOSTGRES_USER=me", "POSTGRES_DB is set, but not POSTGRES_PASSWORD"),
        (DEPLOYED.replace("6432", "5432"), "both 5432 on db.office.example"),
        (DEPLOYED.replace("6432", "pool"), "PGBOUNCER_PORT must be a port"),
        ("PGBOUNCER_PORT=6432", "but no database"),
        ("PGBOUNCER_HOST=pool", "without PGBOUNCER_PORT"),
        ("PGBOUNCER_DEFAULT_POOL_SIZE=many", "whole number"),
        ("AHSP_DIRECT_DATABASE_URL=postgresql://me:x@db/rab", "set DATABASE_URL too"),
        ("REDIS_PASSWORD=x", "no REDIS_URL"),
        ("CELERY_BROKER_URL=amqp://queue", "must begin with redis://"),
        ("REDIS_URL_FILE=/nowhere/at/all", "cannot be read"),
        ("REDIS_URL=redis://:${REDIS_PASS}@cache", "REDIS_PASS, which is not set above"),
        ("AHSP_MAIL_FROM='half", "line 1 has a quotation mark"),
        ("what is this", "line 1 is not NAME=value"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SettingError) as refused:
        told(tmp_path, text)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_misspelt_setting_of_the_environment_is_refused_and_those_of_others_are_not() -> None:
    with pytest.raises(SettingError, match=r"AHSP_HTPS in the environment .* did you mean AHSP_HTTPS"):
        settled({"AHSP_HTPS": "1"})
    assert settled({"REDIS_PORT_6379_TCP": "tcp://10.0.0.1"}) == {"REDIS_PORT_6379_TCP": "tcp://10.0.0.1"}


def test_an_empty_setting_is_none(tmp_path: Path) -> None:
    assert told(tmp_path, "DATABASE_URL=\nPGBOUNCER_PORT=\nREDIS_URL_FILE=\n") == {}


def test_a_named_file_must_exist_and_is_read_in_place_of_the_other(tmp_path: Path) -> None:
    named = tmp_path / "elsewhere"
    with pytest.raises(SettingError, match="cannot be read"):
        apply({"AHSP_ENV_FILE": str(named)}, tmp_path)
    named.write_text("AHSP_MAIL_FROM=there", encoding="utf-8")
    final = told(tmp_path, "AHSP_MAIL_FROM=here", AHSP_ENV_FILE=str(named))
    assert final["AHSP_MAIL_FROM"] == "there"


def test_what_is_settled_stays() -> None:
    once = settled({"DATABASE_URL": "postgresql://a:b@db/x", "PGBOUNCER_PORT": "6432", "REDIS_URL": "redis://cache"})
    assert settled(once) == once


def test_every_setting_the_program_reads_is_known() -> None:
    """Else whoever sets it is told that there is no such setting."""
    readers = {"text", "flag", "words", "networks", "get", "getenv"}
    read = set()
    for file in python_files(PACKAGE):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in readers:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    read.add(first.value)
    ours = {name for name in read if re.fullmatch(r"[A-Z_]+", name) and name.startswith(configuration.PREFIXES)}
    assert "DATABASE_URL" in ours
    assert ours <= SETTINGS | {"AHSP_TEST_STACK", configuration.SETTLED}


def test_these_tests_run_on_settled_addresses() -> None:
    assert os.environ[configuration.SETTLED] == "1"
