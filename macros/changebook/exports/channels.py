"""What is said of a change in the form that a channel takes: nothing is sent from here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from changebook.views.message import Message

CARD_VERSION = "1.5"
# Slack takes so many letters in the text of a block and in a header.
_SLACK_TEXT, _SLACK_HEADER = 3000, 150
_MARKDOWN = re.compile(r"([\\`*_{}\[\]|~<>]|^[#+-]|(?<=^[0-9])[.)]|(?<=^[0-9]{2})[.)])")
_MENTION = re.compile(r"@(?=\w)")
# A mark that nobody sees and that holds apart what a channel would read as its own.
NO_WIDTH = "\u2060"


def teams(message: Message) -> dict[str, Any]:
    """Return a message with an Adaptive Card, as a webhook of Teams takes it. Its texts are not read as Markdown."""
    body: list[dict[str, Any]] = [_card_text(message.subject, size="large", weight="bolder")]
    for heading, items in message.blocks:
        if heading:
            body.append(_card_text(heading, weight="bolder", spacing="large"))
        body += [_card_text(item if len(items) == 1 else f"\u2022 {item}") for item in items]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": CARD_VERSION,
        "fallbackText": message.subject,
        "body": body,
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "contentUrl": None, "content": card}]}


def slack(message: Message) -> dict[str, Any]:
    """Return a message for a webhook of Slack, in blocks of plain text: no record can mention a channel in it."""
    blocks: list[dict[str, Any]] = [_slack("header", "plain_text", message.subject[:_SLACK_HEADER])]
    for heading, items in message.blocks:
        if heading:
            blocks.append(_slack("section", "mrkdwn", f"*{heading}*"))
        blocks += [_slack("section", "plain_text", text) for text in _slack_texts(items)]
    return {"text": _for_slack(message.subject), "blocks": blocks}


def mattermost(message: Message) -> dict[str, Any]:
    """Return a message for a webhook of Mattermost; what Markdown or a mention would read in a record stays text."""
    parts = [f"#### {_for_markdown(message.subject)}"]
    for heading, items in message.blocks:
        lines = [_for_markdown(item) if len(items) == 1 else f"- {_for_markdown(item)}" for item in items]
        parts.append("\n".join([f"**{heading}**", "", *lines] if heading else lines))
    return {"text": "\n\n".join(parts)}


# What a channel's message is as JSON; the others are texts.
WEBHOOKS: Mapping[str, Any] = {"teams": teams, "slack": slack, "mattermost": mattermost}


def _card_text(text: str, *, spacing: str = "small", **run: str) -> dict[str, Any]:
    # Two braces begin a date that the card would write in its own words.
    inlines = [{"type": "TextRun", "text": text.replace("{{", f"{{{NO_WIDTH}{{"), **run}]
    return {"type": "RichTextBlock", "spacing": spacing, "inlines": inlines}


def _slack(block: str, kind: str, text: str) -> dict[str, Any]:
    return {"type": block, "text": {"type": kind, "text": _for_slack(text)}}


def _slack_texts(items: tuple[str, ...]) -> list[str]:
    """Return lines in as few texts as Slack has room for; escaped, a letter takes five at most."""
    texts = [""]
    for item in items:
        line = item if len(items) == 1 else f"\u2022 {item}"
        longer = f"{texts[-1]}\n{line}".strip()
        if texts[-1] and len(_for_slack(longer)) > _SLACK_TEXT:
            texts.append(line)
        else:
            texts[-1] = longer
    return texts


def _for_slack(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _for_markdown(text: str) -> str:
    # A back-slash does not keep Mattermost from calling everybody.
    return _MENTION.sub(f"@{NO_WIDTH}", _MARKDOWN.sub(r"\\\1", text))
