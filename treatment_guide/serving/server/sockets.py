"""A limit for clients that never read their answer. Granian has none; the operating system has."""

import os
import socket
import stat
from contextlib import suppress

from treatment_guide.serving.server import limits


def close_unread(port: int) -> bool:
    """Let the system close a connection whose client reads nothing for `UNREAD_MILLISECONDS`.

    TCP_USER_TIMEOUT (tcp(7)) on the listening socket of this process holds for every connection
    accepted there; a zero window counts. Returns True once it is set, and where the system has no
    such option.
    """
    if not hasattr(socket, "TCP_USER_TIMEOUT") or not os.path.isdir("/proc/self/fd"):
        return True
    done = False
    for number in map(int, os.listdir("/proc/self/fd")):
        with suppress(OSError):  # closed in the meantime
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
