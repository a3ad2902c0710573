// English: the words that say nothing, those that go with anything, and the forms of a word that are one.
(() => {
  "use strict";

  const STOP = new Set(
    ("a an the of to in on at for and or but is are was were be been am im i ive my me mine we our us you your he she his her him they them their it " +
      "its this that these those there theres here with from by as so if then than when what whats who how why where which do does did done doing has have " +
      "had will would can could should shall may might must just also any some very into onto off about says say said saying tells told caller callers " +
      "calling please thanks thank hi hello get gets got getting one ones someone somebody").split(" "),
  );
  const IRREGULAR = {
    found: "find", sent: "send", gone: "go", went: "go", goes: "go", lost: "lose", came: "come", took: "take", taken: "take",
    kept: "keep", wrote: "write", written: "write", saw: "see", seen: "see", gave: "give", given: "give", broke: "break",
    broken: "break", chose: "choose", chosen: "choose", held: "hold", made: "make", paid: "pay", left: "leave", shown: "show",
    threw: "throw", thrown: "throw", cannot: "cant", couldnt: "cant", wont: "cant", unable: "cant", nothing: "no",
    nobody: "no", none: "no", noone: "no", not: "no", doesnt: "no", didnt: "no", isnt: "no", arent: "no", wasnt: "no",
    hasnt: "no", havent: "no", never: "no", grey: "gray", patients: "patient", children: "child", people: "person",
  };
  // Words that go with anything: they count little, and find nothing by themselves.
  const FAINTS = new Set(
    ("cant no work working open show see try use used new now today yesterday day week time since again back keep come go find look need want know think thing " +
      "happen happening trouble weird strange odd funny acting looks broken say make take give put tell ask let still already yet page screen system computer button help problem issue error wrong right good bad " +
      "all every other another same different many much lot long first last next two three since only even " +
      // What letters and spoken sentences are filled with.
      "dear team regards sincerely cheers sorry apologies kindly appreciate advise assist assistance fyi asap urgent urgently hope wondering wonder possibly bother " +
      "monday tuesday wednesday thursday friday saturday sunday weekend morning afternoon evening couple several dozen " +
      "really actually quite rather basically literally apparently simply suddenly properly whatsoever probably maybe perhaps seem somehow " +
      "anyway though although however because while until till during already ever else bit stuff everybody everyone anybody anyone folk guy lady gentleman " +
      "coworker colleague boss supervisor noticed realize supposed guess sure believe sit sitting").split(" "),
  );
  const ASKS = /^(difference|how|what|why|who|where|when|which|can|could|do|does|did|is|are|will|should|may|must)\b|\?\s*$/i;

  // Who asks how, or for something, rarely has a symptom.
  const WISHES = /\b(how|who|which|whats|policy|forms?|request(s|ing)?|needs?|wants?|please|would|add)\b/i;

  // Plural, past and -ing forms meet in one stem; it need not be a word.
  const stemOf = (word) => {
    if (Object.hasOwn(IRREGULAR, word)) word = IRREGULAR[word];
    if (word.length < 4 || /\d/.test(word)) return word;
    if (/ies$/.test(word) && word.length > 4) word = word.slice(0, -3) + "y";
    else if (/(ss|x|ch|sh|z)es$/.test(word)) word = word.slice(0, -2);
    else if (/[^sui]s$/.test(word)) word = word.slice(0, -1);
    if (/ing$/.test(word) && /[aeiouy].*ing$/.test(word) && word.length > 5) word = word.slice(0, -3);
    else if (/ed$/.test(word) && /[aeiouy].*ed$/.test(word) && word.length > 4) word = word.slice(0, -2);
    word = word.replace(/^(.{4,})(able|ible|ably|ly|ment|ness)$/, "$1").replace(/^(.{6,})ation$/, "$1");
    if (/e$/.test(word) && word.length > 3) word = word.slice(0, -1);
    if (/([bcdfgklmnprstvz])\1$/.test(word)) word = word.slice(0, -1);
    return word;
  };

  // Stems in the names of systems.
  const COMMON = new Set("feed api system exchang interfac engin servic gateway index patient lab imag record".split(" "));

  globalThis.changebookSearch = { language: { STOP, FAINTS, ASKS, WISHES, COMMON, stemOf } };
})();
