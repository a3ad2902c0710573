// German: the words that say nothing, those that go with anything, and the forms of a word that are one. Every word here
// is as search reads it: without capitals and dots, with ss for its own letter; "fuer" and "f\u00fcr" are "fur".
(() => {
  "use strict";

  const STOP = new Set(
    ("der die das des dem den ein eine einer eines einem einen und oder aber auch an am auf aus bei beim bis durch fur gegen hinter in im ins mit nach neben " +
      "ohne seit uber um unter vom von vor zu zum zur zwischen als wie wenn weil dass ob denn da dort hier her hin so ich du er sie es wir ihr mir mich " +
      "dir dich ihm ihn ihnen uns euch mein meine meiner meinem meinen meines dein deine sein seine seiner seinem seinen ihre ihrer ihrem ihren unser unsere unserer unserem unseren " +
      "sich man dieser diese dieses diesem diesen jener jene jenes wer was wo wann warum wieso weshalb welche welcher welches welchem welchen wohin woher womit " +
      "ist sind war waren bin bist sei gewesen hat habe haben hab hast hatte hatten wird werden wurde wurden worden werde kann konnen konnte konnten kannst soll sollen sollte sollten " +
      "muss mussen musste mussten will wollen wollte mag mochte wurd ja nein doch mal eben halt bitte danke hallo guten tag moin servus gruss grusse " +
      "sagt sagen gesagt meint anrufer anruferin dabei dafur damit davon dazu daran darauf darin drin dran drauf dann also nun etwa obwohl " +
      "fuer ueber koennen koennte konnte moechte muessen muesste waere wuerde wurde ware gruesse").split(" "),
  );
  const IRREGULAR = {
    kein: "nicht", keine: "nicht", keinen: "nicht", keiner: "nicht", keinem: "nicht", keines: "nicht", nichts: "nicht", nix: "nicht", nie: "nicht", niemals: "nicht",
    niemand: "nicht", niemandem: "nicht", niemanden: "nicht", net: "nicht", nich: "nicht", kam: "komm", kamen: "komm", gekommen: "komm", ging: "geh", gingen: "geh", gegangen: "geh",
    fand: "find", fanden: "find", gefunden: "find", sah: "seh", sahen: "seh", sieht: "seh", gesehen: "seh", gab: "geb", gibt: "geb", gegeben: "geb",
    nimmt: "nehm", nahm: "nehm", genommen: "nehm", liest: "les", las: "les", gelesen: "les", wirft: "werf", warf: "werf", geworfen: "werf", fallt: "fall", fiel: "fall",
    schlagt: "schlag", schlug: "schlag", lasst: "lass", liess: "lass", ladt: "lad", ladet: "lad", geladen: "lad", lauft: "lauf", lief: "lauf", gelaufen: "lauf", halt: "halt", hielt: "halt", spricht: "sprech",
    gesprochen: "sprech", schrieb: "schreib", geschrieben: "schreib", blieb: "bleib", geblieben: "bleib", stand: "steh", standen: "steh", gestanden: "steh", lag: "lieg", gelegen: "lieg",
    weiss: "wiss", wusste: "wiss", gewusst: "wiss", verlor: "verlier", verloren: "verlier", verschwand: "verschwind", verschwunden: "verschwind",
    unterschrieb: "unterschreib", verschrieben: "verschreib", vergass: "vergess", vergisst: "vergess", abgebrochen: "abbrech", ubertragt: "ubertrag", empfangt: "empfang", erhalt: "erhalt", bekam: "bekomm", bekommt: "bekomm",
    beginnen: "begin", manner: "mann", hauser: "haus", arzte: "arzt", daten: "daten", dateien: "datei", listen: "list", gewiesen: "weis", wiesen: "weis", gefroren: "fri", gestrichen: "streich", geschlossen: "schliess", gestochen: "stech", gezogen: "zieh", geflogen: "flieg", gerufen: "ruf", gehangen: "hang", gesteckt: "steck",
  };
  // Words that go with anything: they count little, and find nothing by themselves.
  const FAINTS = new Set(
    ("nicht darf durfen duerfen durfte geh geht gehen komm komme kommt kommen funktioniert funktionieren klappt tut mach macht machen neu neue neuen neuer neues noch immer wieder schon jetzt heute gestern morgen fruh abend nacht " +
      "tage tagen woche wochen monat monate stunde stunden minute minuten uhr zeit lange kurz gerade eben erst ganz sehr nur alle alles allen andere anderen anderer anderes gleich mehr viel viele wenig paar einige zwei drei zweite erste letzte " +
      "problem probleme fehler hilfe helfen falsch richtig kaputt seite bildschirm system programm rechner computer knopf taste maske feld feldern anzeige zeigt zeigen sehe sehen seh sieht finde finden find " +
      "geb geben gibt brauche brauchen benotige mochte wissen weiss wiss denke glaube stimmt steht stehen steh liegt lieg bleibt bleib bekomme bekommen bekomm kriege kriegen lasst lass lassen " +
      "versuche versucht probiert probieren passiert los komisch seltsam merkwurdig irgendwie irgendwas irgendwo plotzlich einfach eigentlich vielleicht offenbar anscheinend wohl leider dringend " +
      "herr herrn bring bringt bringen frau liebe lieber sehr geehrte damen herren kollegen team viele freundliche freundlichen montag dienstag mittwoch donnerstag freitag samstag sonntag wochenende mittag vormittag nachmittag " +
      "stelle stellen fest weiter nochmal einmal erneut standig dauernd uberall weg raus rein ab zuruck selbst jemand leute mensch").split(" "),
  );
  const ASKS = /^(wer|was|wie|wo|wann|warum|wieso|weshalb|welche[rsmn]?|woher|wohin|womit|wozu|kann|koe?nnen|darf|due?rfen|muss|mue?ssen|soll|sollen|sollte|ist|sind|hat|haben|werden|wird|unterschied)\b|\?\s*$/i;
  // German says the same in fewer words, each of which answers more of it: a good match needs that much more.
  const DOUBT = 2.5;
  // Who asks how, or for something, rarely has a symptom.
  const WISHES = /\b(wie|wer|welche[rsmn]?|richtlinie|formular|antrag|beantragen|brauche|braucht|moe?chte|bitte|wuensche)\b/i;

  // German writes several words as one; between them may be one of these.
  const LINKS = ["", "s", "es", "n", "en", "er", "e"];
  // What a verb begins with, or leaves behind at the end of its sentence: "lehnt ... ab" is "abgelehnt".
  const PARTICLES = ["ab", "an", "auf", "aus", "ein", "her", "hin", "durch", "los", "mit", "nach", "um", "vor", "weg", "weiter", "zu", "zuruck", "zusammen", "fest", "fehl", "raus", "rein", "ruber", "frei"];

  const behind = [...PARTICLES].sort((a, b) => b.length - a.length).join("|");
  const APART = new RegExp(`^(?:(${behind}|)ge|(${behind})zu)(.{4,}|[a-z]{2}[^t]?t)$`);
  // Nouns that begin as a participle does.
  const NO_PARTICIPLE = /^(?:geb(?:au|iet|iss|ot|rauch|uhr|urt)|ged(?:acht|uld)|gef(?:ahr|ass|uhl)|geg(?:end|en)|geh(?:alt|ause|irn)|gel(?:ande|enk|egenheit)|gem(?:ein|ut)|gen(?:er|ehm|auig)|ger(?:at|aus|icht|inn)|ges(?:amt|chaft|chlecht|chwist|chwind|ell|etz|icht|prach|und)|get(?:rank|riebe)|gew(?:alt|eb|icht|ind|innen)|zu(?:gang|kunft|stand|satz|ordnung))/;
  // The -t of a verb is behind these, and rarely that of a noun; behind it may be the ending of an adjective or of a past.
  const VERB = /(mm|nn|ll|rr|pp|[aeiou]h|h[lnr]|ng|[nc]k|[bg]|ie[rlh]|[^aeiou]el|[^aeiouw]er|(?:st|h)or)t(?:e[mnrs]?|s)?$/;
  const VERB_IN_ET = /([dt]|[df]n|chn|[dt]m)et(?:e[mnrs]?)?$/;
  const NO_VERB = /(?:wert|punkt)(?:e[mnrs]?|s)?$/;
  const canonical = (word) => word.replace(/ae/g, "a").replace(/oe/g, "o").replace(/(^|[^aeq])ue/g, "$1u");

  // "kommt" is "komm", "wechselt" and "Wechsel" are "wechsl": one letter for two, and none that is hardly
  // heard. "Aufnahme" and "Freigabe" are of their verbs.
  const once = (word) => word.replace(/([^aeiou])el$/, "$1l").replace(/nahm$/, "nehm").replace(/(.)gab$/, "$1geb").replace(/([bdfgkmnprst])\1$/, "$1");

  // The endings of German as Snowball's rules have them, on a word without dots: those of cases and numbers, then those
  // that make a noun or an adjective of a word. Verbs lose their -t, which Snowball leaves them: "fehlt" is "fehlen".
  const stemOf = (given) => {
    let word = canonical(given);
    const bare = word.replace(/(.t|en)e[mnrs]?$/, "$1");
    for (const one of [word, bare]) if (Object.hasOwn(IRREGULAR, one)) return once(IRREGULAR[one]);
    if (word.length < 4 || /\d/.test(word)) return word;
    const parts = !NO_PARTICIPLE.test(bare) && /(?:t|en)$/.test(bare) && APART.exec(bare);
    if (parts) {
      const [, begins = "", second = "", verb] = parts;
      if (Object.hasOwn(IRREGULAR, `ge${verb}`)) return once(begins + second + IRREGULAR[`ge${verb}`]);
      if (verb.length > 3) word = begins + second + verb;
    }
    word = word.replace(/(er|ent|ist|or|eg|zt)in$/, "$1");
    if (word.length > 4 && !NO_VERB.test(word)) word = word.replace(VERB_IN_ET, "$1").replace(VERB, "$1");
    // What is behind the first consonant after a vowel, and after three letters.
    const first = /[aeiouy](?:[^aeiouy]|u(?=[aeiouy]))/.exec(word), begins = Math.max(3, first ? first.index + 2 : word.length);
    const off = (ending, least = begins) => {
      const found = ending.exec(word);
      if (!found || found.index < least) return false;
      word = word.slice(0, found.index);
      return true;
    };
    if (/(?:syst|probl|ekz|od|th|phys)em$/.test(word) || !off(/(?:innen|ern|em|er)$/)) {
      if (off(/(?:en|es|e)$/)) word = word.replace(/niss$/, "nis");
      else if (/[bdfghklmnrt]s$/.test(word)) off(/s$/);
      else if (/[^aeiou](?:el|er)n$/.test(word)) off(/n$/);
    }
    if (!off(/(?:en|er|est)$/) && /.{3}[bdfghklmnt]st$/.test(word)) off(/st$/);
    const second = /[aeiouy][^aeiouy]/.exec(word.slice(begins)), far = second ? begins + second.index + 2 : word.length;
    if (off(/keit$/, far)) off(/(?:lich|ig)$/, far);
    else if (off(/(?:heit|lich)$/, far)) off(/(?:er|en)$/);
    else if (off(/ung$/, far)) off(/er$/) || off(/ig$/, far);
    else if (!/abend$/.test(word)) off(/end$/, Math.max(4, begins)) || off(/(?:isch|ig|ik)$/, far);
    return once(word);
  };

  // Stems in the names of systems.
  const COMMON = new Set("system server dienst anbind index labor bild patient archiv bereich".split(" "));

  globalThis.changebookSearch = { language: { STOP, FAINTS, ASKS, WISHES, DOUBT, COMMON, LINKS, PARTICLES, stemOf } };
})();
