"""A PostgreSQL server of the test's own: a new cluster on a free port of the loopback address."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg


def _folder_of_programs():
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max(installed, key=lambda path: float(path.parts[4])).parent


def _account():
    """The server refuses to run as root; Debian's package makes an account for it."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """A server with a superuser `tester`, and as many databases as are asked for."""

    def __init__(self):
        self._programs, self._as = _folder_of_programs(), _account()
        # Not under tmp_path: the server's account must be able to go there.
        self.folder = Path(tempfile.mkdtemp(prefix="parley-postgres-"))
        self.port, self.password, self._made = _free_port(), secrets.token_hex(8), 0
        (self.folder / "password").write_text(self.password)
        if self._as:
            for path in (self.folder, self.folder / "password"):
                shutil.chown(path, self._as)
        self._run(
            "initdb", "-D", self.data, "-U", "tester", "-A", "scram-sha-256", "-E", "UTF8",
            "--locale=C", "--no-sync", f"--pwfile={self.folder / 'password'}",
        )  # fmt: skip
        self.start()

    @property
    def data(self):
        return str(self.folder / "data")

    @property
    def log(self):
        return (self.folder / "log").read_text("utf-8", "replace")

    def _run(self, program, *arguments):
        account = {"user": self._as, "group": self._as, "extra_groups": []} if self._as else {}
        subprocess.run(
            [self._programs / program, *arguments], check=True, cwd=self.folder,
            stdout=subprocess.DEVNULL, **account,
        )  # fmt: skip

    def start(self):
        settings = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
            " -c fsync=off -c max_connections=60"
        )
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", self.data, "-w", "-l", log, "-o", settings, "start")

    def stop(self):
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def address(self, database, password=None):
        return f"postgresql://tester:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def execute(self, database, statement):
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            return connection.execute(statement)

    def new_database(self):
        self._made += 1
        self.execute("postgres", f"CREATE DATABASE test_{self._made}")
        return self.address(f"test_{self._made}")

    def drop_database(self, address):
        name = address.rsplit("/", 1)[1]
        self.execute("postgres", f"DROP DATABASE {name} WITH (FORCE)")

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder)
