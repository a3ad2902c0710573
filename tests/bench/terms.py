"""What a template makes of a value in a record: the texts that no source holds as they are shown."""

TERMS = (
    *("High", "Medium", "Medium-high", "Low"),
    *("Done", "Next", "Open", "Fixed", "Late", "Waiting", "Due", "Failed", "Escalate"),
    *("Departmental", "Interface engine", "Middleware", "Identity", "Alerting", "Reporting", "Scheduling", "Portal"),
    *("Partner endpoint", "Vendor endpoint"),
    # What a gap is about, and what of a playbook is not decided on: keys of a record without their underscores.
    *("Communications", "Window", "Board", "Why", "Details", "Announcement", "Data set", "Contract", "Playbooks"),
    *("Watch", "Rollback", "Compliance", "Rehearsals", "Briefing", "Bridge", "Queue rules", "Questions", "Sentence"),
    *("Known errors", "Retrospective", "Status", "Waivers", "Urgency", "Repeats", "Postponed", "Not asked", "Outage"),
    *("title", "codes", "checks", "first response", "severity", "workaround", "rollback", "downtime"),
    # What changed in a playbook, in how to reach a team, in a known error.
    *("Number", "Hours", "Backup", "Queue", "Lead", "Holiday", "Title", "Caller's words", "Sign of something else"),
    *("Code", "Ticket", "Check", "First response", "Escalation", "Severity", "Workaround", "About", "Owner", "State"),
    *("Playbook", "People affected", "Fix owner", "Checks are in another order", "done", "next", "escalate"),
    # Why nobody knows what changed.
    *("git was not asked", "git is not installed here; install it", "there is no git history here"),
    # How far a change is, what was decided, and for whom, in a sentence.
    *(
        "draft",
        "ready",
        "live",
        "stable",
        "closed",
        "rolled back",
        "cancelled",
        "go",
        "hold",
        "no-go",
        "roll-back",
        "no go",
        "roll back",
    ),
    *("held", "outcome", "summary", "cadence", "playbooks", "bridge", "go no go", "added", "removed", "renamed"),
    *("reworded", "open", "fixed", "high", "medium", "low"),
    *("changes", "partners", "questions", "symptoms", "systems"),
    *("pending", "accepted", "not accepted", "desk", "staff", "partners", "patients", "Staff", "Partners", "Desk"),
    *("pre-production", "after-go-live", "passed", "failed"),
    *("critical", "major", "minor", "routine", "planned", "standard", "expedited", "emergency", "sayings"),
)
