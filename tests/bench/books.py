"""Write a book of any size: the sample's desk, and records whose prose does not repeat."""

from __future__ import annotations

import random
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
# What `changebook init` is told, for a book of nothing but examples.
ANSWERS = "--organization=Harbor Clinic", "--phone=4400", "--zone=America/Chicago", "--country=US", "--yes"
_SYLLABLES = (
    "ba ce di fo gu ka le mi no pu ra se ti vo zu bran clor dent fell grim hast jorn kelt lund morn pell quin".split()
)
_STATUSES = (
    ["closed"] * 11 + ["stable"] * 2 + ["live"] * 2 + ["ready"] * 2 + ["draft"] + ["rolled-back"] + ["cancelled"]
)
_TODAY = datetime(2026, 12, 3)


class _Plain(yaml.CSafeDumper):
    """Write every value out: records have no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Return that no value is written as an alias."""
        return True


def _text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


# Paragraphs and lists keep their lines.
_Plain.add_representer(str, _text)


class _Writer:
    """One seeded source of words, so that a book of a given size is always the same."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        words = {"".join(self.random.choices(_SYLLABLES, k=self.random.randint(1, 3))) for _ in range(9000)}
        self.words = sorted(words)

    def text(self, count: int) -> str:
        """Return `count` words as one sentence."""
        return " ".join(self.random.choices(self.words, k=count)).capitalize() + "."

    def line(self, count: int) -> str:
        """Return `count` words without a full stop."""
        return " ".join(self.random.choices(self.words, k=count))

    def some(self, terms: list[str], count: int) -> list[str]:
        """Return `count` different terms."""
        return self.random.sample(terms, count)


def write_book(folder: Path, count: int, *, seed: int = 1) -> Path:
    """Write a book of `count` changes into `folder`/changes, each 10 KB or more, and return it."""
    book = folder / "changes"
    shutil.copytree(ROOT / "changes" / "desk", book / "desk")
    desk = {
        name: list(yaml.load((book / "desk" / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader))
        for name in _LISTS
    }
    desk["scenarios"] = sorted(file.stem for file in (book / "desk" / "scenarios").glob("*.yaml"))
    writer = _Writer(seed)
    for number in range(count):
        record = _record(writer, desk, number)
        text = yaml.dump(record, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)
        name = f"{record['name'].lower().replace(' ', '-')}.yaml"
        (book / name).write_text(text, encoding="utf-8")
    return book


_LISTS = ("teams", "systems", "groups", "partners", "workflows", "categories", "kinds", "cases")


def _record(writer: _Writer, desk: dict[str, list[str]], number: int) -> dict[str, object]:
    status = writer.random.choice(_STATUSES)
    start = _start(writer, status)
    groups, partners = writer.some(desk["groups"], 4), writer.some(desk["partners"], 1)
    systems = writer.some(desk["systems"], 4)
    scenarios = writer.some(desk["scenarios"], 3)
    name = f"{writer.line(2).title()} {number}"
    return {
        "name": name,
        "kind": writer.random.choice(desk["kinds"]),
        "status": status,
        "owner": writer.random.choice(desk["teams"]),
        "sentence": writer.text(17),
        "why": writer.text(18),
        "details": f"{writer.text(24)}\n\n- {writer.text(12)}\n- {writer.text(12)}\n\n{writer.text(16)}",
        "former_names": [f"{writer.line(3)} {number}"],
        "communications": writer.random.choice(desk["teams"]),
        "board": f"{start - timedelta(days=6):%Y-%m-%d %H:%M}",
        "window": {"start": f"{start:%Y-%m-%d %H:%M}", "end": f"{start + timedelta(hours=2):%Y-%m-%d %H:%M}"},
        "affects": {
            "systems": systems,
            "workflows": writer.some(desk["workflows"], 2),
            "groups": groups,
            "partners": partners,
            "categories": writer.some(desk["categories"], 2),
        },
        "visible": [_visible(writer, groups) for _ in range(4)],
        "unchanged": [writer.text(9) for _ in range(4)],
        "questions": [_question(writer, groups, partners) for _ in range(6)],
        "data_set": {
            "in_scope": [{"business": writer.text(12), "technical": writer.line(10)} for _ in range(3)],
            "out_of_scope": [writer.text(8) for _ in range(2)],
        },
        "contract": [_exchange(writer, systems, scenarios, number, index) for index in range(2)],
        "playbooks": [_playbook(writer, desk, scenario) for scenario in scenarios],
        "watch": [
            {"what": writer.line(4), "alert": f"{name} slow", "normal": writer.line(3), "incident_when": writer.line(6)}
        ],
        **_evidence(writer, desk, scenarios, start),
        "queue_rules": [
            {
                "do": "route",
                "what": writer.line(3),
                "to": f"REL-{writer.line(1).upper()}-{number}",
                "ends": f"{start + timedelta(days=7):%Y-%m-%d %H:%M}",
                "ends_when": writer.line(6),
            }
        ],
    }


def _evidence(writer: _Writer, desk: dict[str, list[str]], scenarios: list[str], start: datetime) -> dict[str, object]:
    """Return what proves that support is ready; what a future window has not seen yet is written down all the same."""

    def moment(days: float) -> str:
        return f"{start + timedelta(days=days):%Y-%m-%d %H:%M}"

    team = writer.random.choice(desk["teams"])
    passed = {"result": "passed", "found_in": "70s"}
    stages = (("pre-production", -9.0), ("after-go-live", 0.5))
    return {
        "rollback": {
            "criteria": [writer.line(9) for _ in range(3)],
            "steps": [writer.line(7) for _ in range(3)],
            "decided_by": team,
        },
        "compliance": {
            **{key: writer.text(12) for key in ("privacy", "audit", "in_tickets")},
            "reviewed_by": "privacy-office",
            "at": moment(-12)[:10],
        },
        "tests": [
            {
                "case": case,
                "user_sees": writer.text(9),
                "differs_from_production": writer.text(8),
                "accept": {"correlation_id": True, "found_within": "2m"},
                "runs": [
                    {"stage": stage, "at": moment(days), "evidence": f"RUN-{number}", **passed}
                    for number, (stage, days) in enumerate(stages)
                ],
            }
            for case in writer.some(desk["cases"], 4)
        ],
        "rehearsals": [
            {
                "scenario": scenario,
                "at": moment(-7),
                "reported": writer.text(12),
                "filed_as": writer.random.choice(desk["categories"]),
                "next": writer.text(10),
                "clear": True,
            }
            for scenario in scenarios[:2]
        ],
        "briefing": {
            "at": moment(-1),
            "recording": "https://media.northmere.example/briefings/one",
            "attended": ["service-desk", "desk-lead"],
            "first_15_minutes": [writer.line(8) for _ in range(4)],
        },
        "bridge": {"channel": "Bridge 6601", "lead": "desk-lead"},
        "go_no_go": {"at": moment(-1), "decision": "go", "by": team, "reason": writer.text(9)},
        "known_errors": [
            {
                "id": f"KE-{writer.random.randint(100, 999)}",
                "title": writer.line(6),
                "scenario": scenarios[0],
                "workaround": writer.text(10),
                "state": "open",
                "severity": "low",
                "owner": team,
            }
        ],
    }


def _start(writer: _Writer, status: str) -> datetime:
    days = {"live": (-12, -1), "stable": (-60, -14), "ready": (1, 40), "draft": (10, 90)}.get(status, (-900, -5))
    day = _TODAY + timedelta(days=writer.random.randint(*days))
    return day.replace(hour=writer.random.choice((4, 12, 19, 21)))


def _visible(writer: _Writer, groups: list[str]) -> dict[str, object]:
    kind = writer.random.choice(["added", "renamed", "reworded", "timing"])
    before = {} if kind == "added" else {"before": writer.line(7)}
    return {"what": writer.line(3), "change": kind, **before, "after": writer.line(9), "for": writer.some(groups, 2)}


def _question(writer: _Writer, groups: list[str], partners: list[str]) -> dict[str, object]:
    by = {"partners": partners} if writer.random.random() < 0.15 else {"groups": writer.some(groups, 2)}
    return {
        "question": f"{writer.line(9)}?",
        "answer": f"{writer.text(12)} **{writer.line(2)}** {writer.text(9)}",
        **by,
    }


def _exchange(writer: _Writer, systems: list[str], scenarios: list[str], number: int, index: int) -> dict[str, object]:
    answers = [
        {
            "code": f"Z{number}-{index}{code}",
            "status": f"{writer.random.choice((200, 401, 404, 429, 504))}",
            "means": writer.text(8),
            "user_sees": writer.text(12),
            "retryable": writer.random.random() < 0.5,
            "desk": {
                "action": writer.text(14),
                "defect_when": writer.text(9),
                "scenario": writer.random.choice(scenarios),
            },
        }
        for code in range(3)
    ]
    return {
        "exchange": f"exchange-{index}",
        "from": systems[index],
        "to": systems[index + 1],
        "timeout": "8s",
        "retry": writer.text(8),
        "validation": [writer.text(9)],
        "answers": answers,
    }


def _check(writer: _Writer, team: str) -> dict[str, object]:
    outcomes: tuple[dict[str, object], ...] = ({"then": "next"}, {"then": "done"}, {"then": "escalate", "to": team})
    results = [{"if": writer.line(5), "do": writer.text(8), **outcome} for outcome in outcomes]
    return {"do": writer.text(9), "results": results}


def _playbook(writer: _Writer, desk: dict[str, list[str]], scenario: str) -> dict[str, object]:
    to, backup = writer.some(desk["teams"], 2)
    return {
        "scenario": scenario,
        "title": writer.line(4).capitalize(),
        "callers_say": [writer.line(5) for _ in range(4)],
        "checks": [_check(writer, to) for _ in range(2)],
        "first_response": f"{writer.text(20)}\n\n{writer.text(14)} [time + 30 min]",
        "escalate": [{"when": writer.line(10), "to": to, "backup": backup, "within": "15m", "give": [writer.line(2)]}],
        "severity": [{"level": 2, "when": writer.line(10), "do": writer.text(7), "cadence": "30m"}],
        "workaround": [writer.text(10) for _ in range(2)],
        "rollback": [writer.text(10)],
    }


def with_days_to_come(text: str) -> str:
    """Return the text of the first week with a window next March, which has no holiday, in place of theirs."""
    march = date(date.today().year + 1, 3, 1)
    tuesday = march + timedelta((1 - march.weekday()) % 7)
    return text.replace("2026-12-08", f"{tuesday}").replace("2026-12-07", f"{tuesday - timedelta(1)}")
