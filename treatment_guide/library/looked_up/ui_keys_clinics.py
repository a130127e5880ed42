"""Every key of en/ui-clinics.md that code and templates look up: what staff of clinics reads. Written
as in library/looked_up/ui_keys.py.
"""

from __future__ import annotations

from typing import get_args

from treatment_guide.library.looked_up.ui_keys import FOR_CLINICS
from treatment_guide.library.looked_up.ui_keys_handouts import MAY
from treatment_guide.library.schema.about import ConformanceShape

#: Keys made of a name and one of several values: the pattern, and all values.
FAMILIES: dict[str, tuple[str, ...]] = {
    "clinics-paste-*": ("note", "letter", "phone", "message"),
    "conformance-*": get_args(ConformanceShape.model_fields["state"].annotation),
    "infobutton-bad-*": ("nothing", "system", "type", "callback", "long", "own-page"),
    "openapi-*": (
        "fhir-questionnaire",
        "fhir-example",
        "clinic-qr",
        "openapi",
        "healthz",
        "robots",
        "changes-feed",
        "sitemap",
        "security",
    ),
    "page-*": FOR_CLINICS,
    f"paste-*{{address,{MAY}}}": ("letter", "phone"),
}

#: All other keys.
KEYS = """
clinics-title clinics-lead clinics-before clinics-before-link clinics-place clinics-cause
clinics-more clinics-not-said clinics-clinic clinics-clinic-none clinics-clinic-note
clinics-language clinics-unreviewed{languages} clinics-withheld{languages}
clinics-withheld-link clinics-make clinics-fault clinics-result clinics-announce{told,code} clinics-link clinics-code
clinics-code-note{box} clinics-words clinics-words-note clinics-qr clinics-qr-note
clinics-qr-svg clinics-qr-png clinics-sheet clinics-sheet-large clinics-paste clinics-copy
clinics-copied clinics-copy-failed clinics-see clinics-pages clinics-promise
booklets-title booklets-lead booklet-print forms-title forms-lead form-back form-print
handout-print handout-print-menu handout-normal-size handout-back
integrator-title integrator-lead integrator-address integrator-read integrator-systems
integrator-prefixes{count} integrator-answers integrator-xml integrator-json integrator-jsonp
integrator-ignored integrator-ignored-note integrator-try integrator-fhir integrator-described
integrator-release{release}
sheet-param-code{most} sheet-param-system sheet-param-words sheet-param-recipient
sheet-param-language sheet-param-type sheet-param-callback sheet-status-200 sheet-status-303
sheet-status-400{bytes}
openapi-lead openapi-found openapi-not-there openapi-infobutton
test-lead test-code test-system test-words test-recipient test-type test-page test-go test-note
test-tries
report-lead{total} report-how report-tested{tested} report-missing
report-level{level,count} report-by-test report-judged{day}
report-product report-product-is report-name report-day report-contact report-standards report-standard{version,count,supports,other} report-only{version} report-not-claimed report-form
"""
