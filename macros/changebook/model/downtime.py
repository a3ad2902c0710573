"""How work goes on by hand while a system is down: the paper, what can still be read, and the way back."""

from __future__ import annotations

from changebook.model.record import Record, field
from changebook.model.scalar import Duration
from changebook.model.text import Line, TeamId, Term


class PaperForm(Record):
    """The form to fill in by hand."""

    name: Line = field("What is printed at its top.")
    number: Term = field("The number printed on it.")
    place: Line = field("Where blank ones are.")


class DowntimeChange(Record):
    """What a change replaces in the downtime procedure of a scenario; what it leaves out stays."""

    after: Duration | None = field("How long to wait for the system before going to paper.", default=None)
    form: PaperForm | None = field("The form to fill in by hand.", default=None)
    read_only: Line | None = field("Where the data from before can be read in the meantime.", default=None)
    entered_by: Line | None = field("Who enters the paper back into the system.", default=None)
    entered_within: Duration | None = field("How long after the all clear the paper must be entered.", default=None)
    all_clear: TeamId | None = field("The team that says the system can be used again.", readers="desk", default=None)


class Downtime(DowntimeChange):
    """The downtime procedure of a scenario."""

    after: Duration = field("How long to wait for the system before going to paper.")
    form: PaperForm = field("The form to fill in by hand.")
    entered_by: Line = field("Who enters the paper back into the system.")
    entered_within: Duration = field("How long after the all clear the paper must be entered.")
    all_clear: TeamId = field("The team that says the system can be used again.", readers="desk")

    def with_change(self, change: DowntimeChange | None) -> Downtime:
        """Return the procedure while a change is new: what `change` says replaces what is said here."""
        own = {name: getattr(change, name) for name in type(self).model_fields} if change else {}
        return self.model_copy(update={name: value for name, value in own.items() if value is not None})
