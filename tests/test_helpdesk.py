"""A real helpdesk, django-helpdesk: sixty first responses go in, are offered on a ticket and come back the same; its
tickets are counted.
"""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from changebook.cli import main
from changebook.exports.responses import replies
from changebook.printing.cells import bare_cell
from conftest import GOOD, SMALL, load
from sixty import book_of_sixty

APPS = "auth contenttypes sessions messages humanize staticfiles sites admin"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """An agent who is signed in to a helpdesk of their own, in this process, on sqlite."""
    import django  # noqa: PLC0415  # it is set up here alone
    from django.conf import settings  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("helpdesk")
    settings.configure(
        SECRET_KEY="only for this test",
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "helpdesk.sqlite"}},
        INSTALLED_APPS=[*(f"django.contrib.{app}" for app in APPS.split()), "rest_framework", "helpdesk"],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        # The tables are made as they are today, without all that they once were.
        MIGRATION_MODULES=dict.fromkeys((*APPS.split(), "helpdesk")),
        ROOT_URLCONF="helpdesk_urls",
        STATIC_URL="/static/",
        MEDIA_ROOT=folder,
        SITE_ID=1,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        HELPDESK_TEAMS_MODE_ENABLED=False,
    )
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop may run in this process
    django.setup()
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    call_command("migrate", run_syncdb=True, verbosity=0)
    agent = get_user_model().objects.create_superuser("agent", "agent@desk.example", "agent")
    client = Client()
    client.force_login(agent)
    yield client
    connections.close_all()


@pytest.mark.slow
def test_sixty_responses_are_offered_on_a_ticket_and_come_back_as_they_were(client: Any, tmp_path: Path) -> None:
    from helpdesk.models import PreSetReply, Queue, Ticket  # noqa: PLC0415

    book = book_of_sixty(tmp_path)
    file = tmp_path / "responses.csv"
    done = CliRunner().invoke(main, ["export", "responses", "--book", str(book), "--for", "csv", "--to", str(file)])
    assert done.exit_code == 0, done.output
    for row in csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8"), newline="")):
        PreSetReply.objects.create(name=row["name"], body=bare_cell(row["text"]))

    queue = Queue.objects.create(title="Front desk", slug="front")
    ticket = Ticket.objects.create(title="No result", queue=queue, description="Still nothing.")
    page = client.get(f"/tickets/{ticket.id}/").content.decode("utf-8")
    offered = re.search(r'<select[^>]*id=["\']id_preset["\'].*?</select>', page, re.S)
    assert offered
    options = dict(re.findall(r"<option value=['\"]?(\d+)['\"]?>(.*?)</option>", offered[0]))

    loaded = load(book).book
    assert loaded
    wanted = {reply.name: reply.text for reply in replies(loaded)}
    assert len(wanted) == 60
    assert {html.unescape(name) for name in options.values()} == set(wanted)
    for number, name in options.items():
        back = client.get("/raw/preset/", {"id": number}).content
        assert back == wanted[html.unescape(name)].encode("utf-8")

    # What the helpdesk holds has not drifted from the book.
    held = [{"name": one.name, "text": one.body} for one in PreSetReply.objects.all()]
    export = tmp_path / "held.json"
    export.write_text(json.dumps(held), encoding="utf-8")
    same = CliRunner().invoke(main, ["responses", "diff", "--book", str(book), str(export)])
    assert same.output == "0 drifted, 60 the same; 0 without a code, not drifted.\n"


@pytest.mark.slow
def test_tickets_of_the_helpdesk_are_imported_and_counted(client: Any, tmp_path: Path) -> None:
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415
    from helpdesk.models import Queue, Ticket  # noqa: PLC0415

    changes = Path(shutil.copytree(SMALL, tmp_path / "changes"))
    shutil.copy(GOOD / "complete-change.yaml", changes)
    queue = Queue.objects.create(title="Patients", slug="patients")
    own = changes / "desk" / "mappings"
    own.mkdir()
    shipped = resources.files("changebook.tickets") / "shipped" / "django-helpdesk.yaml"
    named = f'\ncategories:\n  - {{value: "{queue.id}", category: patients/search}}\n'
    (own / "django-helpdesk.yaml").write_text(shipped.read_text("utf-8") + named, encoding="utf-8")
    opened = timezone.now() - timedelta(hours=2)
    texts = [
        "Search is empty after CHG0041",
        "PB-002 Complete Change",
        "Nothing found, SRC-404",
        "Mouse",
        "Mouse again",
    ]
    tickets = [
        Ticket.objects.create(
            title=text, queue=queue, submitter_email=f"caller{min(at, 3)}@ward.example", description=""
        )
        for at, text in enumerate(texts)
    ]
    for ticket in tickets[:3]:
        form = {
            "title": ticket.title,
            "queue": queue.id,
            "priority": 3,
            "comment": "Done.",
            "new_status": 3,
            "public": 1,
        }
        done = client.post(f"/tickets/{ticket.id}/update/", form)
        assert done.status_code == 302

    # The helpdesk itself says when a ticket was opened: now.
    Ticket.objects.filter(queue=queue).update(created=opened)
    out = io.StringIO()
    call_command("dumpdata", "helpdesk.ticket", stdout=out)
    dumped = [item for item in json.loads(out.getvalue()) if item["fields"]["queue"] == queue.id]
    file = tmp_path / "tickets.json"
    file.write_text(json.dumps(dumped), encoding="utf-8")
    command = ["tickets", "import", str(file), "--mapping", "django-helpdesk", "--book", str(changes), "--yes"]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    assert "2 tied to a change: 1 by its number, 1 by its name.\n" in done.output
    loaded = load(changes).book
    assert loaded
    kept = loaded.tickets
    assert len(kept) == 5
    assert sorted(ticket.playbook for ticket in kept) == ["", "", "", "PB-002", "PB-002"]
    spent = [ticket.resolved - ticket.opened for ticket in kept if ticket.resolved]
    assert len(spent) == 3
    assert min(spent) >= timedelta(hours=2)
    assert max(spent) < timedelta(hours=3)
    assert [ticket.repeat for ticket in kept].count(True) == 1
    assert {ticket.category for ticket in kept} == {"patients/search"}
