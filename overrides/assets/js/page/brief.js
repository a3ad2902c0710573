// The brief of a change: the pages that make it, fetched and printed as one. From disk nothing can be fetched, so there
// the list of pages stays. The briefing repeats the release note and the playbooks, what could be the cause is this change,
// and when to roll back is on its card; the button names the sections that others of the pages have in full.
const button = document.querySelector("[data-cb-brief]");
if (button && location.protocol.startsWith("http")) {
  const [bar, list] = [button.parentElement, button.parentElement.nextElementSibling];
  const show = (whole) => { bar.hidden = !whole; list.hidden = whole; };
  const left = ["brief", "briefing", "cause", "about", ...button.dataset.cbLeft.split(" ")].map((id) => `#${id}`);
  const titles = button.dataset.cbBrief.split("|").filter(Boolean);
  const article = async (link) => {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article");
    for (const part of page.querySelectorAll([...left, ".cb-play #rollback"])) part.closest("section, details").remove();
    page.querySelectorAll("details:not(.cb-more--asked), #script").forEach((fold) => {
      fold.open = true;
      fold.dataset.cbAsked = "";
    });
    [page, ...page.querySelectorAll("[id]")].forEach((part) => part.removeAttribute("id"));
    for (const row of page.querySelectorAll(".cb-table tr")) for (const title of titles) {
      const head = row.parentElement.tagName === "THEAD";
      const cell = row.appendChild(document.createElement(head ? "th" : "td"));
      cell.className = "cb-hand-cell";
      cell.textContent = head ? title : "";
    }
    return page;
  };
  show(true);
  button.addEventListener("click", async () => {
    const paper = document.createElement("div");
    paper.className = "cb-brief";
    try {
      paper.append(...await Promise.all([...list.querySelectorAll("a")].map(article)));
    } catch {
      show(false);
      return;
    }
    document.body.append(paper);
    addEventListener("afterprint", () => paper.remove(), { once: true });
    print();
  });
}
