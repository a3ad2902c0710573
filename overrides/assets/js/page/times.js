// The reader's own time beside the book's, where the clocks differ.
const clock = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });
const minutesEast = (iso) => (/Z$/.test(iso) ? 0 : ((m) => (m[1] === "-" ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3])))(/([+-])(\d\d):(\d\d)$/.exec(iso)));
for (const time of document.querySelectorAll("time[datetime*=T]")) {
  const at = new Date(time.dateTime);
  if (minutesEast(time.dateTime) === -at.getTimezoneOffset()) continue;
  const own = document.createElement("span");
  own.className = "cb-own-time";
  own.textContent = ` (${clock.format(at)} your time)`;
  time.after(own);
}
