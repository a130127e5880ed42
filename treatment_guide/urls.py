"""Every address of the site. A published address is a promise."""

from django.urls import path

from treatment_guide.clinics import views as clinics
from treatment_guide.feedback.views import feedback
from treatment_guide.http import errors
from treatment_guide.paper import views as paper
from treatment_guide.questionnaire import views as questionnaire
from treatment_guide.reading import views as reading
from treatment_guide.reading.views import PAGES as READING
from treatment_guide.serving import views as serving

# Django tries the routes in turn: first those whose pages are made anew for each reader.
urlpatterns = [
    path("whats-next/", questionnaire.start, name="whats_next"),
    path("whats-next/outcome/<str:code>/", questionnaire.outcome, name="outcome"),
    path("whats-next/outcome/<str:code>/all/", questionnaire.outcome_all, name="outcome_all"),
    path(
        "whats-next/outcome/<str:code>/options/<slug:option>/",
        questionnaire.outcome_option,
        name="outcome_option",
    ),
    path(
        "whats-next/compare/<str:code>/", questionnaire.compare_by_what_matters, name="compare_code"
    ),
    path("whats-next/take/<str:code>/", paper.take, name="take"),
    path("whats-next/clinician/<str:code>/", paper.clinician, name="clinician"),
    path("whats-next/calendar/<str:code>/", paper.calendar, name="calendar"),
    path(
        "whats-next/calendar/<str:code>/<slug:option>/",
        paper.option_calendar,
        name="option_calendar_code",
    ),
    path("whats-next/record/<str:code>/", paper.record, name="record"),
    path("whats-next/<slug:question>/<str:code>/", questionnaire.question, name="question"),
    path("", READING["home"], name="home"),
    path("get-help-now/", READING["get_help_now"], name="get_help_now"),
    path("steps/", READING["steps"], name="steps"),
    path("steps/<slug:step>/", READING["step"], name="step"),
    path("options/", READING["options"], name="options"),
    path("options/<slug:option>/", READING["option"], name="option"),
    path("options/<slug:option>/all/", READING["option_all"], name="option_all"),
    path("options/<slug:option>/calendar/", paper.option_calendar, name="option_calendar"),
    path("situations/", READING["situations"], name="situations"),
    path("situations/<slug:situation>/", READING["situation"], name="situation"),
    path("situations/<slug:situation>/all/", READING["situation_all"], name="situation_all"),
    path("compare/", reading.compare, name="compare"),
    path("search/", reading.search, name="search"),
    path("topics/", READING["topics"], name="topics"),
    path("topics/<slug:topic>/", READING["topic"], name="topic"),
    path("topics/<slug:topic>/all/", READING["topic_all"], name="topic_all"),
    path("glossary/", READING["glossary"], name="glossary"),
    path("sources/", READING["sources"], name="sources"),
    path("changes/", READING["changes"], name="changes"),
    path("changes/feed.xml", reading.changes_feed, name="changes_feed"),
    path("own-logo.svg", reading.own_logo, name="own_logo"),
    path("about/", READING["about_all"], name="about_all"),
    path("about/review/", READING["review"], name="review"),
    path("about/rules/", READING["rules"], name="rules"),
    path("about/safety/", READING["safety"], name="safety"),
    path("about/proof/", READING["proof"], name="proof"),
    path("about/scorecard/", READING["scorecard"], name="scorecard"),
    path("about/scorecard/<slug:standard>/", READING["standard"], name="standard"),
    path("about/review/<slug:kind>/", READING["packet"], name="packet"),
    path("about/review/<slug:kind>/<str:name>/", READING["packet"], name="packet_named"),
    path("about/<slug:about>/", READING["about"], name="about"),
    path("clinics/", clinics.kit, name="clinics"),
    path("clinics/link/<str:code>/", clinics.link, name="clinic_link"),
    path("clinics/link/<str:code>/qr.<str:kind>", clinics.qr, name="clinic_qr"),
    path("clinics/sheet/<str:code>/", clinics.sheet, name="clinic_sheet"),
    path("clinics/sheet/<str:code>/large/", clinics.large_sheet, name="clinic_sheet_large"),
    path("clinics/sheet/<str:code>/both/", clinics.both_sheet, name="clinic_sheet_both"),
    path(
        "clinics/sheet/<str:code>/both/large/",
        clinics.both_sheet,
        {"large": True},
        name="clinic_sheet_both_large",
    ),
    path("clinics/integrator-sheet/", clinics.integrator_sheet, name="integrator_sheet"),
    path("clinics/test-your-link/", clinics.test_page, name="test_your_link"),
    path(
        "clinics/accessibility-report/", clinics.accessibility_report, name="accessibility_report"
    ),
    path("clinics/changes/<slug:clinic>/", READING["clinic_changes"], name="clinic_changes"),
    path("clinics/booklets/<slug:situation>/", paper.situation_booklet, name="situation_booklet"),
    path("clinics/forms/<slug:place>/", paper.blank_form, name="blank_form"),
    path("clinics/openapi.json", clinics.openapi, name="openapi"),
    path("clinics/what-it-asks/", READING["what_it_asks"], name="what_it_asks"),
    path("clinics/<slug:page>/", READING["clinic_page"], name="clinic_page"),
    path("go/", questionnaire.go_form, name="go_form"),
    path("go/<str:code>/", questionnaire.go, name="go"),
    path("GO/<str:code>/", questionnaire.go, name="go_capitals"),
    path("GO/<str:code>/<str:release>/", questionnaire.go, name="go_scanned"),
    path("infobutton", clinics.infobutton, name="infobutton"),
    path("fhir/Questionnaire/whats-next", clinics.fhir_questionnaire, name="fhir_questionnaire"),
    path("fhir/<str:kind>/example", clinics.fhir_example, name="fhir_example"),
    path("feedback/", feedback, name="feedback"),
    path("healthz", serving.healthz, name="healthz"),
    path("robots.txt", serving.robots, name="robots"),
    path(".well-known/security.txt", serving.security, name="security"),
    path("sitemap.xml", serving.sitemap, name="sitemap"),
    path("<slug:word>/", reading.word, name="word"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
