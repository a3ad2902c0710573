"""Change real records at random, and see that the check says what is wrong and never fails.

    python tests/bench/fuzz.py [100000] [--seed 1] [--only NUMBER] [--workers 2]

Each mutation edits one file of a book: bytes, lines, the tree of its values, escapes, or a part of it many times over.
The book is then checked; where nothing is wrong with it, all pages of its changes are rendered. Prints the seed, how
many were refused and how many rendered, and the slowest; exits with 1 after an exception, which `--only` repeats.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from changebook.checking.problems import check_book
from changebook.pages import pages_of
from changebook.pages.filling import block_of
from changebook.render import Renderer
from changebook.source import RECORD_BYTES
from changebook.source.events import Steps

ROOT = Path(__file__).parents[2]
HOSTILE = [
    line
    for line in (ROOT / "tests" / "hostile" / "texts.txt").read_text("utf-8").splitlines()
    if not line.startswith("# ")
]
ESCAPES = ["\\0", "\\a", "\\b", "\\e", "\\r", "\\N", "\\_", "\\L", "\\P", "\\x7f", "\\u200b", "\\u202e", "\\U000e0041"]
SHARE = 500


@dataclass(frozen=True)
class Outcome:
    """One mutation: its number, how it was made, seconds of CPU to check, problems, and the traceback if it failed."""

    number: int
    how: str
    seconds: float
    problems: int
    failure: str = ""


def by_bytes(text: str, rnd: random.Random) -> bytes:
    """Flip, insert, delete or repeat some bytes."""
    data = bytearray(text.encode())
    for _ in range(rnd.randint(1, 4)):
        at, length = rnd.randrange(len(data) + 1), rnd.randint(1, 40)
        what = rnd.choice("flip insert hostile delete repeat cut".split())
        if what == "flip" and at < len(data):
            data[at] ^= 1 << rnd.randrange(8)
        elif what == "insert":
            data[at:at] = rnd.randbytes(rnd.randint(1, 4))
        elif what == "hostile":
            data[at:at] = rnd.choice(HOSTILE).encode()
        elif what == "delete":
            del data[at : at + length]
        elif what == "repeat":
            data[at:at] = data[at : at + length]
        elif rnd.random() < 0.2:
            del data[at:]
    return bytes(data)


def by_lines(text: str, rnd: random.Random) -> bytes:
    """Delete, repeat, swap, indent or rewrite some lines."""
    lines = text.split("\n")
    for _ in range(rnd.randint(1, 3)):
        at, other = rnd.randrange(len(lines)), rnd.randrange(len(lines))
        what = rnd.choice("delete repeat swap indent value comment quote".split())
        key, colon, _ = lines[at].partition(": ")
        if what == "delete" and len(lines) > 1:
            del lines[at]
        elif what == "repeat":
            lines[at:at] = [lines[at]] * rnd.randint(1, 3)
        elif what == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif what == "indent":
            lines[at] = rnd.choice(["", " ", "  ", "\t", "\u00a0", "- "]) + lines[at].lstrip(rnd.choice(["", " "]))
        elif what == "value" and colon:
            lines[at] = f"{key}: {rnd.choice(HOSTILE)}"
        elif what == "comment":
            lines[at] += rnd.choice([" #4", " # 4", "  # text", " # name-ok", "#", " #"])
        elif colon:
            quote = rnd.choice("'\"\u201c|>")
            lines[at] = f"{key}: {quote}{rnd.choice(HOSTILE)}{quote}"
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def by_tree(text: str, rnd: random.Random) -> bytes:
    """Delete, replace, repeat or nest values, and write them down in another style."""
    values = yaml.load(text, Loader=yaml.CBaseLoader)
    for _ in range(rnd.randint(1, 3)):
        steps = rnd.choice(list(steps_of(values)))
        parent = values
        for step in steps[:-1]:
            parent = parent[step]
        value, last = parent[steps[-1]], steps[-1]
        what = rnd.choice("delete text text text list map repeat nest swap".split())
        if what == "delete":
            del parent[last]
        elif what == "repeat" and isinstance(parent, list):
            parent.extend([value] * rnd.randint(1, 20))
        elif what == "nest":
            for _ in range(rnd.randint(1, 14)):
                value = rnd.choice([[value], {"x": value}])
            parent[last] = value
        elif what == "swap":
            other = rnd.choice(list(steps_of(values)))
            found: Any = values
            for step in other:
                found = found[step]
            parent[last] = found if isinstance(found, str) else str(last)
        else:
            said = unescaped(rnd.choice(HOSTILE))
            parent[last] = {"list": [said], "map": {"x": said}}.get(what, said)
        if not values:
            break
    style = rnd.choice([None, '"', "'", "|", ">"])
    dumped = yaml.dump(
        values, sort_keys=False, allow_unicode=True, default_style=style, width=rnd.choice([20, 110, 9999])
    )
    return dumped.encode("utf-8", "surrogatepass")


def by_escapes(text: str, rnd: random.Random) -> bytes:
    """Write some values in double quotes, with escapes in them."""
    lines = text.split("\n")
    for at in rnd.sample(range(len(lines)), min(3, len(lines))):
        key, colon, value = lines[at].partition(": ")
        if colon:
            inside = value.replace("\\", "\\\\").replace('"', '\\"')
            put = rnd.randrange(len(inside) + 1)
            lines[at] = f'{key}: "{inside[:put]}{rnd.choice([*ESCAPES, *HOSTILE])}{inside[put:]}"'
    return "\n".join(lines).encode()


def by_bulk(text: str, rnd: random.Random) -> bytes:
    """Write a line, a text, or a piece of a hostile one as often as a file has room."""
    lines = text.split("\n")
    at, room = rnd.randrange(len(lines)), RECORD_BYTES - len(text.encode()) - 100
    key, colon, value = lines[at].partition(": ")
    piece = (
        unescaped(rnd.choice([*HOSTILE, *"[ ` * _ ( < = - # > | ~ ! &".split(), value or "x"]))[: rnd.randint(1, 30)]
        or "x"
    )
    what = rnd.choice("line value block".split())
    if what == "line":
        lines[at:at] = [lines[at]] * max(room // (len(lines[at].encode()) + 1), 1)
    elif what == "value" and colon:
        lines[at] = f"{key}: {piece * (rnd.choice([200, 1200, 8000, room]) // len(piece))}"
    else:
        indent = " " * (len(lines[at]) - len(lines[at].lstrip()) + 2)
        block = piece.replace("\n", f"\n{indent}") * (rnd.choice([1200, 8000]) // max(len(piece), 1))
        lines[at] = f"{key}: |\n{indent}{block}"
    return "\n".join(lines).encode("utf-8", "surrogatepass")


MUTATORS: tuple[Callable[[str, random.Random], bytes], ...] = (by_bytes, by_lines, by_tree, by_escapes, by_bulk)


def steps_of(values: Any, steps: Steps = ()) -> Iterator[Steps]:
    """Yield the steps to every value inside `values`."""
    inner = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    for step, value in inner:
        yield (*steps, step)
        yield from steps_of(value, (*steps, step))


def unescaped(text: str) -> str:
    """Return what a hostile line stands for, its escapes read."""
    try:
        return str(yaml.load(f'"{text}"', Loader=yaml.CBaseLoader))
    except (yaml.YAMLError, UnicodeEncodeError):
        return text


def _with_others(record: Path) -> list[Path]:
    """Return a record with those of the changes that it names, and that they name."""
    found, todo = list[Path](), [record]
    while todo:
        found.append(file := todo.pop())
        values = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        named = [*values.get("depends_on", []), values.get("part_of"), values.get("repeats")]
        todo += [other for name in named if name and (other := file.with_name(f"{name}.yaml")) not in (*found, *todo)]
    return found


class Books:
    """Books to mutate, each in its own folder: the small one of the tests, and Harbor Point's, a change at a time."""

    def __init__(self, folder: Path) -> None:
        self.folders = [folder / "small" / "changes"]
        shutil.copytree(ROOT / "tests" / "book", self.folders[0])
        for record in sorted((ROOT / "tests" / "records" / "good").glob("*.yaml")):
            shutil.copy(record, self.folders[0])
        harbor = ROOT / "tests" / "golden" / "book"
        for record in sorted(harbor.glob("*.yaml")):
            self.folders.append(folder / record.stem / "changes")
            shutil.copytree(harbor / "desk", self.folders[-1] / "desk")
            for needed in _with_others(record):
                shutil.copy(needed, self.folders[-1])
        # Templates are compiled before anything is timed, and each book is right as it is.
        assert [folder for folder in self.folders if tried(folder)] == []

    def mutate(self, seed: int, number: int) -> Outcome:
        """Make one mutation, check its book, and put the file back."""
        rnd = random.Random(f"{seed}:{number}")
        # The small book costs a third of the others.
        folder = self.folders[0] if rnd.random() < 0.95 else rnd.choice(self.folders[1:])
        files = sorted(folder.glob("*.yaml"))
        file = rnd.choice(files if rnd.random() < 0.8 else sorted(folder.rglob("desk/**/*.yaml")))
        mutator = rnd.choice(MUTATORS)
        before, how = file.read_bytes(), f"{mutator.__name__} {file.parent.name}/{file.name}"
        start = time.process_time()
        try:
            data = mutator(before.decode("utf-8-sig"), rnd)
            file.write_bytes(data)
            start = time.process_time()
            problems = tried(folder)
        except Exception:
            return Outcome(number, how, time.process_time() - start, 0, traceback.format_exc())
        finally:
            file.write_bytes(before)
        return Outcome(number, how, time.process_time() - start, problems)


def tried(folder: Path) -> int:
    """Return how many problems the book in `folder` has; render its changes where it has none."""
    loaded = check_book(folder, clock=lambda: datetime(2026, 12, 3, 15, tzinfo=UTC))
    problems = [problem for problem in loaded.problems if not problem.gap]
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems), problems
    if not problems:
        assert loaded.book
        renderer = Renderer(loaded.book, lambda name: Markup(""))
        for page in pages_of(loaded.book):
            if page.change:
                renderer.html(block_of(page, loaded.book), root="../")
    return len(problems)


def work(share: tuple[int, range]) -> list[Outcome]:
    """Make the mutations of one share: a seed, and the numbers."""
    seed, numbers = share
    with tempfile.TemporaryDirectory(prefix="changebook-fuzz-") as scratch:
        books = Books(Path(scratch))
        return [books.mutate(seed, number) for number in numbers]


def main() -> None:
    """Run the fuzzer from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--only", type=int)
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}", flush=True)
    numbers = range(wanted.count) if wanted.only is None else range(wanted.only, wanted.only + 1)
    shares = [(wanted.seed, numbers[start : start + SHARE]) for start in range(0, len(numbers), SHARE)]
    failed, refused, done, slowest = 0, 0, 0, Outcome(-1, "", 0, 0)
    kinds: Counter[str] = Counter()
    with multiprocessing.Pool(wanted.workers) as pool:
        for outcomes in pool.imap_unordered(work, shares):
            for outcome in outcomes:
                done += 1
                refused += bool(outcome.problems)
                kinds[outcome.how.split()[0]] += 1
                slowest = max(slowest, outcome, key=lambda one: one.seconds)
                if outcome.failure:
                    failed += 1
                    print(f"--only {outcome.number} ({outcome.how}):\n{outcome.failure}", flush=True)
    print(f"{done} mutations ({', '.join(f'{kind} {number}' for kind, number in sorted(kinds.items()))})")
    print(f"{refused} refused, {done - refused - failed} checked and rendered, {failed} failed")
    print(f"slowest: {slowest.seconds:.2f} s of CPU, --only {slowest.number} ({slowest.how})")
    raise SystemExit(bool(failed))


if __name__ == "__main__":
    main()
