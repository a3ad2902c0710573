"""Judge the rules of privacy by texts that were written without sight of them.

    python tests/bench/privacy.py WITH.yaml WITHOUT.yaml [--show]

Each file is a list of `kind` and `text`: texts with patient data or secrets, and texts without. Prints how many are
found, of which kind those that are missed are, and how many are false alarms; with `--show`, also those texts, which is
for sets to tune on. Exits with 1 where less than 95 % are found, or more than one alarm is false.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import yaml

from changebook.privacy.finding import private_in


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("private", type=Path, metavar="WITH.yaml")
    parser.add_argument("harmless", type=Path, metavar="WITHOUT.yaml")
    parser.add_argument("--show", action="store_true")
    wanted = parser.parse_args()
    private, harmless = (yaml.safe_load(file.read_text("utf-8")) for file in (wanted.private, wanted.harmless))
    missed = [item for item in private if not private_in(item["text"])]
    false = [item for item in harmless if private_in(item["text"])]
    recall = 1 - len(missed) / len(private)
    print(f"Found {len(private) - len(missed)} of {len(private)} ({recall:.1%}), missed{kinds(missed)}")
    print(f"False alarms: {len(false)} in {len(harmless)}{kinds(false)}")
    for item in (*missed, *false) if wanted.show else ():
        rules = ", ".join(found.rule for found in private_in(item["text"])) or "missed"
        print(f"- {item['kind']} ({rules}): {item['text']}")
    raise SystemExit(recall < 0.95 or len(false) > 1)


def kinds(items: list[dict[str, str]]) -> str:
    """Return how many items there are of each kind."""
    return "".join(f" {kind} {number}" for kind, number in Counter(item["kind"] for item in items).most_common())


if __name__ == "__main__":
    main()
