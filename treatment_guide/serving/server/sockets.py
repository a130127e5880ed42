"""Clients who ask and never read. Granian has no limit for them; the system has one."""

import os
import socket
import stat
from contextlib import suppress

from treatment_guide.serving.server import limits


def close_unread(port: int) -> bool:
    """Let the system close a connection whose client takes nothing for `UNREAD_MILLISECONDS`.

    Set on the listening socket of this process, it holds for every connection that is accepted
    there (tcp(7), TCP_USER_TIMEOUT; a window of zero counts). Returns True once that is done, and
    where the system has no such limit.
    """
    if not hasattr(socket, "TCP_USER_TIMEOUT") or not os.path.isdir("/proc/self/fd"):
        return True
    done = False
    for number in map(int, os.listdir("/proc/self/fd")):
        with suppress(OSError):  # closed meanwhile
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            with socket.socket(fileno=os.dup(number)) as found:
                if _listens(found, port):
                    value = limits.UNREAD_MILLISECONDS
                    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, value)
                    done = True
    return done


def _listens(found: socket.socket, port: int) -> bool:
    return (
        found.family in (socket.AF_INET, socket.AF_INET6)
        and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 1
        and found.getsockname()[1] == port
    )
