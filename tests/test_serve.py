"""The preview: an edit shows, a mistake is named, and the server outlives it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from conftest import GOOD, SMALL, project


class Preview:
    """A running `mkdocs serve` and what it has said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-u", "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{self.port}"]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.said: list[str] = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        """Keep every line the server prints."""
        assert self.process.stdout
        self.said.extend(self.process.stdout)

    def wait_for(self, text: str, *, since: int = 0, seconds: float = 60) -> float:
        """Return after how many seconds `text` was said, counting from line `since`."""
        start = time.monotonic()
        while time.monotonic() - start < seconds:
            if any(text in line for line in self.said[since:]):
                return time.monotonic() - start
            assert self.process.poll() is None, "".join(self.said)
            time.sleep(0.02)
        raise AssertionError(f"{text!r} was not said:\n{''.join(self.said[since:])}")

    def page(self, address: str) -> str:
        """Return the page at `address`."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{address}", timeout=60) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.HTTPError as missing:
            return missing.read().decode("utf-8")

    def edit(self, name: str, old: str, new: str) -> int:
        """Replace `old` in a file of the project; return how much was said before."""
        file, said = self.folder / name, len(self.said)
        text = file.read_text("utf-8")
        assert old in text, name
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return said


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the small desk with the complete change: each edit builds all of it."""
    folder = project(tmp_path_factory.mktemp("preview") / "project", SMALL, handbook=False)
    for record in GOOD.glob("*.yaml"):
        shutil.copy(record, folder / "changes")
    running = Preview(folder)
    running.wait_for("Serving on")
    yield running
    running.process.terminate()
    running.process.wait(timeout=10)


RECORD = "changes/complete-change.yaml"
BREAKS = [
    (
        RECORD,
        "owner: interfaces",
        "owner: interfasces",
        r"complete-change\.yaml:\d+:8: owner: no team",
    ),
    ("changes/desk/teams.yaml", "hours: always", "hours: sometimes", r"desk/teams\.yaml:5:10: hours: 'sometimes'"),
    ("docs/index.md", "{{ live_changes() }}", "{{ live_chnges() }}", r"docs/index\.md:\d+:1: no macro or variable"),
    ("macros/main.py", "__all__", "__all__ = [", r"SyntaxError|was never closed"),
    ("overrides/main.html", "{% block announce %}", "{% blok announce %}", r"unknown tag 'blok'"),
]


def test_an_edited_record_shows(preview: Preview) -> None:
    said = preview.edit(RECORD, "sentence: ", "sentence: Edited just now. ")
    seconds = preview.wait_for("Reloading browsers", since=said)
    print(f"shown after {seconds:.2f} s")  # `pytest -rP` shows it; speed is no test's business
    assert "Edited just now." in preview.page("changes/complete-change/")
    said = preview.edit(RECORD, "sentence: Edited just now. ", "sentence: ")
    preview.wait_for("Reloading browsers", since=said)


@pytest.mark.parametrize(("name", "right", "wrong", "message"), BREAKS, ids=lambda part: part if "/" in part else "")
def test_a_mistake_is_named_and_the_server_recovers(
    preview: Preview, name: str, right: str, wrong: str, message: str
) -> None:
    time.sleep(0.5)
    said = preview.edit(name, right, wrong)
    preview.wait_for("Reloading browsers", since=said)
    assert re.search(message, "".join(preview.said[said:])), "".join(preview.said[said:])
    # The tab shows it too, above the page as it was, and at an address that has none.
    for address in ("changes/complete-change/", "nowhere/"):
        assert re.search(message, unescape(preview.page(address))), address
    said = preview.edit(name, wrong, right)
    preview.wait_for("Reloading browsers", since=said)
    page = preview.page("changes/complete-change/")
    assert "Complete Change" in page
    assert "cb-wrong" not in page
