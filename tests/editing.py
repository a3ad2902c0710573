"""An editor's side of the language server protocol: enough to open a file and ask about it."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from conftest import ROOT

SERVER = ROOT / ".venv" / "editor" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
DEAF = {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True}


class Editor:
    """One running language server, spoken to over its standard input and output."""

    def __init__(self, folder: Path, settings: dict[str, Any]) -> None:
        assert SERVER.is_file(), "the YAML language server is not installed; run: make editor"
        self.folder, self.settings = folder, {**DEAF, **settings}
        self.server = subprocess.Popen(["node", SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        # A server that hangs is ended, and the test that waits for it fails.
        self.patience = threading.Timer(300, self.server.kill)
        self.patience.start()
        self.asked = 0
        self.marked: dict[str, list[Any]] = {}

    def __enter__(self) -> Editor:
        capabilities = {"textDocument": {"hover": {"contentFormat": ["markdown"]}}}
        self.ask("initialize", processId=None, rootUri=self.folder.as_uri(), capabilities=capabilities)
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings={"yaml": self.settings})
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.patience.cancel()
        self.server.terminate()
        self.server.communicate(timeout=20)

    def open(self, file: Path, text: str) -> list[Any]:
        """Open `file` with `text`, which need not be saved; return what is marked in it."""
        address = file.as_uri()
        self.tell(
            "textDocument/didOpen", textDocument={"uri": address, "languageId": "yaml", "version": 1, "text": text}
        )
        while address not in self.marked:
            self.listen()
        return self.marked[address]

    def offered(self, file: Path, line: int, column: int) -> dict[str, str]:
        """Return what is offered at a place (both from 0), each with what is said of it."""
        found = self.ask("textDocument/completion", **_at(file, line, column))
        return {item["label"]: item.get("documentation", "") for item in found["items"]}

    def hover(self, file: Path, line: int, column: int) -> str:
        """Return what is shown when the pointer rests at a place."""
        return str(self.ask("textDocument/hover", **_at(file, line, column))["contents"]["value"])

    def ask(self, method: str, **params: Any) -> Any:
        """Send a request, and return its result."""
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        while True:
            message = self.listen()
            if message.get("id") == self.asked and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def tell(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self.send({"method": method, "params": params})

    def send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self.server.stdin.flush()

    def listen(self) -> dict[str, Any]:
        """Read one message; answer it if the server asks for settings, keep it if it marks a file."""
        assert self.server.stdout
        length = 0
        while line := self.server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has stopped"
        message: dict[str, Any] = json.loads(self.server.stdout.read(length))
        if "method" in message and "id" in message:
            items = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
            answer = (
                None if items is None else [self.settings if item.get("section") == "yaml" else {} for item in items]
            )
            self.send({"id": message["id"], "result": answer})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.marked[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message


@contextmanager
def start_editor(folder: Path, settings: dict[str, Any]) -> Iterator[Editor]:
    """Give an editor whose workspace is `folder`, with the settings of its YAML extension."""
    with Editor(folder, settings) as editor:
        yield editor


def _at(file: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": file.as_uri()}, "position": {"line": line, "character": column}}
