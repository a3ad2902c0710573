// The name of its rule, or what `instead` makes of that, takes the place of what looks like patient data or a secret. The
// rules are those of the check; without its judges, they rather hide too much.
const PRIVATE = RULES; // written in by the build
let rules = null;
changebook.masked = (text, instead = (name) => `[${name}]`) => {
  rules ??= PRIVATE.map(([name, pattern, flags]) => [name, new RegExp(pattern, flags)]);
  const typed = text.replace(/[\u2010-\u2014\u2212]/g, "-").replace(/[\u00a0\u2002\u2003\u2007\u2009\u200a\u202f]/g, " ");
  const kept = rules.reduce((kept, [name, pattern]) => kept.replace(pattern, instead(name)), typed);
  return kept === typed ? text : kept;
};
// An address holds only the rest, which a reload asks for again.
changebook.unsaid = (text) => changebook.masked(text, () => " ").replace(/\s+/g, " ").trim();
