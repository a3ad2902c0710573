"""Measure the build of a book of N changes against Hugo and plain MkDocs-Material on the same pages' text.

    python tests/bench/build.py 1000 [--runs 3]

Ours and Hugo build in turn. Prints CPU and wall seconds (medians), peak memory, files, pages with an article (those
that only redirect are none), bytes of such a page as it is and by gzip, what mkdocs-macros costs, and ratios of CPU.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from books import ROOT, write_book
from hugo import hugo, make_hugo

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
    """Measure the builds in `scratch` and print the figures."""
    project = make_project(scratch / "book", changes)
    ours, theirs = [build(project)], []
    texts = {page: as_markdown(html) for page, html in articles(project / "site")}
    make_hugo(scratch / "hugo", texts)
    for _ in range(runs):
        theirs.append(build(scratch / "hugo", [hugo(), "--quiet"], "public"))
        ours.append(build(project))
    make_plain(scratch / "plain", texts)
    plain = [build(scratch / "plain")]
    report("changebook", ours[1:], project / "site")
    report("Hugo", theirs, scratch / "hugo" / "public")
    report("plain Material", plain, scratch / "plain" / "site")
    share, block, whole = macro_share(project)
    records = list((project / "changes").glob("*.yaml"))
    smallest = min(record.stat().st_size for record in records)
    print(f"records: {len(records)}, the smallest {smallest / 1000:.1f} KB, no line of prose twice")
    for name, part in (("macros", share), ("our views and templates", block)):
        print(f"{name}: {1000 * part / len(texts):.2f} ms a page, {100 * part / whole:.1f} % of the build's CPU")
    used = median(ours[1:])
    print(f"ratios of CPU seconds: {used / median(theirs):.2f} to Hugo, {used / median(plain):.2f} to plain Material")


def median(runs: list[Run]) -> float:
    """Return the median of the CPU seconds of some runs."""
    return statistics.median(run.cpu for run in runs)


def report(name: str, runs: list[Run], site: Path) -> None:
    """Print the medians of some runs, and what they wrote."""
    wall, peak = statistics.median(run.wall for run in runs), max(run.peak for run in runs)
    pages = [html.encode() for _, html in articles(site)]
    raw, packed = (sum(map(len, those)) / 1000 / len(pages) for those in (pages, map(gzip.compress, pages)))
    files = [file for file in site.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    print(
        f"{name}: {median(runs):.1f} s CPU, {wall:.1f} s wall, {peak:.0f} MB peak, {len(files)} files, {size:.1f} MB;"
        f" {len(pages)} pages of {raw:.1f} KB, {packed:.1f} KB by gzip"
    )


def articles(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the folder and the text of each page of a site that has an article."""
    for page in sorted(site.rglob("index.html")):
        html = page.read_text("utf-8")
        if "<article" in html:
            yield page.parent.relative_to(site).as_posix(), html


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


def make_plain(folder: Path, texts: dict[str, str]) -> None:
    """Make a project of MkDocs with these texts of pages, out of the nav."""
    (folder / "docs").mkdir(parents=True)
    config = "site_name: Plain\ntheme: {name: material, font: false}\nnav: [index.md]\nnot_in_nav: '*'\n"
    config += "markdown_extensions: [tables, admonition, pymdownx.superfences]\n"
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    for page, text in texts.items():
        (folder / "docs" / page).mkdir(parents=True, exist_ok=True)
        (folder / "docs" / page / "index.md").write_text(text, encoding="utf-8")


def as_markdown(html: str) -> str:
    """Return the article of a page as Markdown: the same words, in headings, lists and table rows."""
    article = html.partition("<article")[2].partition("</article>")[0].partition(">")[2]
    article = re.sub(r"<(svg|button).*?</\1>", "", article, flags=re.S)
    article = re.sub(r"</t[hd]>\s*<t[hd][^>]*>", " | ", article)
    for tag, mark in (("h1", "# "), ("h2", "## "), ("h3", "### "), ("li", "- ")):
        article = re.sub(rf"<{tag}[^>]*>", f"\n\n{mark}" if tag != "li" else f"\n{mark}", article)
    lines = [" ".join(line.split()) for line in re.sub(r"<[^>]+>", " ", article).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def build(project: Path, command: Sequence[str] = (sys.executable, "-m", "mkdocs", "build"), out: str = "site") -> Run:
    """Build `project` in a process of its own and measure it; what it wrote before is gone."""
    log = project / "build.log"
    shutil.rmtree(project / out, ignore_errors=True)
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


if __name__ == "__main__":
    main()
