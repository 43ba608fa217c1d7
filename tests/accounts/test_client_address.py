"""Who a request comes from, whatever its headers claim."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.conf import LazySettings
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from ahsp.core.client_address import UNKNOWN, client_address, client_network
from ahsp.environment import SettingError, networks

OURS = tuple(ip_network(text) for text in ("10.0.0.0/8", "fd00::/8", "127.0.0.1"))
CLIENT = "203.0.113.7"


@pytest.fixture(autouse=True)
def proxies(settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = OURS


def address(peer: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        (CLIENT, None, CLIENT),
        (CLIENT, "198.51.100.1", CLIENT),
        (CLIENT, "10.0.0.1", CLIENT),
        ("10.0.0.1", CLIENT, CLIENT),
        ("10.0.0.1", f"198.51.100.1, {CLIENT}", CLIENT),
        ("10.0.0.1", f"198.51.100.1, {CLIENT}, 10.2.3.4", CLIENT),
        ("10.0.0.1", f"{CLIENT},10.9.9.9,fd00::2", CLIENT),
        ("10.0.0.1", f"10.0.0.5, {CLIENT}", CLIENT),
        ("10.0.0.1", f"{CLIENT}:4711", CLIENT),
        ("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("10.0.0.1", "2001:DB8:0:0::1", "2001:db8::1"),
        ("fd00::1", "2001:db8::1", "2001:db8::1"),
        ("::ffff:10.0.0.1", f"::ffff:{CLIENT}", CLIENT),
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"),
        ("10.0.0.1", f"{CLIENT}, <script>", "10.0.0.1"),
        ("10.0.0.1", f"{CLIENT}, unknown, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", f"{CLIENT},", "10.0.0.1"),
        ("10.0.0.1", "999.1.1.1", "10.0.0.1"),
        ("10.0.0.1", "fe80::1%eth0", "fe80::1"),
        ("10.0.0.1", ", ".join([CLIENT] + ["10.0.0.2"] * 50), "10.0.0.2"),
        ("", CLIENT, UNKNOWN),
        ("socket", CLIENT, UNKNOWN),
    ],
)
def test_the_client_is_the_first_that_no_proxy_of_ours_vouches_for(
    peer: str, forwarded: str | None, client: str
) -> None:
    assert address(peer, forwarded) == client


@pytest.mark.parametrize("header", ["X-Real-IP", "Forwarded", "X-Client-IP", "CF-Connecting-IP"])
def test_no_other_header_names_a_client(header: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={header: CLIENT})
    assert client_address(request) == "10.0.0.1"


@given(forwarded=st.text(max_size=200))
def test_no_header_makes_it_fail(forwarded: str) -> None:
    assert address(CLIENT, forwarded) == CLIENT
    assert address("10.0.0.1", forwarded)


def test_limits_count_a_whole_ipv6_line_together() -> None:
    def network(peer: str) -> str:
        return client_network(RequestFactory().get("/", REMOTE_ADDR=peer))

    assert network("2001:db8:1:2:3::1") == network("2001:db8:1:2:ffff::9") == "2001:db8:1:2::"
    assert network("2001:db8:1:3::1") != network("2001:db8:1:2::1")
    assert network(CLIENT) == CLIENT
    assert network("") == UNKNOWN


def test_a_network_that_is_none_stops_the_start_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AHSP_TRUSTED_PROXIES", "10.0.0.0/8, 10.1.2.3/8")
    with pytest.raises(SettingError, match=r"^AHSP_TRUSTED_PROXIES must be addresses or networks[^\n]+$"):
        networks("AHSP_TRUSTED_PROXIES")
