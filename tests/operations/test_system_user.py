"""A closed folder lets the one user pass that the servers run as, and nobody else."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ahsp.operations.stack.system_user import SystemUser, let_pass, servers_user

STRANGER = SystemUser(uid=54321, gid=54321)


@pytest.mark.skipif(sys.platform != "linux", reason="access lists are kept as Linux keeps them")
def test_one_user_may_pass_and_the_folder_stays_closed_to_others(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "inner").mkdir(mode=0o750)
    let_pass(closed / "inner", STRANGER)
    before = os.getxattr(closed, "system.posix_acl_access")
    assert STRANGER.uid.to_bytes(4, "little") in before
    assert closed.stat().st_mode & 0o007 == 0
    assert closed.stat().st_mode & 0o700 == 0o700
    let_pass(closed / "inner", STRANGER)
    assert os.getxattr(closed, "system.posix_acl_access") == before


@pytest.mark.skipif(sys.platform != "linux", reason="access lists are kept as Linux keeps them")
def test_an_open_folder_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    let_pass(folder, STRANGER)
    assert "system.posix_acl_access" not in os.listxattr(folder)


def test_servers_never_run_as_root() -> None:
    user = servers_user()
    if os.geteuid() == 0:
        assert user is not None
        assert user.uid != 0
    else:
        assert user is None
