"""`python -m bot run` without a token, as a program of its own."""

import signal
import subprocess
import sys
import urllib.request
from http.client import HTTPResponse
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.shell.conftest import free_port
from tests.shell.test_terminal import environment


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_is_there_and_ends_well(tmp_path: Path, number: int) -> None:
    address = f"http://127.0.0.1:{(port := free_port())}"
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        env=environment(tmp_path, PORT=str(port)),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    assert address in process.stderr.readline()
    live = connected(f"{address}/live")  # somebody looks at it while it ends
    assert b"retry" in live.readline()
    process.send_signal(number)
    said, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    (key,) = errors.splitlines()
    assert "a key was made" in key
    assert said == "", "one line for where it is, one for the key, and no more"


def connected(url: str, seconds: float = 15) -> HTTPResponse:
    """What is at *url*, as soon as it is there."""
    end = monotonic() + seconds
    while True:
        try:
            answer: HTTPResponse = urllib.request.urlopen(url, timeout=5)
        except OSError:
            assert monotonic() < end, "the page is not served"
            sleep(0.05)
        else:
            return answer
