"""What compose.yaml promises, read from the file: no engine of containers is needed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from ahsp.configuration import SECRETS, SETTINGS
from ahsp.core.streams.application import STREAM
from ahsp.operations.probe import PROBES
from ahsp.operations.production import PARTS
from ahsp.operations.stack.web_process import SECONDS_A_CONNECTION_IDLES
from tests.stack.compose import mounted, services, stack
from tests.stack.machine import ROOT

ONE_SHOT = {"migrate"}
OURS = ("ahsp-app", "ahsp-pgbouncer")
# What the official image of PostgreSQL reads; our scripts beside it read the rest.
OF_POSTGRES = {"POSTGRES_USER", "POSTGRES_PASSWORD_FILE"}
NAMES = sorted(services())
VERSION = re.compile(r"^[a-z0-9-]+(/[a-z0-9-]+)?:\d+\.\d+(\.\d+)?(-[a-z0-9.-]+)?$")


def test_all_the_parts_are_there() -> None:
    assert set(NAMES) == {"proxy", "web", "worker", "beat", "migrate", "pgbouncer", "postgres", "redis"}


@pytest.mark.parametrize("name", NAMES)
def test_a_service_is_closed_in(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    uid, gid = service["user"].split(":")
    assert int(uid) > 0 < int(gid)
    assert service["tmpfs"]
    assert not service.get("privileged")
    assert not service.get("network_mode")


@pytest.mark.parametrize("name", NAMES)
def test_a_service_is_pinned_starts_again_and_stops_in_time(name: str) -> None:
    service = services()[name]
    assert VERSION.match(service["image"]), service["image"]
    assert re.fullmatch(r"\d+s", service["stop_grace_period"])
    assert service["restart"] == ("no" if name in ONE_SHOT else "unless-stopped")
    if service["image"].startswith(OURS):
        version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        assert service["image"].endswith(f":{version}")


@pytest.mark.parametrize("name", sorted(set(NAMES) - ONE_SHOT))
def test_a_service_has_a_health_check_that_ends_by_itself(name: str) -> None:
    check = services()[name]["healthcheck"]
    kind, program, *arguments = check["test"]
    assert kind == "CMD"
    seconds = {key: int(check[key].removesuffix("s")) for key in ("interval", "timeout", "start_period")}
    assert seconds["timeout"] <= seconds["interval"]
    if program == "python":
        assert arguments[:3] == ["-P", "-m", "ahsp.operations.probe"]
        assert arguments[3] in PROBES
    else:
        assert program in {"sh", "bash"}
        assert mounted(services()[name])[arguments[0]].is_file()


def test_only_the_proxy_is_reached_from_outside_and_the_data_is_behind_closed_doors() -> None:
    assert [name for name in NAMES if services()[name].get("ports")] == ["proxy"]
    assert stack()["networks"]["data"] == {"internal": True}
    for name in ("postgres", "redis", "pgbouncer"):
        assert services()[name]["networks"] == ["data"]
    assert services()["proxy"]["networks"] == ["front"]


def test_only_the_network_of_the_proxy_is_trusted() -> None:
    (network,) = stack()["networks"]["front"]["ipam"]["config"]
    assert services()["web"]["environment"]["AHSP_TRUSTED_PROXIES"] == network["subnet"]


def test_each_part_waits_for_what_it_needs() -> None:
    healthy, done = {"condition": "service_healthy"}, {"condition": "service_completed_successfully"}
    needs = {name: services()[name].get("depends_on", {}) for name in NAMES}
    assert needs["proxy"] == {"web": healthy}
    assert needs["web"] == needs["worker"] == {"migrate": done, "pgbouncer": healthy, "redis": healthy}
    assert needs["beat"] == {"migrate": done, "redis": healthy}
    assert needs["migrate"] == needs["pgbouncer"] == {"postgres": healthy}


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_read_by_somebody(name: str) -> None:
    service = services()[name]
    told = set(service.get("environment", {}))
    known = SETTINGS | {f"{secret}_FILE" for secret in SECRETS}
    if not service["image"].startswith(OURS):
        scripts = "".join(file.read_text(encoding="utf-8") for file in mounted(service).values())
        known = OF_POSTGRES if name == "postgres" else set()
        known |= {setting for setting in told if f"${setting}" in scripts or f"${{{setting}" in scripts}
    assert told <= known


@pytest.mark.parametrize("name", NAMES)
def test_secrets_are_files_that_the_service_is_given(name: str) -> None:
    service = services()[name]
    settings = service.get("environment", {})
    assert not {setting for setting in settings if setting in SECRETS and "PASSWORD" in setting}
    files = {value.removeprefix("/run/secrets/") for key, value in settings.items() if key.endswith("_FILE")}
    assert files <= set(service.get("secrets", []))
    assert set(service.get("secrets", [])) <= set(stack()["secrets"])
    for secret in stack()["secrets"].values():
        assert secret["file"].startswith("deploy/secrets/")


def test_ours_are_started_as_the_program_knows_them() -> None:
    for name, service in services().items():
        if service["image"].startswith(OURS):
            (part,) = service["command"]
            assert part in PARTS, name


def test_what_an_image_is_made_of_is_there_and_no_secret_is() -> None:
    lines = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY") and "--from" not in line]
    sources = [source.rstrip("/") for group in copied for source in group]
    assert sources
    assert [source for source in sources if not (ROOT / source).exists()] == []
    ignored = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = [line[1:] for line in ignored if line.startswith("!")]
    assert "*" in ignored
    assert all(any(Path(source).is_relative_to(path) for path in let_in) for source in sources)
    assert not any(Path("deploy/secrets").is_relative_to(path) for path in let_in)
    bases = [line.split()[1] for line in lines if line.startswith("FROM")]
    stages = {line.split()[3] for line in lines if line.startswith("FROM")}
    assert all(VERSION.match(base) for base in bases if base not in stages)
    assert [line for line in lines if line.startswith("USER")][-1] == "USER 10001:10001"


def test_the_proxy_lets_go_of_a_connection_before_the_web_server_does() -> None:
    """Else a form is sent into a connection that is being closed, and nobody may send it again."""
    configuration = (ROOT / "deploy" / "proxy" / "nginx.conf").read_text(encoding="utf-8")
    upstream = re.search(r"upstream application \{(.*?)\}", configuration, re.DOTALL)
    assert upstream is not None
    kept = re.search(r"keepalive_timeout (\d+)s;", upstream[1])
    assert kept is not None
    assert int(kept[1]) < SECONDS_A_CONNECTION_IDLES


def test_the_proxy_passes_streams_on_as_they_come() -> None:
    """Every address that the application answers with a stream, and no other."""
    configuration = (ROOT / "deploy" / "proxy" / "nginx.conf").read_text(encoding="utf-8")
    found = re.search(r"location ~ (\S+) \{([^}]*)\}", configuration)
    assert found is not None
    assert "proxy_buffering off;" in found[2]
    paths = ("/api/v2/projects/abc-1/live/", "/livez/stream", "/api/v2/projects/abc-1/", "/livez", "/live/")
    assert [bool(re.search(found[1], path)) for path in paths] == [bool(STREAM.fullmatch(path)) for path in paths]
    assert any(STREAM.fullmatch(path) for path in paths)
