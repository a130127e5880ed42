"""A client who asks and never reads is let go by the system."""

import socket
import sys

import pytest

from treatment_guide.serving.server import limits
from treatment_guide.serving.server.sockets import close_unread

if sys.platform != "linux":
    pytest.fail("these tests look at sockets as Linux has them")


def test_unread_answers_are_given_up():
    """The limit of the listening socket holds for each connection that is accepted there."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        assert close_unread(port)

        with socket.create_connection(("127.0.0.1", port)), listening.accept()[0] as accepted:
            limit = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
    assert limit == limits.UNREAD_MILLISECONDS


def test_a_socket_that_is_not_there_yet_is_looked_for_again():
    """Granian opens it a moment later; sockets of others are left alone."""
    with socket.create_server(("127.0.0.1", 0)) as other, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))

        assert not close_unread(closed.getsockname()[1])
        assert other.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 0
