"""The settings of production: Django's own list of what is dangerous is empty, and cookies say so."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.harness import WORKER_DATABASE, app_url

PRINT = """
import json, django
django.setup()
from django.conf import settings as s
print(json.dumps([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.DEBUG,
    s.AMARRE_MFA_REQUIRED, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.ALLAUTH_TRUSTED_PROXY_COUNT]))
"""


def production(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ, "AMARRE_ENV": "production", "AMARRE_BASE_URL": "https://amarre.example",
        "AMARRE_NESTED_SCOPES": "", "DJANGO_ALLOW_ASYNC_UNSAFE": "",
        "DATABASE_URL": app_url(WORKER_DATABASE), "DJANGO_SETTINGS_MODULE": "amarre.config.settings",
        "AMARRE_SECRET_KEY": "0123456789abcdefghijABCDEFGHIJ-0123456789-abcdefghij", **more,
    }  # fmt: skip
    return subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, timeout=60)


def test_django_finds_nothing_dangerous():
    done = production("-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_behind_https_everything_says_https():
    assert production("-c", PRINT).stdout.strip() == "[true, true, true, false, true, true, true, 1]"


def test_production_does_not_start_with_a_key_that_everybody_knows(tmp_path):
    done = production("-m", "django", "check", AMARRE_SECRET_KEY="", AMARRE_DATA=str(tmp_path))
    assert done.returncode != 0
    assert "Pas de clé secrète" in done.stderr
