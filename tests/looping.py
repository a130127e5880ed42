"""How a test runs a coroutine: in a thread of its own.

The browser's driver keeps an event loop running in the main thread from its first test to the end
of the run, and `asyncio.run` refuses a second one in the same thread.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def run(coroutine: Coroutine[object, object, T]) -> T:
    """What the coroutine returns; what it raises is raised here."""
    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(asyncio.run, coroutine).result()
