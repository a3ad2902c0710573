"""What makes a record wrong. The docstring of each check is its rule, printed in the handbook.

A check is a generator over the book: it yields the spot of each fault and a message, what is wrong
and then what to do. It decides nothing about what happens next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from changebook.book import Book
from changebook.checks.blanks import check_blanks
from changebook.checks.changes import (
    check_affected_audiences,
    check_before_and_after,
    check_contract_systems,
    check_former_names,
    check_links,
    check_live_window,
    check_name_and_file,
    check_not_asked,
    check_sentence,
    check_status_window,
    check_window_order,
)
from changebook.checks.closing import check_fixed_in
from changebook.checks.dates import check_closed, check_dates, check_postponed
from changebook.checks.desk import (
    check_backups,
    check_desk_names,
    check_feedback,
    check_former_codes,
    check_holidays,
    check_outages,
    check_playbook_codes,
    check_scenario_names,
    check_standing_titles,
)
from changebook.checks.editions import check_outside_words
from changebook.checks.elsewhere import check_elsewhere
from changebook.checks.launch import check_alert_names, check_live_decision, check_queue_rules, check_tested_codes
from changebook.checks.links import check_other_changes, check_other_numbers
from changebook.checks.lists import (
    check_repeated_answers,
    check_repeated_entries,
    check_repeated_errors,
    check_repeated_questions,
)
from changebook.checks.naming import check_names
from changebook.checks.phases import check_outage_readers, check_phase_readers, check_phases, check_window_or_phases
from changebook.checks.playbooks import (
    check_downtime,
    check_escalations,
    check_numbers,
    check_otherwise,
    check_paths,
    check_short_checks,
)
from changebook.checks.references import check_references
from changebook.checks.several import check_rehearsed_playbooks, check_several_playbooks
from changebook.checks.updates import check_updates
from changebook.source.places import Spot

BookCheck = Callable[[Book], Iterator[tuple[Spot, str]]]

CHECKS: tuple[BookCheck, ...] = (
    check_affected_audiences,
    check_alert_names,
    check_backups,
    check_before_and_after,
    check_blanks,
    check_closed,
    check_contract_systems,
    check_dates,
    check_desk_names,
    check_downtime,
    check_elsewhere,
    check_escalations,
    check_feedback,
    check_fixed_in,
    check_former_codes,
    check_former_names,
    check_holidays,
    check_links,
    check_live_decision,
    check_live_window,
    check_name_and_file,
    check_names,
    check_not_asked,
    check_numbers,
    check_other_changes,
    check_other_numbers,
    check_otherwise,
    check_outage_readers,
    check_outages,
    check_outside_words,
    check_paths,
    check_phase_readers,
    check_phases,
    check_playbook_codes,
    check_postponed,
    check_queue_rules,
    check_references,
    check_rehearsed_playbooks,
    check_repeated_answers,
    check_repeated_entries,
    check_repeated_errors,
    check_repeated_questions,
    check_scenario_names,
    check_sentence,
    check_several_playbooks,
    check_short_checks,
    check_standing_titles,
    check_status_window,
    check_tested_codes,
    check_updates,
    check_window_or_phases,
    check_window_order,
)
# Those that ask other changes too; what the rest find in a change stays, whatever becomes of the others.
AMONG: tuple[BookCheck, ...] = (
    check_fixed_in,
    check_former_names,
    check_names,
    check_other_changes,
    check_other_numbers,
    check_outside_words,
)
ALONE = tuple(check for check in CHECKS if check not in AMONG)
