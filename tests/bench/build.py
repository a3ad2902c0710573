"""Measure the build of a book of N changes against plain MkDocs-Material on as many Markdown pages.

    python tests/bench/build.py 1000 [--runs 3]

Prints CPU and wall seconds (medians), pages, bytes, peak memory, what mkdocs-macros costs, and the ratio.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from books import ROOT, write_book

# Times, inside one more build, what mkdocs-macros itself takes: its event less our selecting in it.
MEASURE = """
import time
from changebook.render import Renderer

spent = {"macros": 0.0, "views": 0.0, "ours": 0.0}

def timed(name, function):
    def call(*arguments, **named):
        start = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            spent[name] += time.process_time() - start
    return call

def on_config(config):
    events = config.plugins.events["page_markdown"]
    macros = config.plugins["macros"]
    events[events.index(macros.on_page_markdown)] = timed("macros", macros.on_page_markdown)
    for name in macros.macros:
        macros.env.globals[name] = timed("views", macros.env.globals[name])
    Renderer.html = timed("ours", Renderer.html)
    spent["start"] = time.process_time()

def on_post_build(config):
    whole = time.process_time() - spent["start"]
    share = spent["macros"] - spent["views"]
    print(f"MEASURED {share:.3f} {spent['ours'] + spent['views']:.3f} {whole:.3f}")
"""


@dataclass(frozen=True)
class Run:
    """What one build took: seconds, megabytes, and what was written."""

    cpu: float
    wall: float
    peak: float
    output: str


def main() -> None:
    """Build, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("changes", type=int)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="changebook-bench-") as scratch:
        measure(Path(scratch), arguments.changes, arguments.runs)


def measure(scratch: Path, changes: int, runs: int) -> None:
    """Measure both builds in `scratch` and print the figures."""
    project = make_project(scratch / "book", changes)
    ours = [build(project) for _ in range(runs)]
    pages, size = count(project / "site")
    records = list((project / "changes").glob("*.yaml"))
    smallest = min(record.stat().st_size for record in records)
    plain = [build(make_plain(scratch / "plain", project / "site")) for _ in range(1)]
    report("changebook", ours, pages, size)
    report("plain Material", plain, *count(scratch / "plain" / "site"))
    share, block, whole = macro_share(project)
    print(f"records: {len(records)}, the smallest {smallest / 1000:.1f} KB, no line of prose twice")
    print(f"macros: {1000 * share / pages:.2f} ms a page, {100 * share / whole:.1f} % of the build's CPU")
    print(
        f"our views and templates: {1000 * block / pages:.2f} ms a page, {100 * block / whole:.1f} % of the build's CPU"
    )
    ratio = statistics.median(run.cpu for run in ours) / statistics.median(run.cpu for run in plain)
    print(f"ratio to plain Material: {ratio:.2f} of its CPU seconds")


def report(name: str, runs: list[Run], pages: int, size: int) -> None:
    """Print the medians of some runs."""
    cpu, wall = (statistics.median(getattr(run, key) for run in runs) for key in ("cpu", "wall"))
    peak = max(run.peak for run in runs)
    print(f"{name}: {cpu:.1f} s CPU, {wall:.1f} s wall, {peak:.0f} MB peak, {pages} pages, {size / 1e6:.1f} MB")


def make_project(folder: Path, changes: int) -> Path:
    """Copy this project's site and give it a book of `changes` records."""
    copy_site(folder)
    write_book(folder, changes)
    return folder


def copy_site(folder: Path) -> None:
    """Copy what this project's site is made of, but for its records."""
    folder.mkdir(parents=True)
    for name in ("docs", "hooks", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "macros").mkdir()
    shutil.copy(ROOT / "macros" / "main.py", folder / "macros")
    shutil.copy(ROOT / "mkdocs.yml", folder)


def make_plain(folder: Path, site: Path) -> Path:
    """Make a project of as many Markdown pages with the words of `site`, out of the nav."""
    if folder.exists():
        return folder
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    config = "site_name: Plain\ntheme: {name: material, font: false}\nnav: [index.md]\nnot_in_nav: '*'\n"
    config += "markdown_extensions: [tables, admonition, pymdownx.superfences]\n"
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    for number, page in enumerate(sorted(site.rglob("index.html"))):
        (folder / "docs" / f"page-{number}.md").write_text(as_markdown(page.read_text("utf-8")), encoding="utf-8")
    return folder


def as_markdown(html: str) -> str:
    """Return the article of a page as Markdown: the same words, in headings, lists and table rows."""
    article = html.partition("<article")[2].partition("</article>")[0].partition(">")[2]
    article = re.sub(r"<(svg|button).*?</\1>", "", article, flags=re.S)
    article = re.sub(r"</t[hd]>\s*<t[hd][^>]*>", " | ", article)
    for tag, mark in (("h1", "# "), ("h2", "## "), ("h3", "### "), ("li", "- ")):
        article = re.sub(rf"<{tag}[^>]*>", f"\n\n{mark}" if tag != "li" else f"\n{mark}", article)
    lines = [" ".join(line.split()) for line in re.sub(r"<[^>]+>", " ", article).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def build(project: Path, *extra: str) -> Run:
    """Build `project` in a process of its own and measure it."""
    log = project / "build.log"
    command = [sys.executable, "-m", "mkdocs", "build", *extra]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(command, cwd=project, env=environment, stdout=stream, stderr=stream)
        _, status, used = os.wait4(process.pid, 0)
    output = log.read_text("utf-8")
    if status:
        raise SystemExit(output[-2000:])
    return Run(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024, output)


def macro_share(project: Path) -> tuple[float, float, float]:
    """Return the CPU seconds of mkdocs-macros, of our templates, and of one whole build."""
    (project / "hooks" / "measure.py").write_text(MEASURE, encoding="utf-8")
    config = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(config.replace("hooks/book.py", "hooks/book.py\n  - hooks/measure.py"), "utf-8")
    found = re.search(r"MEASURED (\S+) (\S+) (\S+)", build(project).output)
    assert found, "the build printed no measure"
    share, ours, whole = (float(part) for part in found.groups())
    return share, ours, whole


def count(site: Path) -> tuple[int, int]:
    """Return how many pages a site has, and its bytes."""
    files = [file for file in site.rglob("*") if file.is_file()]
    return sum(file.suffix == ".html" for file in files), sum(file.stat().st_size for file in files)


if __name__ == "__main__":
    main()
