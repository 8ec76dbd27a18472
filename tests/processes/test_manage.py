"""Commands whose output goes elsewhere than to a modern terminal."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.processes.stage import ROOT

pytestmark = pytest.mark.processes


def start(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "governance.config.settings.test"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_who_reads_only_the_first_lines_gets_no_traceback() -> None:
    running = start("help")
    assert running.stdout
    running.stdout.close()  # as `| head -0` does
    _out, told = running.communicate(timeout=60)
    assert (running.returncode, told) == (1, b"")


def test_a_terminal_without_chinese_shows_the_codes_of_the_characters() -> None:
    running = start("shell", "--no-imports", "-c", "print('台账')", PYTHONIOENCODING="ascii")
    out, told = running.communicate(timeout=60)
    assert (running.returncode, out.strip(), told) == (0, rb"\u53f0\u8d26", b"")
