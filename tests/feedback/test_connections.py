"""The database is opened for a note and closed after it; no other request looks at it."""

import pytest
from django.apps import apps
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, reset_queries

from treatment_guide.feedback import store

SIGNALS = (
    (request_started, reset_queries),
    (request_started, close_old_connections),
    (request_finished, close_old_connections),
)


@pytest.fixture
def as_django_begins():
    """Django's own receivers, as they are before an application is ready; and again at the end."""
    before = [signal.disconnect(receiver) for signal, receiver in SIGNALS]
    for signal, receiver in SIGNALS:
        signal.connect(receiver)
    yield
    for (signal, receiver), was in zip(SIGNALS, before, strict=True):
        signal.disconnect(receiver)
        if was:
            signal.connect(receiver)


def test_no_request_looks_for_connections(as_django_begins) -> None:
    """Django would, before and after every request, of the pages that need no database too."""
    apps.get_app_config("feedback").ready()

    assert [signal.disconnect(receiver) for signal, receiver in SIGNALS] == [False] * 3


def test_a_note_looks_after_its_connection(monkeypatch, db, the_day) -> None:
    """Before it, for one that the database has closed meanwhile; and after it, whatever happened."""
    looks = []
    monkeypatch.setattr(store, "close_old_connections", lambda: looks.append("look"))
    monkeypatch.setattr(store.Feedback.objects, "count", lambda: looks.append("write") or 0)

    assert store.Store()._write("/", True, "", store.date(2026, 11, 22), "2026.9") == "kept"
    assert looks == ["look", "write", "look"]
    monkeypatch.setattr(store, "MOST_ROWS", 0)
    assert store.Store()._write("/", True, "", store.date(2026, 11, 22), "2026.9") == "not-kept"
    assert looks == ["look", "write", "look"] * 2
    assert connection.connection is not None
