"""Three processes of the app behind nginx, run from the very files in `deploy/`."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from benchmarks.server import ROOT
from tests.e2e.provider import free_port

DEPLOY = ROOT / "deploy"
PORTS = ("8601", "8602", "8603")
START_LIMIT = 120.0


def apart(function, *arguments):
    """Run something in a thread of its own: another test's browser may hold this one's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()


def nginx_program():
    return shutil.which("nginx") or "/usr/sbin/nginx"


def told(address, database):
    """Return the environment file that ships, with what an administrator changes in it."""
    lines = (DEPLOY / "parley.env.example").read_text("utf-8").splitlines()
    found = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(found) == {"PARLEY_ADDRESS", "PARLEY_DATABASE", "STREAMLIT_SERVER_ALLOWED_HOSTS"}
    return found | {
        "PARLEY_ADDRESS": f"{address}/",
        "PARLEY_DATABASE": database,
        "STREAMLIT_SERVER_ALLOWED_HOSTS": "127.0.0.1",
    }


def secrets_file(folder, address, provider):
    """Write the secrets that ship, with what an administrator changes in them."""
    text = (DEPLOY / "secrets.toml.example").read_text("utf-8")
    for shipped, own in (
        ("https://parley.example", address),
        ("https://login.example/", f"{provider.address}/o/"),
        ('client_secret = "CHANGE-ME"', f'client_secret = "{provider.secret}"'),
    ):
        assert text.count(shipped) == 1
        text = text.replace(shipped, own)
    text = re.sub(r"cookie_secret = .*", f'cookie_secret = "{os.urandom(32).hex()}"', text)
    (folder / "secrets.toml").write_text(text)
    return folder / "secrets.toml"


def command(port, secrets):
    """Return what the unit starts, on this machine."""
    unit = (DEPLOY / "parley@.service").read_text("utf-8").replace("\\\n", " ")
    words = shlex.split(re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)[1])
    own = {
        "/opt/parley/.venv/bin/python": sys.executable, "%i": str(port),
        "/etc/parley/secrets.toml": str(secrets),
    }  # fmt: skip
    assert set(own) <= set(words)
    return [own.get(word, word) for word in words]


class Farm:
    """The processes by number (1, 2, 3), and nginx in front of them."""

    def __init__(self, folder, database, provider):
        self.folder, self.provider = folder, provider
        self.address = f"http://127.0.0.1:{free_port()}"
        self.ports = [free_port() for _ in PORTS]
        self._environment = {
            **os.environ, **told(self.address, database), "HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
        }  # fmt: skip
        self._secrets = secrets_file(folder, self.address, provider)
        self._processes = {}
        for number in (1, 2, 3):
            self.start(number)
        for number in (1, 2, 3):
            self.wait(number)
        self._nginx = self._start_nginx()
        self._answers(f"{self.address}/_stcore/health", self._nginx)

    def start(self, number):
        port = self.ports[number - 1]
        with (self.folder / f"app-{number}.log").open("ab") as log:
            self._processes[number] = subprocess.Popen(
                command(port, self._secrets), cwd=ROOT, env=self._environment, stdout=log,
                stderr=subprocess.STDOUT,
            )  # fmt: skip

    def wait(self, number):
        address = f"http://127.0.0.1:{self.ports[number - 1]}/_stcore/health"
        self._answers(address, self._processes[number])

    def kill(self, number):
        process = self._processes.pop(number)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def said(self):
        return "".join(p.read_text("utf-8", "replace") for p in sorted(self.folder.glob("*.log")))

    def stop(self):
        for process in (self._nginx, *self._processes.values()):
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start_nginx(self):
        text = (DEPLOY / "nginx.conf").read_text("utf-8")
        own = dict(zip(PORTS, map(str, self.ports), strict=True))
        text = re.sub("|".join(PORTS), lambda found: own[found[0]], text)
        assert text.count("listen 80;") == 1
        text = text.replace("listen 80;", f"listen {self.address.removeprefix('http://')};")
        (self.folder / "parley.conf").write_text(text)
        places = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (self.folder / "nginx.conf").write_text(
            ("user root;\n" if os.geteuid() == 0 else "")
            + f"pid {self.folder}/nginx.pid;\nerror_log {self.folder}/nginx-error.log;\n"
            f"events {{}}\nhttp {{\naccess_log off;\n{places}"
            f"include {self.folder}/parley.conf;\n}}\n"
        )
        return subprocess.Popen(
            [nginx_program(), "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"),
             "-e", str(self.folder / "nginx-error.log"), "-g", "daemon off;"],
        )  # fmt: skip

    def _answers(self, address, process):
        deadline = time.monotonic() + START_LIMIT
        while True:
            assert process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            try:
                with urllib.request.urlopen(address, timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
