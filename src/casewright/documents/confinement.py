"""What a process gives up before it parses a stranger's file: memory, time, the network, writing.

Every step is the operating system's where it can be; the audit hook stands behind them all, and alone
where a kernel refuses (a container without user namespaces) or knows nothing of it (macOS).
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from typing import cast

from casewright.documents.limits import Limits

_NEW_NETWORK = 0x40000000
_NEW_USER = 0x10000000
_DIE_WITH_PARENT = 1
_NO_NEW_PRIVILEGES = 38
_KILL = 9
_OPEN_FILES = 64

_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "pty.",
    "shutil.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.kill",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "os.utime",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Forbidden(PermissionError):
    """The process tried what it has given up."""


def limit_resources(limits: Limits) -> None:
    """Bounds memory, processor time and open files, and forbids core files and further processes."""
    _limit("RLIMIT_AS", limits.memory)
    # A second between the two: at the hard limit the kernel kills without saying why.
    _limit("RLIMIT_CPU", limits.seconds, spare=1)
    _limit("RLIMIT_NOFILE", _OPEN_FILES)
    _limit("RLIMIT_CORE", 0)
    # Root may start processes all the same; for it there is the audit hook.
    _limit("RLIMIT_NPROC", 0)


def give_up_network_and_files() -> None:
    """From here on no connection, no program started, no file written. What is needed is loaded before."""
    if sys.platform == "linux":
        _leave_network()
    _limit("RLIMIT_FSIZE", 0)
    sys.addaudithook(_refuse)


def _limit(name: str, value: int, *, spare: int = 0) -> None:
    """Lowers a limit for good. A system that hasn't got it, or can't set it (macOS: the address space),
    goes without: the time limit of the parent holds everywhere."""
    kind = cast("int | None", getattr(resource, name, None))
    if kind is None:
        return
    _, most = resource.getrlimit(kind)
    hard = value + spare if most == resource.RLIM_INFINITY else min(value + spare, most)
    try:
        resource.setrlimit(kind, (min(value, hard), hard))
    except (ValueError, OSError):
        if sys.platform == "linux":
            raise


def _leave_network() -> None:
    """Moves into a network of its own without a way out, dies with the parent, and can't gain rights.

    A kernel that grants no user namespace may still grant root a network; where it grants neither, the
    audit hook is what keeps the process off the network.
    """
    library = ctypes.CDLL(None)
    library.prctl(_DIE_WITH_PARENT, _KILL, 0, 0, 0)
    library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if library.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        library.unshare(_NEW_NETWORK)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITING:
            raise Forbidden(event)
    elif event.startswith(_FORBIDDEN):
        raise Forbidden(event)
