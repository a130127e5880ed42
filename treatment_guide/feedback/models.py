"""The table of feedback: the page, whether it helped, one line, the day, the release."""

from __future__ import annotations

from datetime import date

from django.db import models

#: Longer lines are cut.
LONGEST_LINE = 300


class Feedback(models.Model):
    """One reader's feedback on one page. No network address, no browser, no time of day."""

    page: models.CharField[str, str] = models.CharField(max_length=120)
    helped: models.BooleanField[bool, bool] = models.BooleanField()
    line: models.CharField[str, str] = models.CharField(max_length=LONGEST_LINE, blank=True)
    day: models.DateField[date, date] = models.DateField()
    release: models.CharField[str, str] = models.CharField(max_length=40)

    class Meta:
        """Indexed by page."""

        indexes = (models.Index(fields=["page"], name="feedback_page"),)

    def __str__(self) -> str:
        return f"{self.page} {'helped' if self.helped else 'did not help'} {self.line}".strip()
