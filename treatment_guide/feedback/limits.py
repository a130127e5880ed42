"""Rate limits of feedback: token buckets for all, for one page and for one network.

Each bucket refills steadily. One network has the smallest share, so that it cannot shut out
others. django-ratelimit (last release 2023) counts in fixed windows in a shared cache, which this
site does not have.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

HOUR = 3_600.0
#: For all, for one page, from one network: how many at once, and how many an hour after that.
IN_ALL = (60, 300)
A_PAGE = (10, 30)
A_NETWORK = (5, 20)
#: The most networks with a bucket of their own. The other limits hold for all.
MOST_NETWORKS = 10_000


@dataclass
class Bucket:
    """A token bucket: so many at once, and so many an hour."""

    burst: int
    an_hour: int
    left: float
    seen: float

    @classmethod
    def full(cls, limit: tuple[int, int], now: float) -> "Bucket":
        """A full bucket. `now` is in seconds."""
        burst, an_hour = limit
        return cls(burst, an_hour, float(burst), now)

    def has(self, now: float) -> bool:
        """True when one may be taken at `now` (seconds of a monotonic clock)."""
        self.left = min(float(self.burst), self.left + (now - self.seen) * self.an_hour / HOUR)
        self.seen = now
        return self.left >= 1


class Limits:
    """All buckets. Safe for threads. The bucket of a network is deleted within an hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: Bucket | None = None
        self._pages: dict[str, Bucket] = {}
        #: By network; the one not heard of for the longest time comes first.
        self._networks: OrderedDict[bytes, Bucket] = OrderedDict()

    def take(self, page: str, network: bytes | None, now: float) -> bool:
        """Take one from each bucket and return True, or take none and return False.

        `page` is an address of the guide, so the number of buckets is limited.
        """
        with self._lock:
            self._forget(now)
            self._all = self._all or Bucket.full(IN_ALL, now)
            buckets = [self._all, self._pages.setdefault(page, Bucket.full(A_PAGE, now))]
            if network is not None:
                buckets.append(self._networks.setdefault(network, Bucket.full(A_NETWORK, now)))
                self._networks.move_to_end(network)
                if len(self._networks) > MOST_NETWORKS:
                    self._networks.popitem(last=False)
            allowed = all(bucket.has(now) for bucket in buckets)
            for bucket in buckets if allowed else ():
                bucket.left -= 1
            return allowed

    def forget(self, now: float) -> int:
        """Delete the networks whose bucket is full again; return how many are left."""
        with self._lock:
            self._forget(now)
            return len(self._networks)

    def _forget(self, now: float) -> None:
        """Delete full buckets: they hold nothing that a new one would not. One is full again after
        15 minutes.
        """
        burst, an_hour = A_NETWORK
        while self._networks:
            network, bucket = next(iter(self._networks.items()))
            if now - bucket.seen < burst * HOUR / an_hour:
                break
            del self._networks[network]
