// The reader's own time beside the book's, where the clocks differ. A clock on UTC is a computer's, not a reader's: there it is
// shown when the reader asks for it, in the footer; what is chosen is kept.
const clock = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang, { weekday: "short", hour: "2-digit", minute: "2-digit" });
const minutesEast = (iso) => (/Z$/.test(iso) ? 0 : ((m) => (m[1] === "-" ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3])))(/([+-])(\d\d):(\d\d)$/.exec(iso)));
const onUTC = new Date().getTimezoneOffset() === 0;
const button = document.querySelector("[data-cb-own-times]");
const show = (shown) => {
  for (const old of document.querySelectorAll(".cb-own-time")) old.remove();
  const elsewhere = [...document.querySelectorAll("time[datetime*=T]")].map((time) => [time, new Date(time.dateTime)])
    .filter(([time, at]) => minutesEast(time.dateTime) !== -at.getTimezoneOffset());
  for (const [time, at] of shown ? elsewhere : []) {
    const own = document.createElement("span");
    own.className = "cb-own-time";
    own.textContent = ` (${clock.format(at)} ${onUTC ? "UTC" : "your time"})`;
    time.after(own);
  }
  button.hidden = !elsewhere.length;
  button.setAttribute("aria-pressed", shown);
};
const isShown = () => changebook.store.get("changebook.own-times") ?? !onUTC;
show(isShown());
addEventListener("cb-board", () => show(isShown()));
button.addEventListener("click", () => {
  changebook.store.set("changebook.own-times", !isShown());
  show(isShown());
});
