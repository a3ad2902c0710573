"""Keys and tokens by the forms their issuers gave them, as detect-secrets collects them.

Only plugins with an issuer's own form: those that guess by entropy or by a keyword raise false alarms in prose. Plugins
are read for their patterns; what they do over a network, to see whether a key still works, is never called.
"""

from __future__ import annotations

import importlib
import re
from functools import cache

from changebook.privacy.rule import Rule
from changebook.privacy.samples import is_placeholder

_PLUGINS = {
    "aws": "AWSKeyDetector",
    "azure_storage_key": "AzureStorageKeyDetector",
    "discord": "DiscordBotTokenDetector",
    "github_token": "GitHubTokenDetector",
    "gitlab_token": "GitLabTokenDetector",
    "mailchimp": "MailchimpDetector",
    "npm": "NpmDetector",
    "openai": "OpenAIDetector",
    "pypi_token": "PypiTokenDetector",
    "sendgrid": "SendGridDetector",
    "slack": "SlackDetector",
    "square_oauth": "SquareOAuthDetector",
    "stripe": "StripeDetector",
    "telegram_token": "TelegramBotTokenDetector",
    "twilio": "TwilioKeyDetector",
}


def _judge(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    return None if is_placeholder(found[0]) else found.span()


@cache
def library_rules() -> tuple[Rule, ...]:
    """Return a rule for each pattern of the library's chosen plugins, which are imported when first asked for."""
    found = []
    for module, name in _PLUGINS.items():
        plugin = getattr(importlib.import_module(f"detect_secrets.plugins.{module}"), name)
        for pattern in plugin().denylist:
            exact = not pattern.flags & re.I
            found.append(
                Rule("token", "a token", pattern.pattern, judge=_judge, near="tokens", exact=exact, secret=True)
            )
    return tuple(found)
