"""`./ahsp up` from its first line to its last."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import psycopg
import redis

from ahsp.operations.stack.workers import NICE
from tests.stack.conftest import Installation
from tests.stack.machine import Up, Visitor, all_gone, run, wait_for


def test_the_printed_sign_in_opens_the_demo_at_the_printed_address(up: Up) -> None:
    told = re.search(r"password: (\S+)", up.output)
    email = re.search(r"sign-in: (\S+)", up.output)
    assert told and email, up.output
    assert up.page.rstrip("/") in up.output
    visitor = Visitor(up.page)
    assert 'type="password"' in visitor.get()
    assert "demo" in visitor.sign_in(email[1], told[1]).lower()
    assert 'type="password"' not in visitor.get()


def test_nothing_is_made_twice(up: Up, installation: Installation) -> None:
    with psycopg.connect(up.urls["database_url"]) as connection:
        counted = "SELECT (SELECT count(*) FROM projects_project), (SELECT count(*) FROM catalog_edition)"
        assert connection.execute(counted).fetchone() == (1, 1)
    assert run(installation.script, "--help", home=up.home).stderr == ""


def test_a_second_up_on_the_same_data_names_the_first_in_one_line(up: Up, installation: Installation) -> None:
    second = run(installation.script, "up", "--port", str(up.port), home=up.home)
    assert second.returncode == 2
    assert second.stdout == ""
    assert len(second.stderr.splitlines()) == 1
    assert up.page.rstrip("/") in second.stderr
    assert "already runs" in second.stderr


def test_manage_uses_the_servers_that_run(up: Up, installation: Installation) -> None:
    program = "from ahsp.projects.models import Project; print(Project.objects.count())"
    done = run(installation.script, "manage", "shell", "--verbosity", "0", "-c", program, home=up.home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "1"


def test_whatever_is_killed_is_started_again(up: Up) -> None:
    pool = ["sbin/pgbouncer"] if up.urls["pool_url"] else []
    for part in ("bin/postgres", *pool, "valkey-server", "web_process", "ahsp.celery worker", "ahsp.celery beat"):
        victim = up.members(part)[0]
        victim.kill()
        wait_for(lambda victim=victim: all_gone([victim]), "the kill")
        wait_for(lambda part=part: up.members(part), "the restart")
        wait_for(lambda: _answers(up), "an answer")
    worker = up.members("web_process")[-1]
    worker.kill()
    wait_for(lambda: len(up.members("web_process")) == 3 and _answers(up), "another worker")
    assert up.process.poll() is None


def test_the_application_is_not_root_and_its_jobs_give_way_to_pages(up: Up) -> None:
    wait_for(lambda: len(up.members("ahsp.celery worker")) == 3, "the processes of the worker")
    ours = [*up.members("web_process"), *up.members("ahsp.celery")]
    assert len(ours) == 7
    if "runs as root" not in up.output:
        assert all(member.uids().real != 0 for member in ours)
    assert {member.nice() for member in up.members("ahsp.celery")} == {NICE}
    assert {member.nice() for member in up.members("web_process")} == {0}


def _answers(up: Up) -> bool:
    try:
        return 'type="password"' in Visitor(up.page).get()
    except OSError:
        return False


def test_ctrl_c_stops_everything(up: Up) -> None:
    family = up.family()
    assert len(family) > 5
    assert up.end(signal.SIGINT) == 0
    assert all_gone(family)
    assert up.lines[-1] == "Stopped; the data is kept."
    assert not (up.home / "running.json").exists()


def test_a_polite_kill_stops_everything(up: Up) -> None:
    family = up.family()
    os.kill(up.process.pid, signal.SIGTERM)
    assert up.process.wait(timeout=60) == 0
    assert all_gone(family)


def test_ctrl_c_during_the_start_stops_everything(installation: Installation, home: Path) -> None:
    starting = Up(installation.script, home)
    wait_for(lambda: "Preparing" in starting.output, "the start of the servers")
    family = starting.family()
    assert starting.end(signal.SIGINT) == 0
    assert all_gone(family)
    assert "is ready" not in starting.output


def test_acknowledged_writes_survive_the_death_of_every_process(up: Up, installation: Installation) -> None:
    _write(up, "every process")
    postmaster = up.members("bin/postgres")[0].pid
    up.kill_everything()
    assert str(postmaster) in (up.home / "postgres" / "data" / "postmaster.pid").read_text()
    again = Up(installation.script, up.home).ready()
    assert _read(again) == "every process"
    assert again.end() == 0


def test_servers_without_their_supervisor_do_not_block_the_next_start(up: Up, installation: Installation) -> None:
    _write(up, "the supervisor")
    orphans = up.family()[1:]
    up.process.kill()
    up.process.wait(timeout=60)
    again = Up(installation.script, up.home, up.port).ready()
    assert all_gone(orphans)
    assert _read(again) == "the supervisor"
    assert again.end() == 0


def _write(up: Up, text: str) -> None:
    with psycopg.connect(up.urls["database_url"]) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (at serial, text text)")
        connection.execute("INSERT INTO kept (text) VALUES (%s)", [text])
    with redis.Redis.from_url(up.urls["redis_url"]) as client:
        client.set("kept", text)
        # A key is on disk one second after it was acknowledged; WAITAOF tells when.
        client.execute_command("WAITAOF", 1, 0, 5000)


def _read(up: Up) -> str:
    with psycopg.connect(up.urls["database_url"]) as connection:
        row = connection.execute("SELECT text FROM kept ORDER BY at DESC LIMIT 1").fetchone()
    with redis.Redis.from_url(up.urls["redis_url"]) as client:
        key = client.get("kept")
    assert row is not None
    assert isinstance(key, bytes)
    assert row[0] == key.decode()
    return str(row[0])
