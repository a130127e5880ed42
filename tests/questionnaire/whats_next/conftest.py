"""The fixtures of the tests of the questionnaire."""

import pytest

from tests.questionnaire.whats_next.shared import (
    IN_ADDRESS,
    LIBRARY,
    QUESTIONS,
)
from tests.stories import choices_of
from treatment_guide.engine.code import decode
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.reader import Reader


@pytest.fixture
def post(client):
    """Answer a question: `post("cause", code, cause="arthritis")`. Several choices: "a b"."""

    def answer(question, code, headers=None, **fields):
        data = {name.replace("_", "-"): text.split() for name, text in fields.items()}
        return client.post(f"/whats-next/{question}/{code}/", data, headers=headers or {})

    return answer


@pytest.fixture
def read():
    """What an address of the questionnaire says: its page, and the answers in its code."""

    def split(address):
        page, code = IN_ADDRESS.fullmatch(address).groups()
        found = decode(LIBRARY.layout, QUESTIONS, code)
        return page, {name: " ".join(sorted(chosen)) for name, chosen in found.answers.items()}

    return split


@pytest.fixture(scope="session")
def expected():
    """The groups that the engine gives for some answers."""

    def groups(answers):
        return {
            s.option: s.group for s in narrow(Reader(LIBRARY.guide, choices_of(answers))).standings
        }

    return groups


@pytest.fixture(scope="session")
def client_for_many(django_test_environment):
    """A client for tests that ask many times."""
    from django.test import Client

    return Client()
