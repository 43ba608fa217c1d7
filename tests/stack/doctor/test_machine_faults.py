"""The machine itself: its disk, its clock, and nothing that runs on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ahsp.operations.stack.home import REPOSITORY, Home
from ahsp.operations.stack.lock import Running, announce, exclusive
from ahsp.operations.stack.system_user import let_pass, servers_user
from tests.stack.doctor.conftest import Ward
from tests.stack.doctor.parts import spare
from tests.stack.machine import clean_environment

DOCTOR = [sys.executable, "-P", "-m", "ahsp.cli.main", "doctor"]


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", folder], check=True)
    with (folder / "filler").open("wb") as file:
        subprocess.run(["dd", "if=/dev/zero", "bs=1M", "count=60"], stdout=file, stderr=subprocess.DEVNULL, check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk(ward: Ward, full_disk: Path) -> None:
    name, cause, mend = ward.fault(home=Home(full_disk))
    assert name == "disk"
    assert f"The disk of {full_disk} is full: 20 MB are free" in cause
    assert "du -xh" in mend


def run_doctor(ward: Ward, *arguments: str, prefix: tuple[str, ...] = (), **more: str) -> tuple[int, str]:
    """The command as a person runs it, against a home where something is announced to run."""
    environment = {**clean_environment(ward.home.root, **more), "PYTHONPATH": ward.environment["PYTHONPATH"]}
    environment["AHSP_SECRET_KEY"] = ward.environment["AHSP_SECRET_KEY"]
    done = subprocess.run([*prefix, *DOCTOR, *arguments], env=environment, capture_output=True, text=True)
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.fixture
def announced(ward: Ward) -> Iterator[None]:
    with exclusive(ward.home):
        targets = ward.targets
        announce(
            ward.home,
            Running(
                database_url=targets.database_url,
                redis_url=targets.redis_url,
                address=targets.address,
                direct_database_url=targets.direct_url,
                pool_url=targets.pool_url,
            ),
        )
        yield


@pytest.mark.usefixtures("announced")
def test_the_command_on_a_healthy_installation(ward: Ward) -> None:
    code, said = run_doctor(ward, "--json")
    report = json.loads(said)
    assert code == 0
    assert report["healthy"] is True
    assert all(set(one) == {"name", "ok", "cause", "mend", "took_ms"} for one in report["checks"])
    assert all(one["ok"] and one["cause"] == one["mend"] == "" for one in report["checks"])


@pytest.mark.usefixtures("announced")
def test_the_command_tells_a_fault_in_words_and_shapes(ward: Ward) -> None:
    code, said = run_doctor(ward, AHSP_PUBLIC_URL="http://rab.example.go.id", AHSP_LANGUAGE="id")
    *_, shown, cause, mend, closing = said.splitlines()
    assert code == 1
    assert shown.startswith("✗ RUSAK  application.host")
    assert "Aplikasi tidak menjawab untuk nama rab.example.go.id" in cause
    assert mend.startswith("    → Tetapkan `AHSP_ALLOWED_HOSTS=rab.example.go.id`")
    assert "tidak sehat" in closing


def _faketime() -> str:
    program = shutil.which("faketime")
    if program is None:
        pytest.skip("faketime is not installed")
    return program


@pytest.mark.usefixtures("announced")
@pytest.mark.parametrize(("shift", "seconds"), [("+90s", "+90"), ("-90s", "-90")])
def test_a_clock_of_ours_that_is_wrong(ward: Ward, shift: str, seconds: str) -> None:
    code, said = run_doctor(ward, "--json", prefix=(_faketime(), "-f", shift))
    *_, last = json.loads(said)["checks"]
    assert code == 1
    assert last["name"] == "clock"
    assert last["cause"].startswith(f"The clock of this machine is {seconds[:-1]}")
    assert "set-ntp" in last["mend"]


def test_a_clock_of_redis_that_is_wrong(ward: Ward) -> None:
    _faketime()
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    with spare(preload={"LD_PRELOAD": str(library), "FAKETIME": "+90s", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}) as cache:
        name, cause, mend = ward.fault(redis_url=cache.url)
    assert name == "clock"
    assert "The clock of Redis is +90 s away" in cause
    assert "On the machine of Redis" in mend


def test_nothing_runs(tmp_path: Path, ward: Ward) -> None:
    environment = {**clean_environment(tmp_path / "home"), "PYTHONPATH": ward.environment["PYTHONPATH"]}
    done = subprocess.run([*DOCTOR, "--json"], env=environment, capture_output=True, text=True)
    report = json.loads(done.stdout)
    assert done.returncode == 1
    (only,) = report["checks"]
    assert (only["name"], only["ok"], only["mend"]) == ("started", False, "./ahsp up")
    assert "ahsp does not run" in only["cause"]
    assert not (tmp_path / "home").exists()


def test_the_servers_of_another_command_alone(ward: Ward) -> None:
    with exclusive(ward.home):
        announce(ward.home, Running(ward.targets.database_url, ward.targets.redis_url))
        code, said = run_doctor(ward, "--json")
    (only,) = json.loads(said)["checks"]
    assert code == 1
    assert only["name"] == "started"
    assert "not the application" in only["cause"]


@pytest.mark.parametrize(
    ("url", "words"),
    [("postgresql://me:s3cret@[half/x", "none that PostgreSQL can read"), ("nonsense", "none that PostgreSQL")],
)
def test_an_address_that_cannot_be_read(tmp_path: Path, ward: Ward, url: str, words: str) -> None:
    given = clean_environment(tmp_path, DATABASE_URL=url, REDIS_URL="redis://127.0.0.1:1/0")
    environment = {**given, "PYTHONPATH": ward.environment["PYTHONPATH"]}
    done = subprocess.run([*DOCTOR, "--json"], env=environment, capture_output=True, text=True)
    (only,) = json.loads(done.stdout)["checks"]
    assert only["name"] == "settings"
    assert words in only["cause"]
    assert "s3cret" not in done.stdout + done.stderr


def test_settings_that_contradict_each_other(tmp_path: Path, ward: Ward) -> None:
    given = clean_environment(tmp_path, PGBOUNCER_PORT="6432", AHSP_LANGUAGE="en")
    environment = {**given, "PYTHONPATH": ward.environment["PYTHONPATH"]}
    done = subprocess.run([*DOCTOR, "--json"], env=environment, capture_output=True, text=True)
    (only,) = json.loads(done.stdout)["checks"]
    assert done.returncode == 1
    assert only["name"] == "settings"
    assert "PGBOUNCER_PORT is set, but no database" in only["cause"]


def test_an_installation_of_which_the_environment_tells(ward: Ward, tmp_path: Path) -> None:
    """As in a container: no `./ahsp up` here, and every address in the environment."""
    names = ("DATABASE_URL", "AHSP_DIRECT_DATABASE_URL", "REDIS_URL", "AHSP_SECRET_KEY", "PYTHONPATH")
    given = {name: ward.environment[name] for name in names}
    environment = {**clean_environment(tmp_path), **given, "AHSP_ADDRESS": ward.targets.address}
    done = subprocess.run([*DOCTOR, "--json"], env=environment, capture_output=True, text=True)
    report = json.loads(done.stdout)
    assert [one for one in report["checks"] if not one["ok"] or one["cause"]] == []
    assert {"pool.mode", "pool.used", "worker", "beat", "application.static"} <= {
        one["name"] for one in report["checks"]
    }
    assert done.returncode == 0


def test_servers_without_an_application(ward: Ward) -> None:
    """The environment names servers, and nobody serves pages from here."""
    name, cause, mend = ward.fault(address="", public_url="", ours=False)
    assert name == "started"
    assert "the application does not run here" in cause
    assert mend.startswith("./ahsp up")


def test_a_container_without_pages_is_a_note(ward: Ward) -> None:
    """That of a worker knows no web server, and need not."""
    results = {one.name: one for one in ward.examine(address="", public_url="", ours=False, in_container=True)}
    assert all(one.ok for one in results.values())
    assert results["started"].code == "doctor.web_unseen"


def test_a_home_of_somebody_else(ward: Ward) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    user = servers_user()
    assert user is not None
    for place in (REPOSITORY, Path(sys.prefix), Path(sys.base_prefix)):
        let_pass(place, user)
    environment = {**clean_environment(ward.home.root), "PYTHONPATH": ward.environment["PYTHONPATH"], "HOME": "/"}
    with exclusive(ward.home):
        announce(ward.home, Running(ward.targets.database_url, ward.targets.redis_url, ward.targets.address))
        done = subprocess.run(
            [*DOCTOR, "--json"],
            env=environment,
            cwd="/",
            capture_output=True,
            text=True,
            user=user.uid,
            group=user.gid,
            extra_groups=[],
        )
    (only,) = json.loads(done.stdout)["checks"]
    assert only["name"] == "settings"
    assert "belongs to somebody else" in only["cause"]


def test_an_application_that_does_not_start(ward: Ward) -> None:
    """Its settings are wrong; the servers, looked at without it, are well."""
    broken = {**ward.environment, "AHSP_HTTPS": "perhaps"}
    name, cause, mend = ward.fault(environment=broken)
    assert name == "application.code"
    assert "AHSP_HTTPS must be 1 or 0" in cause
    assert "manage check" in mend


def test_an_application_with_another_cache_than_ours(ward: Ward) -> None:
    """What it puts into a Redis that is not there never comes back."""
    elsewhere = {**ward.environment, "REDIS_URL": "redis://127.0.0.1:1/0"}
    assert replace(ward.targets, environment=elsewhere).redis_url == ward.targets.redis_url
    name, cause, mend = ward.fault(environment=elsewhere)
    assert name == "cache"
    assert "does not come back, though Redis itself is well" in cause
    assert "REDIS_URL" in mend
