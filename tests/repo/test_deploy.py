"""The files of deploy/ fit the code, the Makefile and each other. `make container` runs them."""

import json
import re
import shlex
from pathlib import Path

import pytest
import yaml

from treatment_guide import settings
from treatment_guide.environment.reading import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
COMPOSE_TEXT = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(COMPOSE_TEXT)
UNIT = (DEPLOY / "treatment-guide@.service").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def steps(instruction: str) -> list[str]:
    """What follows an instruction in the Containerfile, each time it stands there."""
    whole = CONTAINERFILE.replace("\\\n", " ")
    return re.findall(rf"^{instruction} +(.*)$", whole, re.MULTILINE)


def variable(name: str) -> str:
    """What the Containerfile sets a variable to."""
    return re.search(rf"\b{name}=(\S+)", CONTAINERFILE).group(1)


@pytest.mark.parametrize(
    "name", ["deploy/treatment-guide@.service", "deploy/Containerfile", "Makefile"]
)
def test_the_server_is_started_by_our_command_alone(name: str) -> None:
    """`manage.py serve` knows how the server runs; no other file repeats it."""
    text = (ROOT / name).read_text(encoding="utf-8")

    assert "manage.py serve" in text
    assert "granian" not in text.lower()


def test_the_container_ends_before_it_is_killed() -> None:
    """A reader who stalls holds a stop for some seconds only: Docker kills after ten."""
    patience = int(variable("STOP_SECONDS"))

    assert patience < 10
    assert patience < int(COMPOSE["services"]["guide"]["stop_grace_period"].removesuffix("s"))


def said(name: str) -> list[str]:
    """What the unit says of something, each time it says it."""
    return re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)


def test_a_stop_lets_workers_finish() -> None:
    """Under steady load a worker needs more than ten seconds to end: killed, it drops requests.
    Yet it ends before systemd loses patience.
    """
    patience = settings.STOP_SECONDS

    assert patience >= 20
    assert patience < int(said("TimeoutStopSec")[0])


def test_a_worker_that_is_killed_for_its_memory_does_not_stop_the_others() -> None:
    """systemd would stop the whole unit."""
    assert said("OOMPolicy") == ["continue"]


def test_what_a_reader_answered_is_never_on_a_disk() -> None:
    """No core file and no swap: in the unit, the compose file and the command for the container."""
    guide, proxy = (COMPOSE["services"][name] for name in ("guide", "proxy"))
    (run,) = re.findall(r"^#   docker run (.*)$", CONTAINERFILE, re.MULTILINE)
    memory, swap = re.search(r"--memory (\S+) --memory-swap (\S+) ", run).groups()

    assert (said("LimitCORE"), said("MemorySwapMax")) == (["0"], ["0"])
    assert guide["ulimits"] == proxy["ulimits"] == {"core": 0}
    assert guide["mem_limit"] == guide["memswap_limit"]
    assert "--ulimit core=0 " in run
    assert memory == swap


def test_the_unit_runs_the_folder_of_a_release_not_a_link_that_is_switched() -> None:
    """A worker that is started anew must not take up the code of another release; and builds stand
    outside of all releases.
    """
    (folder,), environment = (
        said("WorkingDirectory"),
        dict(e.split("=", 1) for e in said("Environment")),
    )
    commands = said("ExecStart") + said("ExecStartPre")

    assert environment["PORT"] == "%i"
    assert not environment["BUILD_DIR"].startswith(folder)
    assert all("cd -P . && exec .venv/bin/python manage.py" in command for command in commands)
    assert said("ExecReload") == []


def test_two_ports_share_what_they_write() -> None:
    """Two dynamic users would take the feedback from each other; and the folder for counts stays
    while one of the two goes.
    """
    assert said("User") and said("DynamicUser") == ["yes"]
    assert said("StateDirectory") == ["treatment-guide"]
    assert said("RuntimeDirectoryPreserve") == ["yes"]


def test_the_documents_say_how_to_switch_word_for_word() -> None:
    """docs/running.md, the unit and the script itself name the same places."""
    manual = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    script = (DEPLOY / "switch.py").read_text(encoding="utf-8")
    command = "sudo python3 /srv/treatment-guide/releases/2026.2/deploy/switch.py"

    assert all(command in text for text in (manual, UNIT, script))
    for place in (said("WorkingDirectory")[0], "/etc/treatment-guide.env", "/etc/nginx/guide"):
        assert place in manual
    for place in ("/etc/treatment-guide.env", "/etc/nginx/guide/upstream.conf", "(8001, 8002)"):
        assert place in script


def test_the_server_is_the_first_process() -> None:
    """A shell as the first process would not pass on the signal to stop."""
    (command,) = steps("CMD")
    shell, option, script = json.loads(command)

    assert (shell, option) == ("sh", "-c")
    assert script.split("; ")[-1].startswith("exec ")


def test_the_image_runs_as_somebody_without_rights() -> None:
    """The last user is a number, and not root: a cluster can tell."""
    assert int(steps("USER")[-1]) > 0


def test_what_is_copied_into_the_image_is_there() -> None:
    """Every source of a COPY from the repository exists, and is not left out of the build."""
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    sources = [
        source
        for copy in steps("COPY")
        if not copy.startswith("--from")
        for source in shlex.split(copy)[:-1]
    ]

    assert [s for s in sources if not (ROOT / s).exists() or s in left_out] == []
    assert {"treatment_guide", "content", "templates", "static"} <= set(sources)


def test_no_tool_and_no_secret_goes_into_the_image() -> None:
    """Tests, tools, keys and what one machine made stay outside."""
    left_out = set((ROOT / ".dockerignore").read_text(encoding="utf-8").split())

    assert {".git", ".venv", ".env", "deploy", "tests", "tools"} <= left_out
    assert not any("requirements-dev" in step for step in steps("COPY") + steps("RUN"))


def test_git_leaves_out_what_the_compose_file_asks_for() -> None:
    """A private key and a name of one house are never committed."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()

    assert {".env", "deploy/tls/"} <= set(ignored)


def test_base_images_say_their_version() -> None:
    """`latest` and `stable` become another program one day, without a change of ours."""
    images = [step.split()[0] for step in steps("FROM")]
    images += [s["image"] for s in COMPOSE["services"].values() if "image" in s]

    assert [i for i in images if not re.search(r":\d+\.\d+", i)] == []
    assert len({i for i in images if "python" in i}) == 1


def test_the_compose_file_names_files_that_are_there() -> None:
    """The Containerfile and what is mounted exist; the certificate is brought by whoever runs it."""
    build = COMPOSE["services"]["guide"]["build"]
    mounted = {v.split(":")[0] for v in COMPOSE["services"]["proxy"]["volumes"]} - {"./tls"}

    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()
    assert [m for m in mounted if not (DEPLOY / m).exists()] == []


@pytest.mark.parametrize("service", COMPOSE["services"])
def test_nothing_in_the_compose_file_has_rights_to_spare(service: str) -> None:
    """No service writes its own files, gains rights, or keeps those it does not need."""
    said = COMPOSE["services"][service]

    assert said["read_only"] is True
    assert said["cap_drop"] == ["ALL"]
    assert said["security_opt"] == ["no-new-privileges:true"]


def test_a_missing_name_is_asked_for_in_words() -> None:
    """`${NAME:?}` without words is passed on as it stands by some versions of podman-compose."""
    assert re.findall(r"\$\{\w+:\?\}", COMPOSE_TEXT) == []


def test_health_is_asked_alike_by_the_image_and_the_compose_file() -> None:
    """Podman's own format of images drops the question; the compose file asks it again."""
    (image,) = steps("HEALTHCHECK")
    command = json.loads(image.split("CMD ", 1)[1])

    assert COMPOSE["services"]["guide"]["healthcheck"]["test"] == ["CMD", *command]
    compile(command[-1], "HEALTHCHECK", "exec")


def test_the_proxy_finds_the_guide() -> None:
    """nginx asks for the service by its name and port, and its address stays the same."""
    guide = COMPOSE["services"]["guide"]
    upstream = (DEPLOY / "nginx" / "upstream.conf").read_text(encoding="utf-8")

    assert re.search(r"server guide:(\d+);", upstream).group(1) == steps("EXPOSE")[0]
    assert guide["networks"]["inside"]["ipv4_address"]


def test_the_proxy_keeps_nothing_of_a_reader() -> None:
    """No log of addresses; what is sent or answered is not laid on a disk on its way."""
    assert re.search(r"^\s*access_log off;", NGINX, re.MULTILINE)
    assert "proxy_max_temp_file_size 0;" in NGINX
    sizes = re.findall(r"client_(?:max_body|body_buffer)_size (\w+);", NGINX)
    assert len(sizes) == 2 and len(set(sizes)) == 1


@pytest.mark.parametrize(
    "text", [CONTAINERFILE, COMPOSE_TEXT, UNIT], ids=["image", "compose", "unit"]
)
def test_every_setting_that_deploy_names_is_read(text: str) -> None:
    """A variable set in vain would mislead: the guide reads it, or the file itself does."""
    named = set(re.findall(r"(?:^Environment=|[ \n]ENV |^ +)([A-Z_]{5,})[=:]", text, re.MULTILINE))
    own = {"PYTHONDONTWRITEBYTECODE", "GUIDE_HOST"}

    assert sorted(named - own - set(VARIABLES)) == []
