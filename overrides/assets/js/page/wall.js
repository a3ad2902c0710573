// The screen on the wall: its clock by the book's zone; its colors by the address, `#dark` or `#light`, since nobody is there
// to choose; and type as large as all of the board allows, since nobody is there to scroll.
const clock = document.querySelector("[data-cb-clock]");
if (clock) {
  const scheme = { "#dark": "slate", "#light": "default" };
  const paint = () => { if (scheme[location.hash]) document.body.dataset.mdColorScheme = scheme[location.hash]; };
  const form = new Intl.DateTimeFormat("en-US", { timeZone: clock.dataset.cbClock, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const fit = () => {
    for (let size = 1; size > .6; size -= .04) {
      document.body.style.setProperty("--cb-fit", size);
      const board = document.querySelector("[data-cb-board]");
      if (board.scrollHeight <= board.clientHeight) return;
    }
  };
  const show = () => {
    clock.textContent = form.format(changebook.now());
    fit();
  };
  changebook.eachMinute(show);
  for (const happens of ["resize", "load", "cb-board"]) addEventListener(happens, fit);
  addEventListener("hashchange", paint);
  paint();
}
