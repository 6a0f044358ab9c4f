"""A real OpenID Connect provider and the app that trusts it, each a process on loopback.

The provider is Django OAuth Toolkit. Its keys, its clients and its accounts are made anew with
every start and lie in a folder of the test.
"""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path
from jwcrypto.jwk import JWK

from benchmarks.server import ROOT

ACCOUNTS = ("ann", "ben", "cleo", "dora", "emma", "fred")
CLIENT = "parley"
# A port is left out on purpose: with a loopback address it may be any (RFC 8252, section 7.3).
CALLBACK = "http://127.0.0.1/oauth2callback"
START_LIMIT = 90.0

LOGIN_PAGE = """<!doctype html><html lang="en"><head><title>Provider</title>
<link rel="icon" href="data:,"></head><body><form method="post">{% csrf_token %}
{{ form.as_p }}<button>Log in</button></form></body></html>"""


@dataclass(frozen=True)
class Running:
    """A server that answers, and the file with everything it has said."""

    address: str
    log: Path

    def said(self):
        return self.log.read_text("utf-8", "replace")


@dataclass(frozen=True)
class Provider(Running):
    """A provider, and the secret that each of its accounts and its one client has."""

    secret: str

    def secrets_for_the_app(self, folder):
        """Write what an administrator would write; return the file."""
        file = folder / "secrets.toml"
        file.write_text(
            "[auth]\n"
            'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
            f'cookie_secret = "{secrets.token_hex(32)}"\n'
            f'client_id = "{CLIENT}"\n'
            f'client_secret = "{self.secret}"\n'
            f'server_metadata_url = "{self.address}/o/.well-known/openid-configuration"\n'
        )
        return file


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _answering(command, probe, log, environment):
    """Run a program until it answers at `probe`; everything it says goes into a file."""
    deadline = time.monotonic() + START_LIMIT
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"} | environment,
        )  # fmt: skip
    try:
        while not _answers(probe):
            assert process.poll() is None, log.read_text("utf-8", "replace")
            assert time.monotonic() < deadline, f"no answer from {probe}"
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(address):
    try:
        with urllib.request.urlopen(address, timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def provider(folder):
    """Start the provider."""
    port, secret = free_port(), secrets.token_hex(12)
    started = Provider(f"http://127.0.0.1:{port}", folder / "provider.log", secret)
    command = [sys.executable, "-m", "tests.e2e.provider", str(folder), str(port), secret]
    probe = f"{started.address}/o/.well-known/openid-configuration"
    with _answering(command, probe, started.log, {}):
        yield started


@contextmanager
def app(folder, database, *options, listen="127.0.0.1"):
    """Start the app as a server; it is asked on 127.0.0.1 wherever it listens.

    The home folder is the test's, so that nothing is found in or added to a real one.
    """
    port = free_port()
    started = Running(f"http://127.0.0.1:{port}", folder / f"app-{port}.log")
    command = [
        sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port),
        "--server.address", listen, "--server.headless", "true",
        "--browser.gatherUsageStats", "false", *options,
    ]  # fmt: skip
    own = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "PARLEY_DATABASE": database}
    with _answering(command, f"{started.address}/_stcore/health", started.log, own):
        yield started


def configure(folder):
    """Make a Django project of this one module."""
    key = JWK.generate(kty="RSA", size=2048).export_to_pem(private_key=True, password=None)
    settings.configure(
        SECRET_KEY=secrets.token_hex(32),
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        # Loopback addresses share their cookies whatever the port.
        SESSION_COOKIE_NAME="provider_session",
        CSRF_COOKIE_NAME="provider_csrf",
        # The accounts live for a minute: a slow hash would only hold back every sign-in.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider.db"),
                "OPTIONS": {"timeout": 30},
            }
        },
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": ["django.template.context_processors.request"],
                "loaders": [
                    ("django.template.loaders.locmem.Loader",
                     {"registration/login.html": LOGIN_PAGE}),
                ],
            },
        }],
        LOGIN_URL="/accounts/login/",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": key.decode(),
            "SCOPES": {"openid": "Who you are", "email": "Address", "profile": "Name"},
            "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
            "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
        },
    )  # fmt: skip
    django.setup()


def fill(secret):
    """Make the tables, the accounts and the client."""
    call_command("migrate", verbosity=0)
    people = apps.get_model("auth", "User").objects
    for name in ACCOUNTS:
        people.create_user(name, password=secret)
    apps.get_model("oauth2_provider", "Application").objects.create(
        name="Parley", client_id=CLIENT, client_secret=secret, client_type="confidential",
        authorization_grant_type="authorization-code", algorithm="RS256",
        redirect_uris=CALLBACK, post_logout_redirect_uris=CALLBACK, skip_authorization=True,
    )  # fmt: skip


if __name__ == "__main__":
    configure(Path(sys.argv[1]))
    fill(sys.argv[3])
    urlpatterns = [
        path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
        path("accounts/", include("django.contrib.auth.urls")),
    ]
    call_command(
        "runserver", f"127.0.0.1:{sys.argv[2]}", use_reloader=False, skip_checks=True, verbosity=0
    )
