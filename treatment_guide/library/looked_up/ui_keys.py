"""Every key of en/ui.md that code and templates look up.

The form is that of `wording.wording()`: `key{place}` needs `{place}` in its words, and `key|` has
two forms, for one and for more. tests/library/looked_up/test_words_used.py finds keys that are
looked up and missing here.
"""

from __future__ import annotations

from typing import get_args

from treatment_guide.engine.answers import LEVELS
from treatment_guide.engine.model import GROUPS
from treatment_guide.engine.safety import KINDS as SAFETY_KINDS
from treatment_guide.library.in_words.spans import TIMES
from treatment_guide.library.loading.prose.pages import OPTION_PARTS, SITUATION_PARTS, STEP_PARTS
from treatment_guide.library.looked_up.page_addresses import PAGES
from treatment_guide.library.model import GLANCE_PARTS, LOOK_AGAIN_PARTS, SPEAKS
from treatment_guide.library.release.releases import KINDS
from treatment_guide.library.release.sentences import KINDS as SENTENCE_KINDS
from treatment_guide.library.review.in_words import CHANGE_KINDS
from treatment_guide.library.review.labels import LABELS
from treatment_guide.library.review.subjects import DANGER_WORDS, MANY, NAMED, SINGLE
from treatment_guide.library.schema.about import ScoreShape
from treatment_guide.library.schema.facts import SourceShape
from treatment_guide.library.schema.values import Certainty

#: The pages for clinics: keys are made of these names.
FOR_CLINICS = ("clinics", "integrator-sheet", "test-your-link", "accessibility-report")

#: The numbers of the properties of the audit, which the library itself never imports.
PROPERTIES = tuple(str(number) for number in range(1, 13))

#: Keys made of a name and one of several values: the pattern, and all values.
FAMILIES: dict[str, tuple[str, ...]] = {
    "act-*-all": ("days", "today", "visit"),
    "certainty-*": get_args(Certainty),
    "changed-*": KINDS,
    "better-*": ("higher", "lower"),
    "differs-*": CHANGE_KINDS,
    "error-*-title": ("400", "404", "405", "408", "413", "500", "503", "code"),
    "error-*-text": ("400", "404", "405", "408", "413", "500", "503", "code"),
    "fault-code-*": ("letters", "length", "check", "form", "never-issued"),
    "feedback-*-title": ("thanks", "none", "too-much", "not-kept", "elsewhere"),
    "feedback-*-text": ("thanks", "none", "too-much", "not-kept", "elsewhere"),
    "group-*": GROUPS,
    "hazard-closes-*": ("clinician", "readers", "clinic", "makers"),
    "hazard-kind-*": ("answer", "rule", "notice", "property", "test", "page"),
    "hazard-property-*": PROPERTIES,
    "hazard-severity-*": ("death", "serious", "lasting", "passing"),
    "help-*-kind": LEVELS,
    "kind-*": get_args(SourceShape.model_fields["kind"].annotation),
    "map-count-*{count}|": GROUPS,
    "moves-*{count}|": (*SENTENCE_KINDS, "notice", "ask"),
    "page-*": tuple(page for page in PAGES if page not in FOR_CLINICS),
    "part-*": tuple(
        dict.fromkeys(
            (*OPTION_PARTS, *GLANCE_PARTS, *LOOK_AGAIN_PARTS, *SITUATION_PARTS, *STEP_PARTS)
        )
    ),
    "rule-*": ("fits", "first", "wait", "against", "caution", "done", "notice", "ask"),
    "safety-*": (*SAFETY_KINDS, "not-for", "nothing"),
    "score-*": get_args(ScoreShape.model_fields["state"].annotation),
    "sign-*": GROUPS,
    "since-*": tuple(kind for kind in KINDS if kind in ("danger", "notices")),
    "since-*{names}": tuple(kind for kind in KINDS if kind not in ("danger", "notices")),
    "speaks-*": SPEAKS,
    "subject-*{name}": NAMED,
    "subject-*": (
        *SINGLE,
        *(f"labels-{name}" for name in LABELS),
        *(f"danger-words-{name}" for name in DANGER_WORDS),
    ),
    "subjects-*": (*MANY, "single"),
    "unit-*|": TIMES,
    "why-not-*": ("nowhere", "other", "trials"),
}

#: Keys that content may add to: an option's tag, a number's unit, a standard of the scorecard,
#: what the people of a number are, what cannot wait, a role of reviewers.
OPEN = ("tag-*", "unit-*|", "standard-*", "fact-*{count}", "at-once-*", "role-*")

#: All other keys.
KEYS = """
site-name site-line in-original not-translated read-original software-translated{original}
original-version skip skip-question menu get-help-now foot back on-this-page related checked
check-by review review-none review-signed{who,role,day,until} review-registration{registration}
review-interests{interests} review-missing{roles} review-lapsed{role,day} review-over{role,day}
review-changed review-see review-live reviews-now reviews-signed reviews-partly reviews-lapsed
reviews-never reviews-count{count,total} reviews-by{who,role,day,until} reviews-signed-title reviews-lapsed-title
reviews-never-title reviews-never-note reviews-wanted{roles} reviews-more{count}| differs-was differs-now differs-gone objections-open
objections-answered objection-by{who,role,day} objection-changed{release} objection-declined{reason} objection-mended
reviewed-none reviewed-some grade grade-words{grade} update-link contact-set{contact}
contact-none publisher-set{publisher} publisher-none decision decision-study decision-here tag-done
of-people{value,of} more-of-people{value,of} fewer-of-people{value,of} none-of{people} points{value,scale}| range{low,high} code-label code-open
options-title{count} options-lead topics-title topics-lead glossary-title glossary-letters glossary-lead
rules-count{count} why-asked continue show-now set-aside notices-title
you-said would-change would-depend nothing-changes for-now ask-which ask-goal
for-family sheet-with values-title values-note checks-title checks-note portal-title portal-note record-title record-note record-get clear-title clear go-title go-lead
nav-label nav-find nav-steps nav-options{count} nav-options-short nav-topics nav-glossary
nav-sources nav-about nav-clinics nav-home nav-situations nav-compare nav-search
source-number source-secondary source-read{day} source-pages source-rules
step-of{number,count,title} step-before step-after step-options step-number{number}
sources sources-title sources-lead
about-page about-title about-lead
funding funding-words funding-link
next next-questions next-compare next-decide
certainty-now
changes-title changes-lead changes-feed changes-feed-title{name} changes-release{release,day} changes-next
changes-first changes-none changes-withdrawn changes-fact changes-rule changes-message
changes-fact-on{day,by} changes-rule-on{day,by}
changes-clinic-title{clinic} changes-clinic-lead changes-of-clinic changes-clinic-offers
recall-title{title} recall-marked recall-summary{day} recall-option{day,by} recall-rule{day,by}
recall-fact{day,by} recall-message{day,by} recall-why recall-now recall-do recall-ask recall-kept step-none
recall-number{day} recall-value{day} recall-reason{day,why} recall-notice since-withdrawn{names}
fact-overdue fact-read fact-read-points fact-people{count} fact-of fact-points fact-under fact-either{low,high} fact-none
fact-knew fact-time{time}
glance glance-gain glance-harm glance-points glance-people glance-hundred glance-no-gain glance-no-harm
not-known-here side-no-gain side-no-harm side-below side-not-in-general places-other places-alone
legend legend-gain legend-harm legend-without legend-noticed
option-suits option-call option-more{title} option-whole option-short option-show-all option-sources{count}
more-gains more-harms fold-what fold-recovery fold-cost fold-sure
list-join{first,next} list-and{first,next} list-failed
home-start home-start-note{count} home-places home-places-note home-places-read home-code home-code-note
steps-title steps-lead steps-here
rule-always rule-answer{question,choices} rule-choice{choice} rule-or{first,next}
rule-and{first,next} rule-any{first,next} rule-not{condition} rule-bracket{condition}
help-emergency{emergency} help-call{emergency}
help-crisis-title help-today help-today-note{urgent,hospital} help-days
help-emergency-ticked{emergency} help-today-ticked help-days-ticked help-today-worse{hospital} help-today-fast help-today-said
help-checked help-checked-back help-others
start-title start-lead start-count{count} start-private start-go
question-left{count}| question-last question-sharpen
fault-title fault-danger-empty fault-too-many
line-title{fitting,total} line-list live-title{fitting,total} live-announce{fitting,total} live-note
group-none
outcome-title outcome-lead{fitting,total} outcome-map outcome-told outcome-open{questions}
outcome-nothing-said
do-now-title do-now-take act-days act-today act-date{day} act-some-day act-visit act-take
act-ask act-once act-once-sign act-once-other
outcome-told-link outcome-no-advice care-title care-several{count} care-above read-page
step-name{number,title} fits-note depends-note depends-ask opens-several opens-several-note{count} tried-title
later-several later-fixed why-not why-wait
find-out-title find-out-note asks-more{count}| told-open answer-it keep-address keep-your-code back-to-list
map-front map-back
change change-several
not-answered unanswered-title not-known not-asked
take-care take-title take-lead take-kept-nowhere take-print take-large take-usual take-clinician take-patient
asks-title asks-note asks-matter
keep-title keep-print keep-code keep-share keep-take keep-clinician
sheet-title sheet-name sheet-visit sheet-matters sheet-lean sheet-own-words sheet-ask-for sheet-not-now
sheet-not-sure sheet-had sheet-top sheet-also sheet-more{count}| sheet-own sheet-unclear sheet-find
sheet-wait{count} sheet-wait-named{names} sheet-unsure-of{names} sheet-sign{signs} sheet-find-more sheet-later sheet-after-other sheet-unusual{count}| sheet-agreed
sheet-danger sheet-emergency{emergency} sheet-today sheet-days sheet-crisis{crisis} sheet-made{day}
sheet-scan{box} clinic-title sheet-foot sheet-translated sheet-discreet sheet-who-sees sheet-say-in-full sheet-in-full sheet-be-discreet
clinician-title clinician-page clinician-lead clinician-answers clinician-unsure
clinician-product clinician-signs clinician-asked{day} clinician-none-ticked clinician-reported
clinician-unticked clinician-checked clinician-find clinician-care clinician-matters-for clinician-had
clinician-later clinician-asks clinician-agreed clinician-note
again-put fold-again again-file again-title again-open{address}
since-title since-release{release,day} since-same since-unknown since-more{count}
situations-title situations-lead situations-start{place}
situation-start situation-options situation-options-note situation-which situation-some{names} whole-page
compare-title compare-lead compare-choose compare-choose-others compare-go compare-question
compare-too-many compare-unknown compare-withdrawn compare-one-more compare-matters compare-what-matters
compare-ticks-note compare-mine compare-numbers-for{place} compare-other-places
compare-under compare-this-number compare-key
compare-key-filled compare-key-outlined compare-key-harm compare-key-marks{axis,slight,much}
compare-key-more compare-elsewhere compare-elsewhere-link compare-not-counted compare-other-row
compare-sources compare-some
search-title search-label search-go search-corrected{words} search-nothing search-found
search-danger-text search-browse
score-held{held,count} score-test score-see score-results score-open-people{count}
score-open{count} score-note score-parts{count,total}
outcomes-title outcomes-note{release,count} outcomes-option outcomes-stands outcomes-reasons
outcomes-example outcomes-rules outcomes-count outcomes-sign
safety-counts{answers,options,cells,ruled,nothing} safety-trials safety-trials-note
packet-title packet-read-at packet-done{done,total} packet-lead{words,minutes,speed,most} packet-hash{what} packet-wanted packet-all-signed packet-signed
packet-changed packet-since packet-day-over packet-nothing packet-never packet-objections packet-no-objections
packet-mended{release} packet-open packet-part{number,count,words,minutes} packet-corrections packet-sign packet-sign-what{what}
packet-sign-means packet-box-right packet-box-after packet-box-not packet-who packet-role packet-registration packet-interests
packet-day packet-until packet-name packet-command{what} digest-all digest-all-but{causes} digest-causes digest-moves digest-note
grounds-title grounds-note moves-counts{count,choices,rules} moves-questions moves-nothing moves-to-help
safety-matrix-title hazards-title hazards-counts{hazards,controls,named} hazards-judged hazard-cause hazard-who
hazard-severity hazard-controls hazard-left hazard-could{who} hazard-closes
proof-counts proof-situations proof-classes proof-looked-at proof-largest proof-release
proof-flow proof-flow-note{options} proof-loop proof-core proof-more proof-moves{count}|
proof-moves-none
feedback-ask feedback-line feedback-yes feedback-no feedback-again feedback-urgent feedback-back
"""
