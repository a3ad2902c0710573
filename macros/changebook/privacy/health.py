"""A person by name, and in the same sentence what is known of their health or their care."""

from __future__ import annotations

import re

from changebook.privacy.first_names import FIRST_NAMES, ORDINARY
from changebook.privacy.people import CAP, NO_NAME, is_nobody
from changebook.privacy.rule import Rule

# Says by itself that somebody is ill or treated.
_STRONG = (
    r"diagnos(?:ed|is)|suffer(?:s|ed|ing)|cancer|carcinoma|tumou?r|lymphoma|leuk(?:a?e)mia|melanoma|meningioma|glioma"
    r"|metasta\w+|malignan\w+|hiv|aids|hepatitis|syphilis|chlamydia|gonorrh\w+|herpes|std|sti|tuberculosis|covid|mrsa"
    r"|influenza|diabet\w+|epilep\w+|seizures?|asthma|copd|pneumonia|sepsis|septic|stroke|heart (?:attack|failure)"
    r"|infarction|cardiac arrest|arrhythmia|dementia|alzheimer'?s?|parkinson'?s?|schizophren\w+|bipolar|depressi\w+"
    r"|psychosis|psychotic|suicid\w+|overdosed?|self-harm|addict\w+|alcohol\w*|detox|rehab|withdrawal|pregnan\w+"
    r"|miscarr\w+|abortion|ectopic|ivf|c-section|caesarean|fractured?|amputat\w+|transplant\w*|dialysis|hemodialysis"
    r"|chemo\w*|radiotherapy|biops(?:y|ies)|colonoscopy|endoscopy|mammogram|bi-?rads|mri|ct (?:scan|chest|head|abdomen)"
    r"|x-?rays?|ultrasound|echocardiogram|ecg|ekg|eeg|angiogram|catheteri[sz]ation|stent|bypass|tracheostomy|intubated"
    r"|ventilat\w+|unconscious|deceased|died|death|bleed\w*|haemorrhage|hemorrhage|infection|infected|allergic|anaphyla\w+"
    r"|rash|concussion|coma|jaundice|anemia|cirrhosis|crohn'?s|colitis|lupus|sclerosis|migraines?|thrombosis|embolism"
    r"|warfarin|insulin|heparin|metformin|methadone|buprenorphine|lithium|morphine|oxycodone|fentanyl|tramadol|codeine"
    r"|antiretroviral\w*|truvada|antidepress\w+|antipsychotic\w*|sertraline|fluoxetine|clozapine|methotrexate|tamoxifen"
    r"|prednison\w+|albuterol|digoxin|levothyroxine|gabapentin|vancomycin|suboxone|naloxone|viagra|ssri"
    r"|\w{3,}(?:cillin|statin|mycin|azepam|zolam|oxetine|setron|tinib|sartan|dipine)|\w{4,}(?:ectomy|plasty|oscopy)"
    r"|\d+(?:\.\d+)?\s?(?:mg|mcg|\u00b5g|units?|iu)|(?:tested |came back |was |is )?(?:positive|reactive) for"
    r"|(?:tested|came back|is|was) (?:positive|reactive)|in labou?r|weeks (?:pregnant|gestation)"
    r"|(?:a1c|hba1c|potassium|creatinine|troponin|inr|glucose|ha?emoglobin|psa|wbc|platelets|sodium|bilirubin|lactate|tsh"
    r"|cholesterol|ldl|egfr|d-dimer|crp)\b[^.\n\d]{0,15}\d[\d.]*|icd-?10|[A-TV-Z]\d\d\.\d{1,2}"
)
# Says so of a patient; of others it may tell what they work on.
_WEAK = (
    r"admitted|admission|discharged?|transferr?ed to|in (?:bed|room|bay|icu|er|ed|a&e|triage|recovery|surgery)"
    r"|(?:bed|room|bay|ward|icu) ?\d+\w?|results?|labs?|lab work|blood|scan|pathology|appointments?|surgery|visits?"
    r"|medications?|meds|prescriptions?|refills?|allerg\w+|wristband|chart|records?|orders?|specimens?|samples?|referral"
    r"|vaccin\w+|immuni[sz]ation|infusion|injection|pain|procedure|treatment|therapy|operation|follow-?up|oncology"
    r"|cardiology|psychiatr\w+|hospice|nephrology|neurology|maternity|emergency (?:room|department)|mammography"
    r"|counseling|consent|claim|copay|insurance|bill"
)
_SAID = re.compile(rf"\b(?:{_STRONG})(?!\w)", re.I)
_ALSO = re.compile(rf"\b(?:{_WEAK})\b", re.I)
_OF = re.compile(rf"\b(?:{_WEAK})\s(?:of|for|from|on|to)\s(?:the\s)?(?:mr|mrs|ms|miss|patient|pt|baby)?\.?\s?$", re.I)
_HERS = re.compile(rf"'s?\s(?:\w+\s){{0,2}}(?:{_WEAK})\b", re.I)

_TITLES = "Mr|Mrs|Ms|Miss|Mx|Master|Herr|Frau|Baby"
_WHO = rf"(?:\b(?:{_TITLES}|[Pp]atient|PATIENT|[Pp]t|PT)\b\.?:?\s(?:named?\s)?)"
_NAMED = (
    rf"{_WHO}?{CAP}(?:,?\s(?:[A-Z]\.?\s)?{CAP}){{1,3}}|\b(?:{_TITLES})\.?\s{CAP}"
    rf"|\b(?:for|of|[Pp]atient|pt|mr|mrs|ms)\.?\s[a-z][a-z'-]+\s[a-z][a-z'-]+(?:\s[a-z][a-z'-]+)?"
)
_TITLED = re.compile(_WHO, re.I)
# Who works here: a title before the name, what they do behind it.
_STAFF_BEFORE = re.compile(
    r"\b(?:dr|doctor|prof|professor|nurse|sister|physician|pharmacist|surgeon|consultant|analyst|engineer|manager"
    r"|director|lead|owner|contact|author|trainer|clerk|registrar|technician|attending|provider|chief|colleague|thanks"
    r"|regards|by|cc|@)[\s:.,]{0,3}(?:(?:mr|mrs|ms)\.?\s)?$",
    re.I,
)
_STAFF_AFTER = re.compile(
    r"[\s,(\u2013-]{1,3}(?:(?:(?:who|is|was|our|the|a|an|from|of|at|in|with|and)\s)*(?:[\w&/-]+\s){0,3}?"
    r"(?:team|desk|department|dept|lead|manager|director|analyst|engineer|pharmacist|nurse|physician|surgeon"
    r"|\w+ologist|coordinator|specialist|officer|trainer|consultant|doctor|chief|owner|clerk|registrar|technician"
    r"|administrator|md|rn|do|np|phd|pharmd|vendor)\b"
    r"|(?:of|from|with|at)\s(?:the\s)?(?!(?:ward|bed|room|bay|icu)\b)(?-i:[A-Z])"
    r"|(?:leads|owns|manages|approve[ds]|fixe[ds]|confirm(?:s|ed)|deploy(?:s|ed)|wrote|writes|presents|presented|trains"
    r"|signed|reviewed|maintains|published|built|explains?|teaches|invented|discovered|described)\b)",
    re.I,
)
_PLACE = re.compile(
    r"[\s-](?:hospitals?|clinics?|medical|cent(?:er|re)|university|institute|foundation|health\w*|memorial|school|wing"
    r"|building|hall|labs?|laborator\w+|inc|ltd|llc|gmbh|corp|pharma\w*|syndrome|disease|criteria|score|scale|sign|method"
    r"|catheter|tube|stain|position|day|act|award|fund|trust|street|road|avenue|house)\b",
    re.I,
)
_END = re.compile(r"[.!?][\"')]?\s+(?=[A-Z])|\n\s*\n|\n\s*[-*+]\s")
_GOES_ON = re.compile(r"(?:he|she|his|her|they|their|patient|pt)\b", re.I)
_REACH = 140


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what is said before and behind a name in its sentence, and in the next where that goes on about them."""
    before = text[max(start - _REACH, 0) : start]
    ends = [found.end() for found in _END.finditer(before) if not re.search(r"\b(?:\w|Mrs?|Ms|Dr|St|No)$", before[: found.start()])]
    behind = text[end : end + _REACH]
    last = _END.search(behind)
    if last and _GOES_ON.match(behind, last.end()):
        last = _END.search(behind, last.end())
    return before[ends[-1] if ends else 0 :], behind[: last.start() if last else None]


def _of_somebody(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    start, end = found.span()
    if text[end : end + 2] == "'s" or found[0].endswith("'s"):
        end -= 2 if found[0].endswith("'s") else 0
    title = _TITLED.match(found[0])
    titled = bool(title)
    start += title.end() if title else 0
    plain = text[start:end]
    words = [word for word in re.split(r"[\s,.]+", plain) if word]
    if plain[0].islower():
        words = [word for word in words if word not in ("for", "of", "mr", "mrs", "ms")]
        start = text.index(words[0], start)
    # A sentence's first word may be taken for one of the name.
    while words and words[0].lower() in NO_NAME:
        start = text.index(words[0], start) + len(words[0]) + 1
        words = words[1:]
    low = [word.lower() for word in words]
    if not low or any(word in NO_NAME for word in low) or is_nobody(text, start, end):
        return None
    if title and title[0][0] in "pP" and len(low) < 2:
        return None
    if not titled and (len(low) < 2 or not _is_known(low, capital=words[0][0].isupper(), first=start == 0)):
        return None
    if titled and words[0][0].islower() and not _is_known(low, capital=False, first=False):
        return None
    before, behind = _sentence(text, found.start() if titled else start, end)
    if _STAFF_BEFORE.search(before) or _STAFF_AFTER.match(behind) or _PLACE.match(behind) or _PLACE.search(plain):
        return None
    told = _SAID.search(before) or _SAID.search(behind)
    told = told or (titled and (_ALSO.search(before) or _ALSO.search(behind)))
    told = told or _OF.search(before) or _HERS.match(behind)
    return (start, end) if told else None


def _is_known(words: list[str], *, capital: bool, first: bool) -> bool:
    """Return whether words are a name whose first name, or one behind a comma, is a known one."""
    known = [word for word in words if word in FIRST_NAMES and (word not in ORDINARY or (capital and not first))]
    return bool(known) and len(words[-1]) > 1


# A browser has no sentences: it hides a text that says so up to the last name in it.
_FIRST = "|".join(sorted(FIRST_NAMES - ORDINARY))
_MASKED = rf"^(?=[\s\S]*\b(?:{_STRONG})(?!\w))[\s\S]*\b(?:(?:{_TITLES})\.?\s[a-z'-]{{3,}}|(?:{_FIRST})\s[a-z'-]{{3,}})(?:\s[a-z'-]+)?"
WHAT = "a name with what is known of a person's health"
HEALTH_RULES = (Rule("name-and-health", WHAT, _NAMED, judge=_of_somebody, masked=_MASKED, near="people", exact=True),)
