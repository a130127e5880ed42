"""When a clinic is open, and how long people usually wait there, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from treatment_guide.library.in_words.lists import in_sentence
from treatment_guide.library.in_words.spans import in_range, span_words
from treatment_guide.library.model import Clinic, Language

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def clinic_card(clinic: Clinic, ui: Mapping[str, str], language: Language) -> dict[str, Any]:
    """A clinic as templates need it: the record, its opening hours and usual wait in words."""
    return {
        "clinic": clinic,
        "hours": opening_words(clinic, ui, language),
        "wait": span_words(clinic.wait, ui, language),
    }


def opening_words(
    clinic: Clinic, ui: Mapping[str, str], language: Language
) -> list[tuple[str, str]]:
    """When a clinic is open: `Monday to Thursday`, `8 am to 5 pm`."""
    return [
        (
            _days(hours.days, ui, language),
            in_range(_time(hours.opens, ui), _time(hours.closes, ui), ui),
        )
        for hours in clinic.hours
    ]


def _days(days: Sequence[str], ui: Mapping[str, str], language: Language) -> str:
    places = sorted(DAYS.index(day) for day in set(days))
    names = [ui[f"day-{DAYS[place]}"] for place in places]
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return in_range(names[0], names[-1], ui)
    return in_sentence(ui["list-and"], names, language)


def _time(time: str, ui: Mapping[str, str]) -> str:
    hour, minutes = time.split(":")
    part = "time-am" if int(hour) < 12 else "time-pm"
    plain = str((int(hour) - 1) % 12 + 1)
    return ui[part].format(time=plain if minutes == "00" else f"{plain}:{minutes}")
