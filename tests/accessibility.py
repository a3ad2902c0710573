"""The rules of accessibility that a page breaks, as axe finds them, and how a page with many looks is tried in each."""

from __future__ import annotations

import fcntl
from collections.abc import Iterable
from pathlib import Path
from weakref import WeakSet

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Violations = list[tuple[str, list[object]]]


class Kinds:
    """The kinds of text whose colors were tried, on whichever page; all workers of a run share those of one file."""

    def __init__(self, file: Path | None = None) -> None:
        self.file, self.known, self.read = file, set[str](), 0

    def take(self, found: Iterable[str]) -> list[str]:
        """Return those that nobody tried yet. Whoever asks tries them: they are known from now on."""
        if not self.file:
            return self._new(found)
        with self.file.open("a+", encoding="ascii") as shared:
            fcntl.flock(shared, fcntl.LOCK_EX)
            shared.seek(self.read)
            self.known.update(shared.read().split())
            new = self._new(found)
            shared.write("".join(f"{kind}\n" for kind in new))
            shared.flush()
            self.read = shared.tell()
        return new

    def _new(self, found: Iterable[str]) -> list[str]:
        new = [kind for kind in found if kind not in self.known]
        self.known.update(new)
        return new


AXE = Axe().axe_script
# Those that axe was sent to, for whatever they load: to send it takes three times as long as to run it.
_HAVE_AXE: WeakSet[Page] = WeakSet()

# Every rule is tried on every element; only the long lists of what passed are not written out.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rules that colors decide.
COLORS = ["color-contrast", "link-in-text-block"]
# The rules that a width decides, where the same elements show as in a width before.
WIDTH = ["target-size", "scrollable-region-focusable"]
# A target is as large as it is once the reader has scrolled to it: before, a bar at the edge may lie over half of it.
# Of each kind, the rules of colors are tried on one text and what is in it; all rules in one run, for a run begins with
# the place and style of every element, which takes longer than the rules.
_RUN = """async ({ kinds, colors, options }) => {
  const texts = kinds?.map((kind) => window.cbKinds.get(kind));
  for (const rule of axe._audit.rules.filter(({ id }) => texts && colors.includes(id))) {
    rule.cbMatches ??= rule.matches;
    rule.matches = (node, ...more) => texts.some((text) => text.contains(node)) && rule.cbMatches(node, ...more);
  }
  const { violations } = await axe.run(document, options);
  const isSmall = async ({ target: [place] }) => {
    document.querySelector(place).scrollIntoView({ block: "center" });
    return (await axe.run(document, { runOnly: ["target-size"] })).violations
      .some(({ nodes }) => nodes.some(({ target }) => target[0] === place));
  };
  const kept = [];
  for (const { id, nodes } of violations) {
    const broken = [];
    for (const node of nodes) if (id !== "target-size" || (await isSmall(node))) broken.push(node.target);
    if (broken.length) kept.push([id, broken]);
  }
  return kept;
}"""
# Two texts are of one kind if their color and size are the same, and so is everything that they are in: each element's
# name, classes, color, ground and opacity. Colors then decide the same for both, on whichever page they are. What is
# placed by itself without a ground of its own is of its own kind on each page, where it lies over something else.
_KINDS = """() => {
  const kinds = new Map(), found = new Map(), onGround = new Map(), onNone = new Map();
  const hash = (text) => {
    let one = 0xdeadbeef, other = 0x41c6ce57;
    for (let at = 0; at < text.length; at += 1) {
      one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
      other = Math.imul(other ^ text.charCodeAt(at), 1597334677);
    }
    return `${one >>> 0}.${other >>> 0}`;
  };
  const around = (at) => {
    if (!at) return "";
    if (!kinds.has(at)) {
      const { color, backgroundColor, backgroundImage, opacity, position } = getComputedStyle(at);
      const own = [at.localName, at.getAttribute("class"), color, backgroundColor, backgroundImage, opacity, position];
      kinds.set(at, hash(`${around(at.parentElement)}|${own.join("|")}`));
    }
    return kinds.get(at);
  };
  const isPlaced = (at, ground = false) => {
    if (!at) return false;
    const known = ground ? onGround : onNone;
    if (!known.has(at)) {
      const { backgroundColor, opacity, position } = getComputedStyle(at);
      const solid = opacity === "1" && (ground || backgroundColor.startsWith("rgb("));
      const placed = !solid && ["absolute", "fixed", "sticky"].includes(position);
      known.set(at, placed || isPlaced(at.parentElement, solid));
    }
    return known.get(at);
  };
  const isOverOthers = (at) => {
    const { left, right, top, bottom } = at.getBoundingClientRect();
    const places = [left + 1, (left + right) / 2, right - 1].flatMap((x) => [top + 1, bottom - 1].map((y) => [x, y]));
    return places.some(([x, y]) => {
      const under = document.elementsFromPoint(x, y).filter((one) => !at.contains(one));
      return !under.length || under.some((one) => !one.contains(at));
    });
  };
  const shown = { visibilityProperty: true, opacityProperty: true };
  const fields = "input, select, textarea, button";
  for (const at of document.body.querySelectorAll("*")) {
    const texts = [...at.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if ((!texts && !at.matches(fields)) || !at.checkVisibility(shown)) continue;
    const { fontSize, fontWeight, textShadow, textDecorationLine } = getComputedStyle(at);
    const own = [fontSize, fontWeight, textShadow, textDecorationLine, at.disabled];
    const alone = isPlaced(at) && isOverOthers(at) ? location.pathname + at.textContent : "";
    const kind = hash(`${around(at)}|${own.join("|")}|${alone}`);
    if (!found.has(kind)) found.set(kind, at);
  }
  window.cbKinds = found;
  return [...found.keys()];
}"""


def violations(page: Page, known: Kinds | None = None, *, colors: bool = False, width: bool = False) -> Violations:
    """Return each rule of accessibility that a page breaks, with the places of the elements that break it.

    `known`: the kinds of text that were tried before, on this page or on another, and this adds what is new. The rules
    of colors, which take most of the time, are then tried on one text of each new kind, not on all.
    `colors`, `width`: try those of colors alone, or also those that a width decides, since the page has all else in
    common with a look before.
    """
    if known is None:
        return _run(page, RULES)
    fresh = known.take(page.evaluate(_KINDS))
    if not colors and not width:
        return _run(page, RULES, kinds=fresh)
    rules = [*(WIDTH if width else ()), *(COLORS if fresh else ())]
    return _run(page, rules, kinds=fresh) if rules else []


def _run(page: Page, rules: list[str], *, kinds: list[str] | None = None) -> Violations:
    if page not in _HAVE_AXE:
        page.add_init_script(AXE)
        page.evaluate(AXE)
        _HAVE_AXE.add(page)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate(_RUN, {"kinds": kinds, "colors": COLORS, "options": options})
    return [(rule, where) for rule, where in found]
