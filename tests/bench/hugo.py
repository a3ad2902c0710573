"""The same pages as a site of Hugo, to measure against."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

# What a page of ours has around its article: tabs, its section, a footer; and an index to search, as Hugo's sites have.
_CONFIG = """
baseURL = "https://kb.example.org/"
title = "Plain"
disableKinds = ["taxonomy", "term"]
[outputs]
home = ["HTML", "RSS", "JSON"]
"""
_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }} | {{ .Site.Title }}</title></head>
<body>
<nav>{{ range first 7 .Site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
<aside>
{{ with .Parent }}{{ range first 15 .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}
</aside>
<main><article>{{ .Content }}</article></main>
<footer>{{ .Site.Title }}</footer>
</body>
</html>
"""
_INDEX = """[{{ range $i, $page := .Site.Pages }}{{ if $i }},{{ end }}
{{ dict "title" .Title "address" .RelPermalink "text" .Plain | jsonify }}{{ end }}]
"""


def hugo() -> str:
    """Return the program; raise SystemExit with what to install where there is none."""
    if not (found := shutil.which("hugo")):
        raise SystemExit("Hugo is not installed: sudo apt-get install hugo")
    return found


def make_hugo(folder: Path, texts: dict[str, str]) -> None:
    """Make a project of Hugo in `folder`: `texts` are Markdown by the folder of their page, "." for home."""
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (folder / "hugo.toml").write_text(_CONFIG, encoding="utf-8")
    for name in ("single.html", "list.html"):
        (layouts / name).write_text(_PAGE, encoding="utf-8")
    (folder / "layouts" / "index.json").write_text(_INDEX, encoding="utf-8")
    # What has pages below it is a section.
    sections = {parent.as_posix() for page in texts for parent in Path(page).parents}
    for page, text in texts.items():
        file = folder / "content" / page / ("_index.md" if page in sections | {"."} else "index.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        heading = text.lstrip("# ").partition("\n")[0]
        file.write_text(f"---\ntitle: {json.dumps(heading)}\n---\n{text}", encoding="utf-8")
