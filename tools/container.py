"""`make container`: build the image with Docker or podman, run it without rights, say what was seen.

The first of the two that works is taken. CONTAINER_BUILD may hold further words for the build: a
network, a proxy, a certificate of the house. It leaves the image `treatment-guide` behind.
"""

import http.client
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools" / "bench")]

from balanced import journey

IMAGE = NAME = "treatment-guide"
VOLUME = "treatment-guide-check"
PAGE = "/options/prp/"
#: Docker kills what has not ended by then.
PATIENCE = 10
HARDENED = ["--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges"]


def runs(*command: str) -> bool:
    """True when a command succeeds; what it prints is not shown."""
    return not subprocess.run(command, check=False, capture_output=True).returncode


def find_engine() -> str:
    """The command of a container engine that answers."""
    for command in ("docker", "podman"):
        if shutil.which(command) and runs(command, "info"):
            return command
    raise SystemExit("This needs Docker or podman (on Debian and Ubuntu: apt install podman).")


ENGINE = find_engine()


def engine(*words: str, fail: bool = True) -> str:
    """What a command of the engine printed; without `fail` an empty text when it failed."""
    done = subprocess.run([ENGINE, *words], check=False, capture_output=True, text=True)
    if done.returncode and fail:
        raise SystemExit(f"{ENGINE} {shlex.join(words)}\n{done.stdout}{done.stderr}")
    return "" if done.returncode else done.stdout.strip()


def inside(*words: str, fail: bool = True) -> str:
    """What a command inside the container printed."""
    return engine("exec", NAME, *words, fail=fail)


def build() -> None:
    """Build the image. Podman's own format would drop the health check."""
    command = [ENGINE, "build", "-f", "deploy/Containerfile", "-t", IMAGE]
    command += ["--format", "docker"] if ENGINE == "podman" else []
    command += [*shlex.split(os.environ.get("CONTAINER_BUILD", "")), "."]
    if subprocess.run(command, check=False, cwd=ROOT).returncode:
        raise SystemExit("the image could not be built")


def start() -> int:
    """Run the image with no rights and one volume; its port, once it answers."""
    no_tmp = ["--read-only-tmpfs=false"] if ENGINE == "podman" else []
    engine(
        *("run", "--detach", "--name", NAME, *HARDENED, *no_tmp, "--volume", f"{VOLUME}:/data"),
        *("--publish", "127.0.0.1::8000", "--env", "ALLOWED_HOSTS=guide.example.org,localhost"),
        IMAGE,
    )
    return wait()


def wait() -> int:
    """The port, once the guide answers."""
    for _ in range(300):
        port = int(engine("port", NAME, "8000/tcp").split(":")[-1])
        if ask(port, "/healthz")[0] == 200:
            return port
        time.sleep(0.1)
    raise SystemExit(f"the guide does not start:\n{engine('logs', NAME)}")


def ask(port: int, path: str, body: str | None = None) -> tuple[int, str]:
    """Status and text of an address; status 0 when no server answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Host": "guide.example.org", "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request("POST" if body else "GET", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


def stalled(port: int) -> socket.socket:
    """A reader who has sent half a form and says no more."""
    client = socket.create_connection(("127.0.0.1", port))
    client.sendall(
        b"POST /feedback/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\npage="
    )
    time.sleep(0.5)
    return client


def stop() -> tuple[float, int]:
    """Seconds until the container has ended, and the status it ended with."""
    began = time.monotonic()
    engine("stop", "--time", "30", NAME)
    status = engine("inspect", "--format", "{{.State.ExitCode}}", NAME)
    return time.monotonic() - began, int(status)


def check_all(say: Callable[[str, bool], None]) -> None:
    """Run the image and look at it from outside and inside."""
    port = start()
    say("a page answers", ask(port, PAGE)[0] == 200)
    steps = journey(port, "knee")
    say("the questionnaire leads to an outcome", steps[-1][0] == 200 and len(steps) > 4)
    asked = json.loads(engine("inspect", "--format", "{{json .Config.Healthcheck.Test}}", IMAGE))
    say("the health check passes", runs(ENGINE, "exec", NAME, *asked[1:]))
    say("it is not root", inside("id", "-u") != "0")
    capabilities = inside("grep", "CapEff", "/proc/1/status").split()[-1]
    say("the first process has no rights", int(capabilities, 16) == 0)
    say("the server is the first process", "serve" in inside("cat", "/proc/1/cmdline"))
    for place in ("/guide", "/build", "/venv", "/tmp"):
        say(f"{place} cannot be written", not runs(ENGINE, "exec", NAME, "touch", f"{place}/x"))
    say(
        "no tests, no tools inside",
        inside("ls", "/guide").split()
        == sorted(
            ["content", "manage.py", "requirements-postgres.txt", "requirements.txt"]
            + ["static", "templates", "treatment_guide"]
        ),
    )
    say("/data can be written", runs(ENGINE, "exec", NAME, "touch", "/data/x"))
    say("feedback is taken", ask(port, "/feedback/", f"page={PAGE}&yes=1")[0] == 303)
    seconds, status = stop()
    say(f"it stops when told ({seconds:.1f} s)", seconds < PATIENCE and status == 0)
    engine("start", NAME)
    port = wait()
    say(
        "feedback is kept over a restart",
        PAGE in inside("/venv/bin/python", "manage.py", "feedback"),
    )
    with stalled(port):
        seconds, status = stop()
    say(
        f"a reader who stalls holds it for {seconds:.1f} s only", seconds < PATIENCE and status == 0
    )


def main() -> None:
    """Build, check, clean up; status 1 when something was not as it should be."""
    build()
    wrong: list[str] = []

    def say(what: str, right: bool) -> None:
        print(f"{'yes' if right else 'NO '}  {what}", flush=True)
        wrong.extend([] if right else [what])

    try:
        check_all(say)
    finally:
        engine("rm", "--force", NAME, fail=False)
        engine("volume", "rm", VOLUME, fail=False)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
