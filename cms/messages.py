"""The words of the interface: read from the source, kept in cms/locale, compiled; needs Babel and no msgfmt.

Run as `python -m cms.messages update | check | compile FILE...`.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("id", "en")
METHODS = [
    ("templates/**.html", "jinja2"),
    ("**/templates/**.html", "cms.messages:extract_django"),
    ("cms/**.py", "python"),
    ("home/**.py", "python"),
    ("news/**.py", "python"),
    ("search/**.py", "python"),
]
KEYWORDS = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
OPTIONS = {
    "templates/**.html": {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "trimmed": "true", "silent": "false"}
}


def extract_django(
    fileobj: BytesIO, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple]:
    """Yield what a Django template translates, in Babel's form (a method of `extract`)."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    # In brackets, because a template's indentation is none that Python would take.
    source = f"({templatize(fileobj.read().decode(), origin='template')}\n)"
    yield from extract_python(BytesIO(source.encode()), keywords, comment_tags, {"encoding": "utf-8"})


def _wanted(folder: str) -> bool:
    return Path(folder).name not in {"migrations", "tests", "var", "node_modules"} and "/." not in folder


def extract() -> Catalog:
    """Return every message of the source, in the order of files, without line numbers (they would never settle)."""
    catalog = Catalog(project="Warta", charset="utf-8")
    found = extract_from_dir(
        ROOT, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",), directory_filter=_wanted
    )
    for name, _line, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        catalog.add(message, None, [(name, None)], auto_comments=comments, context=context)
    return catalog


def _path(language: str) -> Path:
    return ROOT / "cms" / "locale" / language / "LC_MESSAGES" / "django.po"


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        header = f"# The words of Warta ({language}); `make messages` keeps them in step with the source."
        return Catalog(locale=language, project="Warta", charset="utf-8", fuzzy=False, header_comment=header)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Bring both catalogues up to the source: new words are added, words gone are dropped."""
    template = extract()
    for language in LANGUAGES:
        path = _path(language)
        catalog = _read(path, language)
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=100, omit_header=False, ignore_obsolete=True, include_lineno=False)


def check() -> list[str]:
    """Return a line for every catalogue that does not hold exactly the words of the source."""
    wanted = {(message.id, message.context) for message in extract() if message.id}
    complaints = []
    for language in LANGUAGES:
        kept = {(message.id, message.context) for message in _read(_path(language), language) if message.id}
        stale = sorted(str(pair[0]) for pair in wanted ^ kept)
        if stale:
            complaints.append(
                f"cms/locale/{language}: {len(wanted - kept)} words are missing and {len(kept - wanted)} are gone "
                f"from the source (run `make messages`): {'; '.join(stale[:5])}"
            )
    return complaints


def compile_catalogue(path: Path) -> None:
    """Write the .mo beside the .po at `path`, whole or not at all."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parts[-3])
    aside = path.with_suffix(".mo.new")
    with aside.open("wb") as file:
        write_mo(file, catalog)
    aside.replace(path.with_suffix(".mo"))


def main(verb: str, *names: str) -> None:
    """Do what the command line asks."""
    if verb == "update":
        update()
    elif verb == "check":
        complaints = check()
        if complaints:
            sys.exit("\n".join(complaints))
    else:
        for name in names:
            try:
                compile_catalogue(Path(name))
            except OSError as error:
                sys.exit(f"Warta tidak dapat disiapkan: {name} tidak dapat diolah ({error.strerror}).")


if __name__ == "__main__":
    main(*sys.argv[1:])
