"""Which fields of each record the editions of staff and partners may hold; a field that is not here is the desk's.

Every field of every record is in one of the tables, so that whoever adds one decides who reads it.
"""

from __future__ import annotations

from collections.abc import Mapping

from changebook.model import (
    Calendar,
    Case,
    Category,
    Change,
    Group,
    Kind,
    NotOurs,
    Outage,
    Partner,
    Playbook,
    Record,
    Scenario,
    Settings,
    Site,
    System,
    Team,
    Wording,
    Workflow,
)
from changebook.model.calendar import Blackout, Cluster, Overlap
from changebook.model.change import Affects, Question, Visible
from changebook.model.contract import Answer, DataSet, DeskAnswer, Exchange, OlderVersion, ScopeRow, Version
from changebook.model.downtime import Downtime, DowntimeChange, PaperForm
from changebook.model.evidence import Acceptance, Briefing, Compliance, Rehearsal, Run, SupportTest, Waiver
from changebook.model.kinds import Artifact
from changebook.model.launch import (
    Bridge,
    Decision,
    FormerDecision,
    KnownError,
    Postponement,
    QueueRule,
    Rollback,
    Watch,
)
from changebook.model.links import Reference
from changebook.model.mapping import CategoryValue, GroupValue, TicketColumns, TicketMapping, TicketStates
from changebook.model.notices import Announcement, NotAsked, Notice, PartnerToDo, ToldPartner
from changebook.model.phases import Phase, Window
from changebook.model.playbook import Check, Escalation, FileAs, Guidance, Otherwise, Result, Severity
from changebook.model.retrospective import GuideGap, Retrospective
from changebook.model.safety import Harm, Hazard, Safety
from changebook.model.settings import Forge, Holiday, ServiceDesk
from changebook.model.updates import FormerWord, Update
from changebook.model.wording import Jargon, Shorthand, Synonyms

Fields = Mapping[type[Record], str]

STAFF_AND_PARTNERS: Fields = {
    Affects: "systems",
    Announcement: "after_rollback",
    Change: "id name status sentence window phases postponed affects visible unchanged questions announcement updates",
    Notice: "do do_not expect",
    Phase: "name start end outage outage_for",
    Postponement: "from_ phase",
    Question: "question answer was",
    ServiceDesk: "name outside_phone hours",
    Settings: "organization desk zone paper today feedback",
    System: "id name",
    Update: "at state text checking expect next",
    Visible: "what before after for_",
    Window: "start end outage outage_for",
}
STAFF: Fields = {
    Affects: "groups",
    Announcement: "staff patients",
    # How the hospital works, and what its projects were called, is no partner's business.
    Change: "why details former_names playbooks",
    Downtime: "after form read_only entered_by entered_within",
    DowntimeChange: "after form read_only entered_by entered_within",
    Group: "id name",
    PaperForm: "name number place",
    Phase: "sites groups",
    Playbook: "scenario downtime",
    Question: "groups",
    Scenario: "id title downtime",
    ServiceDesk: "phone",
    Site: "id name",
}
PARTNERS: Fields = {
    Affects: "partners",
    Announcement: "partners to_do",
    Answer: "code status means retryable",
    Change: "data_set contract",
    DataSet: "in_scope out_of_scope",
    Exchange: "exchange version timeout retry missing_field validation answers",
    OlderVersion: "version until",
    Partner: "id name",
    PartnerToDo: "partners do",
    Phase: "partners",
    Question: "partners",
    ScopeRow: "business technical",
    Version: "old new new_from old_until older credentials",
}
DESK: Fields = {
    Acceptance: "correlation_id found_within",
    Affects: "workflows categories",
    Announcement: "desk",
    Answer: "user_sees desk",
    Artifact: "name use parts by_hand",
    Blackout: "name start lasts repeats effect",
    Bridge: "channel lead",
    Briefing: "at recording attended first_15_minutes",
    Calendar: "a_day a_week staffed holidays last_day partner_gap cluster overlap blackouts",
    Case: "id name do scenario not_in_production",
    Category: "id name team",
    CategoryValue: "value category",
    Change: (
        "kind urgency repeats owner communications board revised references depends_on part_of review_by not_asked "
        "stable closed told watch rollback compliance safety tests rehearsals briefing bridge queue_rules go_no_go "
        "waivers known_errors retrospective cover"
    ),
    Check: "do results",
    Cluster: "go_lives within leads",
    Compliance: "privacy audit in_tickets reviewed_by at",
    Decision: "at decision by reason earlier",
    DeskAnswer: "action defect_when scenario",
    Downtime: "all_clear",
    DowntimeChange: "all_clear",
    Escalation: "when to backup within give",
    Exchange: "from_ to normal_failure",
    FileAs: "category priority queue",
    FormerDecision: "at decision by reason",
    FormerWord: "at state says",
    Forge: "kind repository branch book docs",
    Group: "people about",
    GuideGap: "gap owner fixed_in",
    GroupValue: "value group",
    Guidance: (
        "title callers_say keywords otherwise codes file_as checks first_response escalate severity workaround "
        "rollback downtime must_find"
    ),
    Harm: "words call report",
    Hazard: "number what scenario control",
    Holiday: "day name",
    Jargon: "words plain",
    Kind: "id name risk driver mitigation artifact lead_time owed_within repeat_within requires tests",
    KnownError: "number title scenario workaround state severity affected tickets confusion owner",
    NotAsked: "groups partners why",
    NotOurs: "id what words team name phone hours note",
    Otherwise: "when scenario",
    Outage: "id state since updated next_update says where earlier",
    Overlap: "within stops warns",
    Partner: "about contact status_page edition notice asks systems",
    Playbook: (
        "title callers_say keywords otherwise codes file_as checks first_response escalate severity workaround "
        "rollback must_find folded dropped"
    ),
    Postponement: "at why",
    Question: "readers must_find",
    QueueRule: "do what to still_alerts starts ends ends_when removed",
    Reference: "system number address",
    Rehearsal: "scenario playbook at reported filed_as next clear",
    Retrospective: "held outcome summary causes confusion gaps lessons",
    Result: "if_ do then to",
    Rollback: "criteria steps decided_by",
    Run: "stage at result evidence found_in fixed_in",
    Safety: "assessed_by at reference decision hazards",
    Scenario: (
        "callers_say keywords otherwise codes file_as checks first_response escalate severity workaround "
        "rollback must_find code about owner backup backup_after review_by systems former_codes former_files"
    ),
    Settings: (
        "schema_version language forge reviewer lead review_every retrospective_within triage harm holidays "
        "staff_edition retired_codes"
    ),
    Severity: "level when do cadence",
    Shorthand: "short means",
    SupportTest: "case answer article user_sees differs_from_production accept runs",
    Synonyms: "words",
    System: "kind owner about other_names internal",
    Team: "id name phone queue hours zone backup does",
    TicketColumns: (
        "number opened changed classified resolved state category group caller channel reassigned teams escalated "
        "reopened "
        "first_contact sla_met sla_missed text"
    ),
    TicketMapping: "id title columns rows records zone day_first missing states categories groups",
    TicketStates: "classified escalated resolved",
    ToldPartner: "partner at how",
    Update: "known readers",
    Visible: "change",
    Waiver: "gap reason approver expires",
    Watch: "what alert normal incident_when",
    Wording: "synonyms shorthand jargon robotic vague hollow",
    Workflow: "id name groups systems",
}
