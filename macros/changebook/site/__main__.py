"""MkDocs, as `changebook build` runs it: an error of the system ends in a sentence here too."""

from __future__ import annotations

import sys

from mkdocs.__main__ import cli

from changebook.printing.system import sentence
from changebook.printing.terminal import say

if __name__ == "__main__":
    try:
        cli(prog_name="mkdocs")
    except OSError as error:
        say(f"Error: {sentence(error)}", err=True)
        sys.exit(2)
