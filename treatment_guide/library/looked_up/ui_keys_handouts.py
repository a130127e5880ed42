"""Every key of en/ui-handouts.md that code and templates look up: what patients read from a clinic or
its record system. Written as in library/looked_up/ui_keys.py.
"""

from __future__ import annotations

from treatment_guide.library.in_words.opening_hours import DAYS

#: Placeholders that the longer texts to paste may have; each needs the address.
MAY = "told?,code?,box?,emergency?,contact?,day?,release?"

#: Keys made of a name and one of several values: the pattern, and all values.
FAMILIES: dict[str, tuple[str, ...]] = {
    "day-*": DAYS,
    f"paste-*{{address,{MAY}}}": ("note", "message"),
}

#: All other keys.
KEYS = """
paste-call{name,phone} paste-call-blank
handout-title handout-lead handout-scan handout-type handout-code{box} handout-told
handout-signs handout-emergency{emergency} handout-today handout-crisis{crisis}
handout-translated
handout-day handout-ask handout-release{release,checked,next}
form-title form-lead form-danger form-several form-code{box} form-end
booklet-title booklet-options booklet-options-note booklet-more booklet-questions
booklet-questions-note
clinic-made-up clinic-phone clinic-hours clinic-out-of-hours clinic-website
clinic-wait clinic-checked{day} clinic-language-help
clinic-language-help-back
offered-here{clinic} offered-ask{clinic} time-am{time} time-pm{time}
own-label own-made-up own-title own-line{owner,day} own-foot{owner} own-notice{owner} own-help
arrived-clinic arrived-code arrived-note arrived-change arrived-ask arrived-not-mine
infobutton-title infobutton-several infobutton-one infobutton-in-original infobutton-none infobutton-questions infobutton-place{told}
infobutton-subtitle{codes} infobutton-self
fhir-description fhir-read{address}
"""
