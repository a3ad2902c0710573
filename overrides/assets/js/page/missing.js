// The page for what is missing answers at any address: a report from it names the one that was opened, without patient data or secrets.
const wrong = document.querySelector(".cb-edit__wrong"), HOLE = encodeURIComponent("[the address you opened]");
const read = (text) => { try { return decodeURIComponent(text); } catch { return text; } }; // cut within a sign, or none of ours: as it is
const opened = () => {
  const address = location.href.slice(0, 500), plain = read(address.replaceAll("+", " "));
  const masked = changebook.masked(plain);
  return masked === plain ? address : masked;
};
if (wrong?.href.includes(HOLE)) changebook.hiding().then(() => { wrong.href = wrong.href.replace(HOLE, () => encodeURIComponent(opened())); }, () => {});
// An old address leads on, and what follows it stays, but where its page is a part of another now: its own anchors may be gone.
// Of any other, the last words are searched for.
const lookup = document.querySelector("[data-cb-moved]");
if (lookup) {
  const address = `${location.pathname.slice(__md_scope.pathname.length).replace(/(^|\/)index\.html$/, "").replace(/\/*$/, "")}/`;
  const parts = Number(lookup.dataset.cbMoved), part = [...address].reduce((number, letter) => (Math.imul(number, 31) + letter.charCodeAt(0)) >>> 0, 0) % parts;
  const table = parts ? fetch(new URL(`moved/${part}.json`, __md_scope)).then((answer) => answer.json()) : Promise.resolve({});
  table.catch(() => ({})).then((known) => {
    if (!Object.hasOwn(known, address)) {
      const words = read(address.split("/").at(-2)).replace(/\.html$/, "").replace(/[-_+]+/g, " ").trim();
      if (words && words !== "404" && !new URLSearchParams(location.search).get("q")) changebook.search(new URLSearchParams({ q: words }));
      return;
    }
    const to = new URL(known[address], __md_scope);
    to.search = location.search;
    to.hash ||= location.hash;
    location.replace(to);
  });
}
