"""A person by name, and in the same sentence what is known of their health or their care."""

from __future__ import annotations

import re

from changebook.privacy.first_names import FIRST_NAMES, ORDINARY
from changebook.privacy.patients import NAMED, patient_in
from changebook.privacy.rule import Rule

# What says by itself that somebody is ill or treated: words, beginnings and endings of words, and the rest.
_WORDS = frozenset(
    """
    aids albuterol allergic alzheimer alzheimer's amputation anemia asthma bipolar bypass cancer cirrhosis
    clozapine codeine colitis colonoscopy coma concussion copd covid crohn's death deceased dementia depressed
    depression detox diagnosed diagnosis dialysis died digoxin ecg echocardiogram ectopic eeg ekg endoscopy
    epilepsy epileptic fentanyl fracture fractured gabapentin gonorrhea heparin hepatitis herpes hiv infarction
    infected influenza insulin intubated ivf jaundice leukaemia leukemia levothyroxine lithium lupus lymphoma
    mammogram melanoma metformin methadone methotrexate mri mrsa naloxone overdose overdosed oxycodone parkinson
    parkinson's pneumonia psychosis psychotic radiotherapy rash rehab self-harm sepsis septic sertraline ssri
    std stent sti stroke suboxone suffered suffering suffers syphilis tamoxifen thrombosis tracheostomy tramadol
    truvada tuberculosis ultrasound unconscious viagra warfarin withdrawal
    """.split()
)
_BEGINNINGS = (
    *(
        "abortion",
        "addict",
        "alcohol",
        "amputat",
        "anaphyla",
        "angiogram",
        "antidepress",
        "antipsychot",
        "antiretrovir",
    ),
    *("arrhythm", "biops", "bi-rads", "birads", "bleed", "buprenorph", "caesarean", "catheteri", "carcinoma", "chemo"),
    *("chlamyd", "diabet", "embolism", "fluoxetin", "glioma", "hemodialys", "hemorrhag", "haemorrhag", "malignan"),
    *("meningi", "metasta", "migraine", "miscarr", "morphin", "prednison", "pregnan", "psychiatric", "schizophren"),
    *(
        "sclerosis",
        "seizure",
        "suicid",
        "transplant",
        "tumor",
        "tumour",
        "vancomyc",
        "ventilat",
        "x-ray",
        "xray",
        "c-section",
    ),
)
_ENDINGS = (
    *("cillin", "statin", "mycin", "azepam", "zolam", "oxetine", "setron", "tinib", "sartan", "dipine", "ectomy"),
    *("plasty", "oscopy", "carcinoma"),
)
_PHRASES = (
    r"heart (?:attack|failure)|cardiac arrest|ct (?:scan|chest|head|abdomen)|in labou?r|weeks (?:pregnant|gestation)"
    r"|\d+(?:\.\d+)?\s?(?:mg|mcg|\u00b5g|units?|iu)\b|(?:tested|came back|is|was) (?:positive|reactive)"
    r"|(?:positive|reactive) for|icd-?10|[A-TV-Z]\d\d\.\d{1,2}\b"
    r"|(?:a1c|hba1c|potassium|creatinine|troponin|inr|glucose|ha?emoglobin|psa|wbc|platelets|sodium|bilirubin|lactate|tsh"
    r"|cholesterol|ldl|egfr|d-dimer|crp)\b[^.\n\d]{0,15}\d"
)
# What says so of a patient; of others it may tell what they work on.
_WEAK = (
    r"admitted|admission|discharged?|transferr?ed to|in (?:bed|room|bay|icu|er|ed|a&e|triage|recovery|surgery)"
    r"|(?:bed|room|bay|ward|icu) ?\d+\w?|results?|labs?|lab work|blood|scan|pathology|appointments?|surgery|visits?"
    r"|medications?|meds|prescriptions?|refills?|allerg\w+|wristband|chart|records?|orders?|specimens?|samples?|referral"
    r"|vaccin\w+|immuni[sz]ation|infusion|injection|pain|procedure|treatment|therapy|operation|follow-?up|oncology"
    r"|cardiology|psychiatr\w+|hospice|nephrology|neurology|maternity|emergency (?:room|department)|mammography"
    r"|counseling|consent|claim|copay|insurance|bill|consults?|psych|notes?|letter|ultrasound|monitor|census"
)
_WORD = re.compile(r"[a-z][\w'-]*[\w]", re.I)
_SAID = re.compile(rf"\b(?:{_PHRASES})", re.I)
_ALSO = re.compile(rf"\b(?:{_WEAK})\b", re.I)
_OF = re.compile(rf"\b(?:{_WEAK})\s(?:of|for|from|on|to)\s(?:the\s)?(?:mr|mrs|ms|miss|patient|pt|baby)?\.?\s?$", re.I)
# Right behind a name: was transferred to, has been admitted.
_CARED_FOR = re.compile(
    r",?\s(?:was|is|were|has been|had been|got|being)\s(?:just\s|re-?)?(?:admitted|discharged|transferred to|given"
    r"|hospitali[sz]ed|sedated|operated|treated|referred to|seen (?:in|by|for)|prescribed|triaged|vaccinated"
    r"|immuni[sz]ed)\b",
    re.I,
)
_HERS = re.compile(rf"'s?\s(?:\w+\s){{0,2}}(?:{_WEAK})\b", re.I)


def _known(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    if not (one := patient_in(text, *found.span())):
        return None
    before, behind = one.before, one.behind
    cared_for = one.titled and (_ALSO.search(before) or _ALSO.search(behind))
    told = (
        cared_for
        or _CARED_FOR.match(behind)
        or _OF.search(before)
        or _HERS.match(behind)
        or _is_ill(before)
        or _is_ill(behind)
    )
    return one.span if told else None


def _is_ill(said: str) -> bool:
    words = _WORD.findall(said.lower())
    if not _WORDS.isdisjoint(words) or any(word.startswith(_BEGINNINGS) or word.endswith(_ENDINGS) for word in words):
        return True
    return bool(_SAID.search(said))


# A browser has no sentences: it hides every name.
_FIRST = "|".join(sorted(FIRST_NAMES - ORDINARY))
_MASKED = (
    rf"\b(?:{_FIRST})'?s?\s(?:[a-z]\.?\s)?[a-z'-]{{2,}}|\b[a-z'-]{{2,}},\s?(?:{_FIRST})\b"
    r"|\b(?:mrs?|ms|mx|herrn?|frau|baby (?:boy|girl))\.?\s(?!scan|order|stud|exam|imag|teams|office)[a-z'-]{3,}"
)
_WHAT = "a name with what is known of a person's health"
HEALTH_RULES = (Rule("name-and-health", _WHAT, NAMED, judge=_known, masked=_MASKED, near="people", exact=True),)
