"""What a template makes of a value in a record: the texts that no source holds as they are shown."""

TERMS = (
    *("High", "Medium", "Medium-high", "Low"),
    *("Done", "Next", "Open", "Fixed", "Late", "Waiting"),
    *("Departmental", "Interface engine", "Middleware", "Identity", "Alerting", "Reporting", "Scheduling", "Portal"),
    *("Partner endpoint", "Vendor endpoint"),
    *("critical", "major", "minor", "routine", "planned", "standard", "expedited", "emergency", "sayings"),
)
