"""The immutable objects that the content becomes, and that views read from memory.

Other rooms import from this folder, not from its modules.
"""

from treatment_guide.library.model.about import (
    Conformance,
    Control,
    Ground,
    Hazard,
    Proof,
    Record,
    RuleLine,
    Score,
)
from treatment_guide.library.model.clinics import Clinic, Diagnosis, Opening
from treatment_guide.library.model.facts import Fact, Source
from treatment_guide.library.model.language import NO_LANGUAGE, Language, SearchWords
from treatment_guide.library.model.library import Library
from treatment_guide.library.model.local import Help, Local
from treatment_guide.library.model.pages import (
    GLANCE_PARTS,
    LOOK_AGAIN_PARTS,
    OptionPage,
    Page,
    Part,
    Picture,
    SituationPage,
    address,
)
from treatment_guide.library.model.recalls import Recall, RecallWords
from treatment_guide.library.model.reviews import Change, Objection, Reviews, Signature
from treatment_guide.library.model.search import DangerPhrases
from treatment_guide.library.model.site import Phone, Phrase, Region, Site
from treatment_guide.library.model.words import (
    SPEAKS,
    CareWords,
    ChoiceWords,
    Message,
    QuestionWords,
    SelfCheck,
    Term,
    ValueStatement,
)

__all__ = [
    "GLANCE_PARTS",
    "LOOK_AGAIN_PARTS",
    "NO_LANGUAGE",
    "SPEAKS",
    "CareWords",
    "Change",
    "ChoiceWords",
    "Clinic",
    "Conformance",
    "Control",
    "DangerPhrases",
    "Diagnosis",
    "Fact",
    "Ground",
    "Hazard",
    "Help",
    "Language",
    "Library",
    "Local",
    "Message",
    "Objection",
    "Opening",
    "OptionPage",
    "Page",
    "Part",
    "Phone",
    "Phrase",
    "Picture",
    "Proof",
    "QuestionWords",
    "Recall",
    "RecallWords",
    "Record",
    "Region",
    "Reviews",
    "RuleLine",
    "Score",
    "SearchWords",
    "SelfCheck",
    "Signature",
    "Site",
    "SituationPage",
    "Source",
    "Term",
    "ValueStatement",
    "address",
]
