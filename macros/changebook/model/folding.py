"""What a change's playbook can leave behind in the general one when the change is closed."""

from __future__ import annotations

from typing import Literal

# Its title and the searches that must find it stay its own.
Difference = Literal[
    "callers_say",
    "keywords",
    "otherwise",
    "codes",
    "file_as",
    "checks",
    "first_response",
    "escalate",
    "severity",
    "workaround",
    "rollback",
    "downtime",
]
