"""What is said of a change in every channel: the same words, in a form that each channel reads."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Page

from changebook.book import Book
from changebook.cli import main
from changebook.cli.announce import FORMS
from changebook.exports.channels import NO_WIDTH, WEBHOOKS, mattermost, slack, teams
from changebook.model.updates import Update
from changebook.printing.mail import mail_of
from changebook.readiness import sentences
from changebook.views.message import Addressee, Message, gsm_length, message_to
from conftest import GOOD, HARBOR, ROOT

RENDERER = ROOT / ".venv" / "editor" / "node_modules" / "adaptivecards" / "dist" / "adaptivecards.js"
# What a channel would read as markup, as a mention or as a date of its own.
HOSTILE = (
    "<!channel> & <b>all</b> of *you* call @all_here, _now_, ~not~ `later`; see [this](http://x.example) "
    "{{DATE(2026-12-03T09:00:00Z)}} #1 **or** \\never."
)
# Letters of one message of 160, written down from the standard's table.
GSM = re.compile(
    "[@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5_ -Z\u00c4\u00d6\u00d1\u00dca-z"
    "\u00e4\u00f6\u00f1\u00fc\u00e0\u00df\u00c6\u00e6\u00c9\u00a7\u00bf\u00a1^{}\\[~\\]|\u20ac]*"
)


def announce(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["announce", "--book", str(HARBOR), *arguments])


def said_in(message: Message) -> list[str]:
    """Return everything that a message says, line by line."""
    return [message.subject, *(line for heading, items in message.blocks for line in (heading, *items) if line)]


def messages(book: Book) -> Iterator[Message]:
    for change in book.changes.values():
        for reader in get_args(Addressee):
            yield message_to(book, change, reader=reader)


@pytest.fixture(scope="module")
def hostile(harbor: Book) -> Message:
    """An update whose words channels would take for their own."""
    change = harbor.changes["score-search"]
    update = change.updates[-1].model_copy(update={"text": HOSTILE, "readers": ("staff",), "expect": "=1+1"})
    return message_to(harbor, change.model_copy(update={"updates": (*change.updates, update)}))


@pytest.fixture
def desk(small: Path) -> Path:
    """The small desk with the complete change."""
    shutil.copy(GOOD / "complete-change.yaml", small)
    return small


@pytest.fixture(scope="module")
def every(harbor: Book, sample: Book, hostile: Message) -> list[Message]:
    return [*messages(harbor), *messages(sample), hostile]


def test_the_current_update_is_said_or_else_the_announcement(harbor: Book) -> None:
    change = harbor.changes["score-search"]
    desk = message_to(harbor, change, reader="desk")
    assert desk.subject == "Score Search: Cause found"
    assert ("", ("Update text two, the desk's.",)) in desk.blocks
    staff = message_to(harbor, change)
    assert staff.subject == "Score Search: Investigating"
    assert [heading for heading, _ in staff.blocks if "being" in heading] == ["What is being checked"]
    launch = message_to(harbor, change.model_copy(update={"updates": ()}))
    assert launch.subject.startswith("Score Search: in use since ")
    assert "What to do" in [heading for heading, _ in launch.blocks]


def test_a_promise_that_was_not_kept_is_not_made_again(harbor: Book) -> None:
    change = harbor.changes["score-search"]
    staff, desk = message_to(harbor, change), message_to(harbor, change, reader="desk")
    for message, said in ((staff, False), (desk, not desk.late)):
        assert any(heading == "Next update" for heading, _ in message.blocks) is said
    assert staff.late
    done = announce("score-search", "--as", "phone")
    assert "The next update of Score Search is overdue" in done.stderr
    later = message_to(replace(harbor, now=change.updates[0].at), change)
    assert later.last.startswith("Next update Thu 3 Dec, 07:40")


def test_a_mail_is_read_back_as_it_was_written(every: list[Message]) -> None:
    for message in every:
        read = BytesParser(policy=policy.default).parsebytes(mail_of(message.subject, message.mail, at=message.at))
        assert read["Subject"] == message.subject
        assert read["X-Unsent"] == "1"
        assert read["Date"].datetime == message.at.replace(second=0, microsecond=0)
        assert read.get_content_type() == "text/plain"
        assert read.get_content().replace("\r\n", "\n").rstrip("\n") == message.mail
        assert not read.defects


def test_a_greeting_has_at_most_45_words_and_only_whole_sentences(every: list[Message]) -> None:
    for message in every:
        assert len(message.greeting.split()) <= 45
        rest = message.greeting.removeprefix(f"{message.subject}.").removesuffix(message.last).strip()
        for text in message.spoken:
            said = sentences(text)
            while said and rest.startswith(said[0]):
                rest = rest.removeprefix(said.pop(0)).strip()
        assert rest == ""


def test_a_text_message_has_at_most_160_letters_that_a_phone_has(every: list[Message]) -> None:
    for message in every:
        text = message.text_message
        assert gsm_length(text) <= 160
        assert GSM.fullmatch(text), text
        assert message.phone in text or len(message.subject) > 140


def test_a_text_message_of_what_is_to_come_has_its_date(harbor: Book) -> None:
    sentence = (
        "Labs reach us through version 2; version 1 is off and answers each message with an error code that we log."
    )
    change = harbor.changes["lab-codes-r5"].model_copy(update={"sentence": sentence, "announcement": None})
    sent = message_to(harbor, change, reader="partners").text_message
    assert sent == "Lab Codes R5: Sat 5 Dec, 22:00-Sun 6 Dec, 02:00 CST. Help: 555-0199"
    # Of what is in use, the sentence is kept.
    after = replace(harbor, now=harbor.now.replace(day=8))
    for status, said in (
        ("live", f"Lab Codes R5. {sentence} Help: 555-0199"),
        ("ready", "Lab Codes R5: planned for Sat"),
    ):
        sent = message_to(after, change.model_copy(update={"status": status}), reader="partners").text_message
        assert sent.startswith(said)


def test_slack_reads_plain_text_and_no_mention(every: list[Message]) -> None:
    for message in every:
        shown = []
        for block in slack(message)["blocks"]:
            text = block["text"]["text"]
            assert len(text) <= (150 if block["type"] == "header" else 3000)
            assert not re.search(r"<|>|&(?!(?:amp|lt|gt);)", text)
            plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            if block["text"]["type"] == "mrkdwn":
                assert re.fullmatch(r"\*[A-Z][a-z ]+\*", plain)  # a heading of ours
                plain = plain.strip("*")
            shown += [line.removeprefix("\u2022 ") for line in plain.split("\n") if line]
        assert shown == [line for text in said_in(message) for line in text.split("\n") if line]


def test_mattermost_shows_the_same_words_and_no_markup_of_a_record(every: list[Message]) -> None:
    for message in every:
        tokens = MarkdownIt("commonmark").enable("strikethrough").enable("table").parse(mattermost(message)["text"])
        inline = [token for token in tokens if token.type == "inline"]
        shown = [
            "".join("\n" if child.type == "softbreak" else child.content for child in token.children or ())
            for token in inline
        ]
        kinds = {child.type for token in inline for child in token.children or ()}
        assert kinds <= {"text", "text_special", "softbreak", "strong_open", "strong_close"}
        words = " ".join(shown).replace(NO_WIDTH, "").split()
        assert words == " ".join(said_in(message)).split()
        assert not re.search(r"@\w", mattermost(message)["text"])


@pytest.fixture(scope="module")
def renderer(chromium: Browser) -> Iterator[Page]:
    """A page with Microsoft's renderer of Adaptive Cards."""
    assert RENDERER.is_file(), "the renderer is not installed; run: make editor"
    page = chromium.new_page()
    page.add_script_tag(path=RENDERER)
    yield page
    page.close()


RENDER = """card => {
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  const parsed = new AdaptiveCards.AdaptiveCard();
  parsed.parse(card, context);
  document.body.replaceChildren(parsed.render());
  const faults = [...Array(context.eventCount).keys()].map(at => context.getEventAt(at).message);
  return {
    faults: [...faults, ...parsed.validateProperties().validationEvents.map(event => event.message)],
    lines: [...document.querySelectorAll(".ac-richTextBlock")].map(block => block.textContent),
    links: document.querySelectorAll("a, b, strong, em").length,
  };
}"""


def test_an_adaptive_card_is_parsed_and_rendered_with_the_same_words(renderer: Page, every: list[Message]) -> None:
    for message in every:
        sent = teams(message)["attachments"][0]
        assert sent["contentType"] == "application/vnd.microsoft.card.adaptive"
        card: dict[str, Any] = sent["content"]
        assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
        shown = renderer.evaluate(RENDER, card)
        assert shown["faults"] == []
        assert shown["links"] == 0
        assert [line.removeprefix("\u2022 ").replace(NO_WIDTH, "") for line in shown["lines"]] == said_in(message)


@pytest.mark.parametrize("form", ["mail", *WEBHOOKS, "phone", "sms"])
def test_the_command_prints_a_form_and_writes_the_same_to_a_file(tmp_path: Path, form: str) -> None:
    file = tmp_path / "message"
    printed = announce("Score", "Search", "--as", form, "--readers", "partners")
    assert printed.exit_code == 0, printed.output
    assert announce("score-search", "--as", form, "--readers", "partners", "--to", str(file)).exit_code == 0
    written = file.read_bytes()
    if form in WEBHOOKS:
        assert json.loads(printed.stdout) == json.loads(written)
    else:
        assert printed.stdout.splitlines() == written.decode("utf-8").splitlines()


def test_blanks_are_filled_in_before_anything_is_said(small: Path) -> None:
    good = ROOT / "tests" / "records" / "good" / "complete-change.yaml"
    text = good.read_text("utf-8").partition("updates:")[0]
    (small / good.name).write_text(
        re.sub(r"(  staff:\n    do:\n      - ).*", r"\1Call [number] first.", text), encoding="utf-8"
    )
    done = CliRunner().invoke(main, ["announce", "--book", str(small), "complete-change", "--as", "phone"])
    assert done.exit_code == 1
    assert "still has [number]; fill it in in complete-change.yaml" in done.stderr


def test_an_update_of_another_day_is_over(harbor: Book) -> None:
    change = harbor.changes["score-search"]
    first = change.updates[0]
    over = Update.model_construct(**{**dict(first), "state": "resolved", "next": None})
    told = change.model_copy(update={"updates": (over,)})
    assert message_to(harbor, told).subject == "Score Search: Resolved"
    later = replace(harbor, now=harbor.now.replace(day=6))
    assert message_to(later, told).subject.startswith("Score Search: in use since ")


def test_what_may_not_hold_any_more_is_told_before_it_is_sent() -> None:
    newer = "The latest update of Score Search is for the desk alone; --readers desk prints it.\n"
    assert newer in announce("score-search", "--as", "phone").stderr
    assert newer not in announce("score-search", "--as", "phone", "--readers", "desk").stderr
    gone = "Fax End is canceled: read whether its announcement says so before you send it.\n"
    assert announce("fax-end", "--as", "phone", "--readers", "staff").stderr == gone
    assert announce("quiet-index", "--as", "phone", "--readers", "staff").stderr == ""
    assert announce("portal-move", "--as", "phone", "--readers", "desk").stderr == ""


def test_after_a_rollback_nothing_from_before_it_is_said(harbor: Book) -> None:
    change = harbor.changes["quiet-index"]
    assert change.announcement
    before = change.announcement.model_copy(update={"after_rollback": False})
    said_before = Update.model_construct(
        at=harbor.now.replace(month=11, day=28, hour=22), state="monitoring", text="It is fixed.", known=True, next=None
    )
    outdated = change.model_copy(update={"announcement": before, "updates": (said_before,)})
    for reader in get_args(Addressee):
        message = message_to(harbor, outdated, reader=reader)
        for words in (message.mail, message.greeting, message.text_message):
            assert "The change was rolled back. Work as you did before it." in words
            assert not re.search(r"fixed|Search as before|Send as before|Order after|index is back", words)
    assert "Search as before." in message_to(harbor, change).mail


def test_a_text_message_says_what_to_do_where_the_sentence_is_too_long(harbor: Book) -> None:
    message = message_to(harbor, harbor.changes["score-search"], reader="staff")
    long = replace(message, spoken=("Word " * 40 + "ends.", "Call 4400 first. " + "Then " * 40 + "wait."), last="")
    assert "Call 4400 first." in long.text_message
    assert "Word" not in long.text_message
    # Where there is room for the subject or for what to do, what to do goes first.
    wide = replace(
        long, subject=f"{message.name}: {'on, ' * 20}on", spoken=("Close and reopen the chart, then search again.",)
    )
    assert wide.text_message.startswith(f"{message.name}. Close and reopen the chart")
    assert gsm_length(wide.text_message) <= 160


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_nobody_is_told_resolved_once_it_is_not(desk: Path, form: str) -> None:
    told = ["update", "complete-change", "--book", str(desk), "--today", "2026-12-03 09:00", "--yes"]
    for more in (
        ["It works again.", "--state", "resolved", "--readers", "staff,partners"],
        ["It fails again.", "--state", "identified", "--known", "--next", "30m"],
    ):
        done = CliRunner().invoke(main, [*told, *more])
        assert done.exit_code == 0, done.output
    asked = ["announce", "complete-change", "--book", str(desk), "--today", "2026-12-03 09:01", "--as", form]
    for readers in ("staff", "partners"):
        done = CliRunner().invoke(main, [*asked, "--readers", readers])
        assert done.exit_code == 1
        assert done.stdout == ""
        assert f"{readers} were told that" in done.stderr
        assert f"changebook update complete-change ... --readers {readers}" in done.stderr
    assert "It fails again." in CliRunner().invoke(main, [*asked, "--readers", "desk"]).stdout.replace("\\", "")


@pytest.mark.slow
def test_what_is_older_than_the_latest_update_is_told_with_its_readers_and_not_once_it_is_resolved(desk: Path) -> None:
    told = ["update", "complete-change", "--book", str(desk), "--yes"]
    asked = ["announce", "complete-change", "--book", str(desk), "--as", "sms", "--readers", "partners"]

    def update(at: str, *more: str) -> None:
        done = CliRunner().invoke(main, [*told, "--today", f"2026-12-03 {at}", *more])
        assert done.exit_code == 0, done.output

    update("09:00", "It fails.", "--state", "identified", "--known", "--next", "2h", "--readers", "staff,partners")
    update("09:10", "A fix is on.", "--state", "monitoring", "--known", "--next", "2h", "--readers", "staff")
    done = CliRunner().invoke(main, [*asked, "--today", "2026-12-03 09:20"])
    note = "The latest update of Complete Change is for staff, not for partners; --readers desk prints it.\n"
    assert (done.exit_code, done.stderr) == (0, note)
    update("09:30", "It works again.", "--state", "resolved", "--readers", "staff")
    done = CliRunner().invoke(main, [*asked, "--today", "2026-12-03 12:00"])
    assert (done.exit_code, done.stdout) == (1, "")
    said = "partners were told that Complete Change is not over, and by a later update, for others, it is resolved"
    assert f"{said}; give them one first: changebook update complete-change ... --readers partners" in done.stderr
    assert "overdue" not in done.stderr
    done = CliRunner().invoke(main, [*asked[:-1], "staff", "--today", "2026-12-03 12:00"])
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_draft_is_told_to_the_desk_alone(small: Path) -> None:
    good = (GOOD / "complete-change.yaml").read_text("utf-8").partition("updates:")[0]
    draft = good.replace("status: live", "status: draft")
    assert draft != good
    (small / "complete-change.yaml").write_text(draft, encoding="utf-8")
    asked = ["announce", "complete-change", "--book", str(small), "--as", "phone", "--readers"]
    for readers in ("staff", "partners"):
        done = CliRunner().invoke(main, [*asked, readers])
        assert done.exit_code == 1
        assert "is a draft, and drafts never leave the desk; --readers desk prints it" in done.stderr
        assert done.stdout == ""
    assert CliRunner().invoke(main, [*asked, "desk"]).exit_code == 0


def test_a_rollback_is_told_whatever_was_said_in_its_minute_or_after(harbor: Book) -> None:
    change = harbor.changes["quiet-index"]
    assert change.go_no_go
    back = change.go_no_go.at
    for later, said in ((0, False), (8, True)):
        word = Update.model_construct(
            at=back + timedelta(minutes=later),
            state="monitoring",
            text="It is fixed.",
            known=True,
            next=None,
            readers=("staff", "partners"),
        )
        told = change.model_copy(update={"updates": (word,)})
        for reader in get_args(Addressee):
            message = message_to(harbor, told, reader=reader)
            assert ("It is fixed." in message.mail) is said
            if said:
                for words in (message.mail, message.greeting, message.text_message):
                    assert "The change was rolled back." in words
                    assert words.index("rolled back") < words.index("It is fixed.")


def test_of_a_system_without_an_outage_there_is_nothing_to_announce(desk: Path) -> None:
    (desk / "desk" / "status.yaml").write_text("# Nothing is out.\n", encoding="utf-8")
    name = next(iter(yaml.load((desk / "desk" / "systems.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)))
    done = CliRunner().invoke(main, ["announce", "--book", str(desk), name, "--as", "phone"])
    assert done.exit_code == 1
    assert f"nothing was said of {name}; say it first: changebook outage {name} ..." in done.output
