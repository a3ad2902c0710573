"""Texts with the private parts hidden, such as searches that people kept."""

from __future__ import annotations

import json

from changebook.privacy.finding import every_rule, private_in


def masked(text: str) -> str:
    """Return `text` with the name of its rule in place of each private part: `[mrn]`."""
    for found in reversed(private_in(text)):
        text = f"{text[: found.start]}[{found.rule}]{text[found.end :]}"
    return text


def masking_script(script: str) -> str:
    """Return `script`, which masks in a browser, with the rules that it masks by."""
    return script.replace("RULES", json.dumps(browser_rules()), 1)


def browser_rules() -> list[list[str]]:
    """Return name, pattern and flags of each rule, for a browser, which has no judge: it hides whatever matches."""
    return [
        [rule.name, rule.masked or rule.pattern, "g" if rule.exact and not rule.masked else "gi"]
        for rule in every_rule()
    ]
