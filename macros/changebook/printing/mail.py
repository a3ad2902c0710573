"""Mail as a file that any mail program opens (RFC 5322), in ASCII."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime


def mail_of(subject: str, text: str, *, at: datetime, sender: str = "") -> bytes:
    """Return a mail without a recipient; `at` is when it was written (aware), `sender` an address, "" if nobody says.

    Outlook opens it as a draft, ready to address and send.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    if sender:
        mail["From"] = sender
    mail["X-Unsent"] = "1"
    mail.set_content(text if text.endswith("\n") else f"{text}\n", cte="quoted-printable")
    return mail.as_bytes()
