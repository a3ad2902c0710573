// The screen on the wall: its clock by the book's zone; its colors by the address, `#dark` or `#light`, since nobody is there
// to choose; and type as large as all of the board allows, since nobody is there to scroll. Of more updates than have room
// for their words each has its turn, large, while those after it wait small; one that is overdue is always in view.
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
  let turn = 0;
  const take = () => {
    const board = document.querySelector("[data-cb-turns]");
    const told = board ? [...board.querySelectorAll(":scope > .cb-told")] : [];
    told.forEach((item, number) => {
      const place = (number + told.length - turn % told.length) % told.length;
      item.classList.toggle("cb-told--small", place > 0);
      item.hidden = place >= board.dataset.cbTurns && !("overdue" in item.dataset);
    });
    fit();
  };
  setInterval(() => { turn += 1; take(); }, 12_000);
  const show = () => {
    clock.textContent = form.format(changebook.now());
    fit();
  };
  changebook.eachMinute(show);
  for (const happens of ["resize", "load"]) addEventListener(happens, fit);
  addEventListener("cb-board", take);
  addEventListener("hashchange", paint);
  paint();
}
