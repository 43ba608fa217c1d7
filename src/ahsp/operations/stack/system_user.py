"""The unprivileged user the servers run as when the person is root: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ahsp.operations.stack.errors import StackError

NAME = "ahsp"

# The fields of a POSIX access control list as Linux keeps it in an extended attribute (acl(5)).
_ACL = "system.posix_acl_access"
_VERSION, _OWNER, _USER, _GROUP, _MASK, _OTHERS = 2, 0x01, 0x02, 0x04, 0x10, 0x20
_NO_ID = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class SystemUser:
    """Numbers of a user and its group in the system's tables."""

    uid: int
    gid: int


def servers_user() -> SystemUser | None:
    """None for an ordinary person, whose own user serves; for root a system user, made the first time."""
    if os.geteuid() != 0:
        return None
    entry = _find(NAME) or _make() or _find("nobody")
    if entry is None or entry.pw_uid == 0:
        raise StackError("stack.no_system_user", name=NAME)
    return SystemUser(entry.pw_uid, entry.pw_gid)


def _find(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _make() -> pwd.struct_passwd | None:
    """`useradd` on most systems, BusyBox's `adduser` on small ones; None where neither works."""
    for program, *options in (
        (
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir",
            "/",
            "--shell",
            "/bin/false",
        ),
        ("adduser", "-S", "-D", "-H", "-h", "/", "-s", "/bin/false"),
    ):
        path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if path is not None:
            subprocess.run([path, *options, NAME], capture_output=True)
            if entry := _find(NAME):
                return entry
    return None


def give_folder(folder: Path, user: SystemUser | None) -> None:
    """Make `folder`, closed to everybody but the servers' user, which can also reach it."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if user is not None:
        os.chown(folder, user.uid, user.gid)
        let_pass(folder.parent, user)


def let_pass(folder: Path, user: SystemUser | None) -> None:
    """Let `user` pass through `folder` and all above it, such as root's own closed home.

    An entry of the access list for this one user; nobody else gets in. Where the file system knows no such
    lists a StackError says what to do.
    """
    if user is None:
        return
    for step in (folder.resolve(), *folder.resolve().parents):
        if not _may_pass(step, user):
            _grant_passage(step, user)


def _may_pass(folder: Path, user: SystemUser) -> bool:
    status = folder.stat()
    if status.st_uid == user.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    entries = _read_list(folder, status.st_mode)
    mask = next((permissions for tag, permissions, _ in entries if tag == _MASK), 7)
    for tag, permissions, identifier in entries:
        if tag == _USER and identifier == user.uid:
            return bool(permissions & mask & 1)
    if status.st_gid == user.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def _read_list(folder: Path, mode: int) -> list[tuple[int, int, int]]:
    try:
        packed = os.getxattr(folder, _ACL)
    except (OSError, AttributeError):
        group = mode >> 3 & 7
        return [(_OWNER, mode >> 6 & 7, _NO_ID), (_GROUP, group, _NO_ID), (_OTHERS, mode & 7, _NO_ID)]
    return list(struct.iter_unpack("<HHI", packed[4:]))


def _grant_passage(folder: Path, user: SystemUser) -> None:
    entries = _read_list(folder, folder.stat().st_mode)
    kept = [entry for entry in entries if entry[0] != _MASK and not (entry[0] == _USER and entry[2] == user.uid)]
    # The mask bounds what groups and named users get: keep what it allowed, add the passage.
    allowed = [permissions for tag, permissions, _ in entries if tag == _MASK]
    mask = 1 | (allowed or [permissions for tag, permissions, _ in entries if tag == _GROUP])[0]
    listed = sorted([*kept, (_USER, 1, user.uid), (_MASK, mask, _NO_ID)], key=lambda entry: (entry[0], entry[2]))
    packed = struct.pack("<I", _VERSION) + b"".join(struct.pack("<HHI", *entry) for entry in listed)
    try:
        os.setxattr(folder, _ACL, packed)
    except (OSError, AttributeError) as error:
        raise StackError("stack.closed_folder", path=str(folder), user=NAME) from error
