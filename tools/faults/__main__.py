"""`make faults` (or `tools/faults WORD...`, by words of scenarios): break a running guide in every
way we can think of, and say what readers saw.

A real server with two workers from a real build; each scenario prints a line, and the script fails
when a reader would have got a wrong page, when an answer leaked, or when the guide did not come
back. `make faults PLANTED=1` plants faults in the guide, to see that each is caught.
"""

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import attacks
import clock
import disk
import network
import planted
import proxied
import workers
from guide import Failed, NotHere, NotStarted, Place, Request, manage, new_outcomes, stop

import content

Scenario = Callable[[Place], str]
SCENARIOS: dict[str, Scenario] = {
    "a worker is killed": workers.killed,
    "a worker gets no more memory": workers.without_memory,
    "the kernel kills a worker for its memory": workers.killed_for_memory,
    "workers are replaced (SIGHUP)": workers.replaced,
    "a graceful stop (SIGTERM)": workers.stopped,
    "a proxy cuts connections": network.proxy_cuts,
    "10,000 slow clients": network.slow,
    "a flood of codes": network.flooded,
    "slow forms": attacks.slow_forms,
    "silent connections": attacks.silent,
    "answers that nobody reads": attacks.unread,
    "HTTP/2 that breaks off": attacks.http2,
    "attacks on nginx in front": proxied.behind_nginx,
    "a worker hangs": attacks.hung,
    "a stray file in a build": content.stray,
    "the database is locked": disk.locked,
    "the disk is full": disk.full,
    "no file may grow": disk.no_larger_files,
    "the disk turns read-only": disk.read_only,
    "a start where all is read-only": disk.all_read_only,
    "the clock is years wrong": clock.wrong,
    "builds of a clock that was wrong": clock.builds_of_other_days,
    "content is replaced and broken": content.replaced,
    "builds are half-written": content.half_builds,
}


def what_is_asked() -> list[Request]:
    """What readers go on asking: pages as files in each form, live pages, lists, outcomes."""
    pages = ["/", "/options/prp/", "/situations/knee-arthritis/", "/sources/"]
    asked = [Request(page, coding=coding) for page in pages for coding in ("", "gzip", "br")]
    asked += [Request("/whats-next/urgent/0/"), Request("/search/?q=knee")]
    for outcome in new_outcomes(12):
        code = outcome.path.split("/")[3]
        list_of = Request(f"/whats-next/response/{code}/", "POST", "response=not-sure", htmx=True)
        asked += [outcome, outcome._replace(coding="br"), list_of]
    return asked


def prepared(scratch: Path) -> Place:
    """A build, and what a guide answers from it that nobody harms."""
    code, said = manage("build", str(scratch / "build"))
    if code:
        raise SystemExit(said)
    place = Place(scratch, scratch / "build", {})
    guide = place.start()
    for request in what_is_asked():
        seen = guide.ask(request)
        if seen.status != 200 or seen.body in place.right.values():
            raise SystemExit(f"{request.path} answers {seen.status}, or as another page does")
        place.right[request] = seen.body
    stop(guide.process)
    return place


def play(place: Place, scenario: Scenario) -> tuple[str, str]:
    """How a scenario went (`holds`, `FAILS`, `DOES NOT START`, `not run here`), and what was seen.

    A planted guide that does not start has shown nothing of its fault, so that catches nothing.
    """
    try:
        with tempfile.TemporaryDirectory(dir=place.scratch) as own:
            return "holds", scenario(replace(place, scratch=Path(own)))
    except NotStarted as failed:
        return "DOES NOT START", str(failed)
    except Failed as failed:
        return "FAILS", str(failed)
    except NotHere as why:
        return "not run here", str(why)


def catch(place: Place, words: list[str]) -> bool:
    """Plant each fault in the guide, or those named, and play the scenarios that should see it.
    True when all were caught.
    """
    place.server = (str(Path(__file__).with_name("planted.py")),)
    place.could_start = (*place.server, "--could-start")
    caught = []
    for plant, names in planted.CAUGHT_BY.items():
        if words and not any(word in plant for word in words):
            continue
        os.environ[planted.NAME] = plant
        for name in names:
            how, said = play(place, SCENARIOS[name])
            caught.append(how == "FAILS")
            sign = "caught" if caught[-1] else "NOT CAUGHT"
            print(f'{sign}  {plant}, by "{name}": {said[:200]}', flush=True)
    return all(caught)


def main() -> None:
    """Play every scenario, or those named; or plant faults and see them caught."""
    disk.go_where_mounting_is_allowed()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and its guide is stopped too
    words = [word for word in sys.argv[1:] if word != "--planted"]
    chosen = {n: s for n, s in SCENARIOS.items() if not words or any(w in n for w in words)}
    with tempfile.TemporaryDirectory() as scratch:
        place = prepared(Path(scratch))
        if "--planted" in sys.argv:
            sys.exit(not catch(place, words))
        failed = False
        for name, scenario in chosen.items():
            how, said = play(place, scenario)
            failed |= how in ("FAILS", "DOES NOT START")
            print(f"{how}  {name}: {said}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
