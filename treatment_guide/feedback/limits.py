"""How much feedback may come in: a few at once, and then so many an hour.

Every limit fills up again all the time, so nobody can use up an hour in a second. One network has
the smallest share: what it sends cannot shut out others. django-ratelimit (last release 2023) counts
in fixed windows in a cache, which we do not have.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

HOUR = 3_600.0
#: In all, for one page, from one network: how many at once, and how many an hour after that.
IN_ALL = (60, 300)
A_PAGE = (10, 30)
A_NETWORK = (5, 20)
#: Networks that are told apart at a time. A flood from more of them meets the other limits.
MOST_NETWORKS = 10_000


@dataclass
class Bucket:
    """So many at once, and so many an hour."""

    burst: int
    an_hour: int
    left: float
    seen: float

    @classmethod
    def full(cls, limit: tuple[int, int], now: float) -> "Bucket":
        """One from which nothing was taken."""
        burst, an_hour = limit
        return cls(burst, an_hour, float(burst), now)

    def has(self, now: float) -> bool:
        """True when one may be taken now (in seconds of any clock that never goes back)."""
        self.left = min(float(self.burst), self.left + (now - self.seen) * self.an_hour / HOUR)
        self.seen = now
        return self.left >= 1


class Limits:
    """What may still come in. Safe for several threads. Nothing in it outlives an hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: Bucket | None = None
        self._pages: dict[str, Bucket] = {}
        #: The network longest unheard of stands first.
        self._networks: OrderedDict[bytes, Bucket] = OrderedDict()

    def take(self, page: str, network: bytes | None, now: float) -> bool:
        """True when one more may come in; it is counted. A refused one is not.

        `page` is one of the guide's own addresses: there are only so many.
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
        """Forget the networks that are full again; how many are left."""
        with self._lock:
            self._forget(now)
            return len(self._networks)

    def _forget(self, now: float) -> None:
        """A network that is full again is as good as one never seen: in a quarter of an hour."""
        burst, an_hour = A_NETWORK
        while self._networks:
            network, bucket = next(iter(self._networks.items()))
            if now - bucket.seen < burst * HOUR / an_hour:
                break
            del self._networks[network]
