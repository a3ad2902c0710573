// The page for what is missing answers at any address: a report from it names the one that was opened, without patient data or secrets.
const wrong = document.querySelector(".cb-edit__wrong"), HOLE = encodeURIComponent("[the address you opened]");
const opened = () => {
  const address = location.href.slice(0, 500);
  let plain = address.replaceAll("+", " ");
  try { plain = decodeURIComponent(plain); } catch { /* cut within a sign, or none of ours: as it is */ }
  const masked = changebook.masked(plain);
  return masked === plain ? address : masked;
};
if (wrong?.href.includes(HOLE)) changebook.hiding().then(() => { wrong.href = wrong.href.replace(HOLE, () => encodeURIComponent(opened())); }, () => {});
// An old address leads on, and what follows it stays, but where its page is a part of another now: its own anchors may be gone.
const lookup = document.querySelector("[data-cb-moved]");
if (lookup) {
  const address = `${location.pathname.slice(__md_scope.pathname.length).replace(/(^|\/)index\.html$/, "").replace(/\/*$/, "")}/`;
  const part = [...address].reduce((number, letter) => (Math.imul(number, 31) + letter.charCodeAt(0)) >>> 0, 0) % lookup.dataset.cbMoved;
  fetch(new URL(`moved/${part}.json`, __md_scope)).then((answer) => answer.json()).then((table) => {
    if (!Object.hasOwn(table, address)) return;
    const to = new URL(table[address], __md_scope);
    to.search = location.search;
    to.hash ||= location.hash;
    location.replace(to);
  }).catch(() => {}); // the page says what to do
}
