// The screen on the wall: its clock by the book's zone, and its colors by the address, `#dark` or `#light`, which no browser
// that nobody sits at would be asked for.
const clock = document.querySelector("[data-cb-clock]");
if (clock) {
  const scheme = { "#dark": "slate", "#light": "default" };
  const paint = () => { if (scheme[location.hash]) document.body.dataset.mdColorScheme = scheme[location.hash]; };
  const form = new Intl.DateTimeFormat("en-US", { timeZone: clock.dataset.cbClock, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  changebook.eachMinute(() => { clock.textContent = form.format(changebook.now()); });
  addEventListener("hashchange", paint);
  paint();
}
