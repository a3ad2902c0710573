// Searches without an answer, kept in this browser.
const KEPT = "changebook.unanswered";
const keep = (asked) => {
  if (keptFor === last) return true;
  const query = changebook.masked(asked), kept = changebook.kept(), at = new Date().toISOString();
  const same = kept.find((one) => one.words.toLowerCase() === query.toLowerCase());
  if (same) Object.assign(same, { times: same.times + 1, at });
  else kept.push({ words: query, times: 1, at });
  const done = changebook.store.set(KEPT, kept.slice(-500));
  if (done) { keptFor = last; document.dispatchEvent(new Event("cb-kept")); }
  announce(done ? "Kept in this browser" : "This browser can't save searches");
  return done;
};
