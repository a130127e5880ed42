"""Makes a build: renders every page that depends on content alone, and compresses it."""

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.conf import settings
from django.test import RequestFactory
from django.urls import resolve
from whitenoise.compress import Compressor

from treatment_guide.http.addresses import speaking
from treatment_guide.http.library import with_library
from treatment_guide.library.model import Library
from treatment_guide.library.recall.reading import digest
from treatment_guide.library.recall.standing import recalls_now
from treatment_guide.library.release.library_file import BrokenBuild, write_library
from treatment_guide.library.release.stamp import files_of
from treatment_guide.library.review.standing import page_until, until
from treatment_guide.paper import booklet
from treatment_guide.serving.addresses import built_addresses, has_whole_page, whole_address
from treatment_guide.serving.build.built import (
    LIBRARY,
    PAGES,
    RECORD,
    Build,
    age,
    find_build,
    hash_of,
    made_from_now,
    name_of,
    read_build,
    stamp_now,
)
from treatment_guide.serving.middleware import tidied
from treatment_guide.serving.prepared import prepare

COMPRESSIBLE = {".html", ".js", ".css", ".svg", ".txt", ".xml", ".json"}
_compressor = Compressor(quiet=True)
#: The pages that count what is signed, beside the page about reviews.
SCORECARD = "/about/scorecard/"
#: How many builds are kept: the one that is served, and two to go back to.
KEPT_BUILDS = 3


def standing(root: Path, on: date) -> Build | None:
    """The build of the day `on` with the stamp and the recalls of now, if there is one."""
    try:
        build = find_build(root)
    except BrokenBuild:
        return None
    same = build.day == on.isoformat() and build.recalls == digest(recalls_now()[0])
    return build if same else None


def make_build(
    root: Path, library: Library, answer_sets: int, on: date, made_from: str | None = None
) -> Build:
    """Make the build of the day `on` under a folder. It appears there only once it is complete.

    `answer_sets` is how many sets of answers were proven; `made_from` the stamp from before the
    content was read. Raises BrokenBuild when something changed since.
    """
    name = made_from or stamp_now()
    folder = root / name_of(on, name, digest(library.recalls))
    if not whole(folder):
        root.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=root))
        try:
            _write(draft, library, name, answer_sets, on)
            if stamp_now() != name:
                raise BrokenBuild("Content or code changed during the build. Build again.")
            draft.chmod(0o755)
            shutil.rmtree(folder, ignore_errors=True)  # an incomplete one
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        remove_old(root, folder)
    return read_build(folder)


def whole(folder: Path) -> bool:
    """True when a folder holds a complete build."""
    try:
        read_build(folder)
    except BrokenBuild:
        return False
    return True


def remove_old(root: Path, made: Path) -> None:
    """Delete all builds but the newest `KEPT_BUILDS`; never the one just made."""
    others = (f for f in root.iterdir() if (f / RECORD).exists() and f != made)
    builds = sorted(others, key=lambda f: (*age(f), (f / RECORD).stat().st_mtime))
    for old in builds[: -(KEPT_BUILDS - 1)]:
        shutil.rmtree(old, ignore_errors=True)


def unwritten(error: OSError) -> str:
    """The message for files that could not be written, as on a full or read-only disk."""
    why = error.args[0][0][2] if isinstance(error, shutil.Error) else error
    return f"Nothing was made: {why}. What stood before still stands."


def good_until(library: Library, on: date) -> dict[str, date]:
    """For each page with numbers that are not overdue on a day, or with a review that comes or goes,
    by its address: the first check-by day among them, or the last day of the review. Until the end
    of that day the page may be shown as it was made. Translations show the same numbers.

    A page of words shows the numbers in `Page.facts`, one with folds twice: with them and without.
    A booklet shows those of several pages. No other page shows any.
    """
    shown: dict[str, Iterable[str]] = {**booklet.facts_of(library)}
    ends = reviews_until(library, on)
    if library.original and (last := until(library.reviews.signatures, on)):
        # A page without a subject of its own says whether all that pages share stands signed.
        ends |= dict.fromkeys(built_addresses(library), last)
    for page in library.reading_pages:
        places = [page.address, *([whole_address(page)] if has_whole_page(page) else [])]
        for address in places:
            shown[address] = page.facts
            if last := page_until(library, page, on):
                ends[address] = min(last, ends.get(address, last))
    found = {}
    for address in {**shown, **ends}:
        facts = (library.facts[name] for name in shown.get(address, ()))
        days = [fact.check_by for fact in facts if not fact.overdue(on)]
        days += [ends[address]] if address in ends else []
        if days:
            found[address] = min(days)
    for each in library.translations.values():
        found |= {
            f"{each.language.prefix}{address}": day for address, day in good_until(each, on).items()
        }
    return found


def reviews_until(library: Library, on: date) -> dict[str, date]:
    """The last day on which the pages about all reviews stay true, by their address."""
    last = until(library.reviews.signatures, on)
    pages = ["/about/review/", *(a for a in built_addresses(library) if a.startswith(SCORECARD))]
    return dict.fromkeys(pages, last) if last else {}


def _write(draft: Path, library: Library, name: str, answer_sets: int, on: date) -> None:
    pages = draft / PAGES
    shutil.copytree(settings.STATIC_DIR, pages / "static")
    for address, html in rendered(library):
        write_page(pages, address, html)
    for file in files_of(pages):
        compress(file)
    # Without recalls, so that a start may find others, or none any more.
    released = library.released or library
    prepare(released)
    write_library(released, draft / LIBRARY)
    now = made_from_now()
    record = Build(
        folder=draft,
        stamp=name,
        content=now.content,
        code=now.code,
        python=now.python,
        settings=dict(now.settings),
        local=now.local,
        day=on.isoformat(),
        answer_sets=answer_sets,
        good_until={address: day.isoformat() for address, day in good_until(library, on).items()},
        hashes={
            file.relative_to(pages).as_posix(): hash_of(file.read_bytes())
            for file in files_of(pages)
        },
        recalls=digest(library.recalls),
    )
    fields = asdict(record)
    del fields["folder"]
    (draft / RECORD).write_text(json.dumps(fields))


def rendered(library: Library) -> Iterator[tuple[str, bytes]]:
    """The address and the bytes of every page that depends on content alone, in each language."""
    for each in (library, *library.translations.values()):
        for address in built_addresses(each):
            yield f"{each.language.prefix}{address}", render_address(each, address)


def render_address(library: Library, address: str) -> bytes:
    """One page as its view makes it, by its address without the language. Raises BrokenBuild when the status is not 200."""
    view, args, kwargs = resolve(address)
    request = with_library(RequestFactory().get(f"{library.language.prefix}{address}"), library)
    request.path_info = address
    with speaking(library):
        response = view(request, *args, **kwargs)
    if response.status_code != 200:
        raise BrokenBuild(f"{address} answers {response.status_code}.")
    return tidied(response.content)


def write_page(folder: Path, address: str, html: bytes) -> None:
    """Write a page to the path where a web server looks for its address."""
    name = address.lstrip("/")
    file = folder / (f"{name}index.html" if address.endswith("/") else name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(html)


def compress(file: Path) -> None:
    """Write the brotli and gzip forms beside a file, where they are smaller.

    They hold no time, so two builds of the same content are equal.
    """
    if file.suffix in COMPRESSIBLE:
        _compressor.compress(str(file))
