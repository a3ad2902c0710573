"""The files of a new site repository: an empty but complete desk, with examples as comments and one example draft."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from importlib.metadata import version
from urllib.parse import urlsplit

import jinja2

from changebook.model import Calendar, Settings
from changebook.model.reading import dotted, read_record
from changebook.model.settings import FORM
from changebook.scaffold.lists import STARTER, starter_folder, starter_lists
from changebook.scaffold.plain import as_yaml

# The name and the sentence of the example draft, by the language of the book.
DRAFTS = {
    "en": ("Example Change", "This is an example of a draft, and a ticket about it is for practice only."),
    "de": ("Beispieländerung", "Dies ist ein Beispiel für einen Entwurf, und ein Ticket dazu dient nur der Übung."),
}
OWNER = "desk-lead"
_ENDING = ".j2"
# Where people print on letter.
_LETTER = ("US", "CA", "MX", "PH", "CL", "CO", "CR", "DO", "GT", "PA", "PR", "SV", "VE")
# The files that one kind of forge reads.
_OF_GITHUB, _OF_GITLAB = (".github/",), (".gitlab/", ".gitlab-ci.yml")


@dataclass(frozen=True)
class Answers:
    """What is asked before a book is written; `repository` is "" where there is no forge."""

    organization: str
    desk: str
    phone: str
    zone: str
    language: str
    repository: str
    country: str

    @property
    def forge(self) -> str:
        """The kind of forge, by its address, "" if there is none."""
        return self.repository and ("github" if "github" in urlsplit(self.repository).netloc else "gitlab")

    @property
    def paper(self) -> str:
        """What the country prints on."""
        return "letter" if self.country.partition("-")[0] in _LETTER else "a4"


def wrong_answers(answers: Answers) -> dict[str, str]:
    """Return what is wrong with each answer, by the question, and what to do."""
    values = {
        "organization": answers.organization,
        "desk": {"name": answers.desk, "phone": answers.phone, "hours": "always"},
        "zone": answers.zone,
        # A byte that is no text is no language either.
        "language": answers.language.encode(errors="replace").decode(),
        **({"forge": {"kind": answers.forge, "repository": answers.repository}} if answers.repository else {}),
    }
    asked = {"desk.name": "desk", "desk.phone": "phone", "forge.repository": "repository", "holidays": "country"}
    _, faults = read_record(Settings, values, {})
    _, more = read_record(Calendar, {"holidays": answers.country}, {})
    wrong = {dotted(fault.steps): fault.message for fault in (*faults, *more)}
    return {asked.get(steps, steps): message for steps, message in wrong.items()}


def starter_files(answers: Answers) -> dict[str, str]:
    """Return the files of a new site by their path; the draft is not among them."""
    owner = urlsplit(answers.repository).path.strip("/").partition("/")[0]
    facts = {
        **asdict(answers),
        "site_name": f"{answers.organization} Changebook",
        "forge": answers.forge,
        "paper": answers.paper,
        "owner": owner,
        "form": FORM,
        "version": version("changebook"),
    }
    templates = _templates(answers.language)
    names = [name for name in templates.list_templates() if name.endswith(_ENDING)]
    found = {_target(name): templates.get_template(name).render(facts) for name in names}
    left_out = (*(_OF_GITHUB if answers.forge != "github" else ()), *(_OF_GITLAB if answers.forge != "gitlab" else ()))
    left_out = (*left_out, *(() if answers.forge else ("CODEOWNERS",)))
    found |= {f"changes/desk/{name}.yaml": text for name, text in starter_lists(answers.language).items()}
    return {path: text for path, text in found.items() if not path.startswith(left_out)}


def _templates(language: str) -> jinja2.Environment:
    # Workflows, Make and pages have braces of their own.
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([starter_folder(language), STARTER]),
        autoescape=False,
        undefined=jinja2.StrictUndefined,
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = _scalar
    return environment


def _scalar(text: str) -> str:
    """Return `text` as a value of YAML on the line of its key."""
    return as_yaml({"key": text}).removeprefix("key: ").strip()


def _target(name: str) -> str:
    return "/".join(re.sub("^dot-", ".", part) for part in name.removesuffix(_ENDING).split("/"))
