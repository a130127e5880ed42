"""A machine to switch releases on: folders, nginx, and a systemctl that reads our unit.

No service manager runs where tests run. This one does what the unit says: its environment, its
folder, its commands, and how it is stopped.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "deploy" / "treatment-guide@.service"

SYSTEMCTL = '''#!{python}
"""systemctl, as far as deploy/switch.py needs it."""
import os, pathlib, shlex, signal, subprocess, sys, time
home = pathlib.Path({home!r})
verb, unit = sys.argv[1:]
number = unit.partition("@")[2]
rows = (home / "unit").read_text().replace("%i", number).splitlines()
said = lambda name: [row.partition("=")[2] for row in rows if row.startswith(name + "=")]
pid_file, on = home / f"{{unit}}.pid", home / f"{{unit}}.enabled"
with (home / "systemctl.log").open("a") as log:
    log.write(f"{{verb}} {{unit}}\\n")
def stop():
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text())
    pid_file.unlink()
    until = time.monotonic() + int(said("TimeoutStopSec")[0])
    try:
        os.kill(pid, signal.SIGTERM)
        while time.monotonic() < until:
            os.kill(pid, 0)
            time.sleep(0.05)
        os.killpg(pid, signal.SIGKILL)
        sys.exit("it did not end by itself")
    except ProcessLookupError:
        pass
def start():
    env = dict(os.environ)
    env |= dict(pair.split("=", 1) for pair in said("Environment"))
    (given,) = said("EnvironmentFile")
    rows = pathlib.Path(given.removeprefix("-")).read_text().splitlines()
    env |= dict(row.split("=", 1) for row in rows)
    (folder,) = said("WorkingDirectory")
    for command in said("ExecStartPre"):
        subprocess.run(shlex.split(command.removeprefix("-")), cwd=folder, env=env, check=False)
    (command,) = said("ExecStart")
    # The father goes, as with systemd: somebody else takes care of the child when it ends.
    if os.fork() == 0:
        os.setsid()
        pid_file.write_text(str(os.getpid()))
        os.chdir(folder)
        out = os.open(home / f"{{unit}}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0); os.dup2(out, 1); os.dup2(out, 2)
        words = shlex.split(command)
        os.execve(words[0], words, env)
    time.sleep(0.1)
harm = (home / "harm").read_text() if (home / "harm").exists() else ""
if harm == "it refuses" and verb == "restart":
    sys.exit("Job failed.")
if verb in ("stop", "restart"):
    stop()
if verb in ("start", "restart") and harm != "it starts nothing":
    start()
if verb == "enable":
    on.touch()
if verb == "disable":
    on.unlink(missing_ok=True)
'''


class Machine:
    """Releases in a folder, the link to the one that runs, and what systemd and nginx know."""

    def __init__(self, home: Path, upstream: Path, nginx: list[str], nginx_pid: Path) -> None:
        self.home, self.upstream, self.nginx, self.nginx_pid = home, upstream, nginx, nginx_pid
        self.environment = home / "treatment-guide.env"
        (home / "bin").mkdir()
        (home / "state").mkdir()
        text = UNIT.read_text(encoding="utf-8").replace(
            "/etc/treatment-guide.env", f"{home}/treatment-guide.env"
        )
        text = text.replace("/srv/treatment-guide", str(home))
        (home / "unit").write_text(text.replace("/var/lib/treatment-guide", f"{home}/state"))
        tool = home / "bin" / "systemctl"
        tool.write_text(SYSTEMCTL.format(python=sys.executable, home=str(home)))
        tool.chmod(0o755)

    def release(self, name: str) -> Path:
        """A new release in its folder: the code, the content and a virtual environment."""
        folder = self.home / "releases" / name
        folder.mkdir(parents=True)
        left_out = shutil.ignore_patterns("__pycache__")
        for part in ("treatment_guide", "templates", "static", "content", "deploy"):
            shutil.copytree(ROOT / part, folder / part, ignore=left_out)
        for part in ("manage.py", "requirements.txt"):
            shutil.copy(ROOT / part, folder / part)
        (folder / ".venv").symlink_to(sys.prefix)
        return folder

    def built(self, release: Path) -> subprocess.Popen[str]:
        """Begin to build a release, without the proof and with quick compression: not the matter
        of these tests, and a minute saved. `manage.py build` then finds the build standing.
        """
        code = (
            "import types, brotli, treatment_guide.engine.proof.audit as a; "
            "real = brotli.compress; brotli.compress = lambda data, **how: real(data, quality=3); "
            "a.audit = lambda *of: types.SimpleNamespace(findings=(), answer_sets=1); "
            "from django.core.management import execute_from_command_line as run; "
            "run(['manage.py', 'build'])"
        )
        rows = self.environment.read_text().splitlines()
        env = {**os.environ, **dict(row.split("=", 1) for row in rows)}
        env |= {"BUILD_DIR": str(self.home / "build")}
        env |= {"DJANGO_SETTINGS_MODULE": "treatment_guide.settings"}
        command = [str(release / ".venv" / "bin" / "python"), "-c", code]
        return subprocess.Popen(
            command,
            cwd=release,
            env=env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def switch(
        self, release: Path, ports: tuple[int, int], *, prepared: bool = False
    ) -> tuple[int, str]:
        """Run the release's own deploy/switch.py, as docs/running.md says; how it ended, what it
        said. `prepared` leaves the build and the check out, which were made before.
        """
        env = {**os.environ, "PATH": f"{self.home}/bin:{os.environ['PATH']}"}
        env["DJANGO_SETTINGS_MODULE"] = "treatment_guide.settings"
        command = [sys.executable, str(release / "deploy" / "switch.py")]
        if prepared:
            code = "import runpy, sys; del sys.argv[0]; here = runpy.run_path(sys.argv[0]); "
            code += "here['in_words'](here['switch'])"
            command = [sys.executable, "-c", code, command[1]]
        command += ["--environment", str(self.environment), "--upstream", str(self.upstream)]
        command += ["--ports", *map(str, ports), "--nginx", " ".join(self.nginx)]
        command += ["--nginx-pid", str(self.nginx_pid)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    @property
    def enabled(self) -> list[str]:
        """The units that a restart of the machine would start."""
        return sorted(re.sub(r"\.enabled$", "", p.name) for p in self.home.glob("*.enabled"))

    @property
    def running(self) -> list[str]:
        """The units that run."""
        return sorted(
            p.name.removesuffix(".pid")
            for p in self.home.glob("*.pid")
            if Path(f"/proc/{p.read_text()}").exists()
        )

    def close(self) -> None:
        """Stop everything."""
        for unit in self.running:
            subprocess.run([self.home / "bin" / "systemctl", "stop", unit], check=False)
