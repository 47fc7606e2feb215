"""The published register of corrections, the earlier texts of articles, and the notices of withdrawn ones."""

import json
from collections.abc import Iterator, Sequence

from cms.publishing import recording
from cms.publishing.asking import answer, page_file
from cms.publishing.office import Office
from cms.publishing.outputs import File, Made, Stage
from news import correction_views, withdrawals
from news.cards import article_url
from news.models import NewsArticlePage
from news.outputs.lists import Listing
from news.withdrawals import Withdrawal

SCHEMA = "warta/withdrawn/1"


class Corrections(Listing):
    """The register: "" its front, "2026" a year."""

    name = "corrections"

    def idents(self, office: Office) -> Sequence[str]:
        """Return the front, which is there from the first day."""
        return [""]

    def answer_for(self, office: Office, ident: str) -> tuple[str, bytes | None]:
        """Ask the register's view."""
        path = f"/ralat/{f'{ident}/' if ident else ''}"
        return path, answer(correction_views.register, office, path, *([int(ident)] if ident else []))


class Versions(Listing):
    """Earlier texts of corrected articles: "12.1" is the first of page 12."""

    name = "version"
    stage = Stage.PAGE

    def answer_for(self, office: Office, ident: str) -> tuple[str, bytes | None] | None:
        """Ask the view of the text."""
        pk, _dot, number = ident.partition(".")
        recording.note(f"page:{pk}")
        with recording.reading():
            articles = NewsArticlePage.objects.readable_in(office).select_related("section")
            page = articles.filter(pk=int(pk)).first()
        if page is None:
            return None
        path = f"{article_url(page, office)}versi/{number}/"
        return path, answer(correction_views.version, office, path, page, int(number))


class Notices:
    """What stands at the address of a withdrawn article, by the id of the withdrawal, with its twin."""

    name = "withdrawal"
    stage = Stage.PAGE

    def idents(self, office: Office) -> Sequence[str]:
        """Return the withdrawals that keep a notice."""
        rows = Withdrawal.objects.filter(site_id=office.site_id, mode=Withdrawal.Mode.NOTICE, ended_at=None)
        return [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]

    def find(self, office: Office, path: str) -> str | None:
        """Return the withdrawal whose twin lies at `path`."""
        folder, _slash, name = f"/{path}".rpartition("/")
        rows = withdrawals.standing(office).filter(path=f"{folder}/")
        pk = rows.values_list("pk", flat=True).first() if name == "index.json" else None
        return str(pk) if pk else None

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Make notices; where something stands at the address again there is none."""
        for ident in idents:
            with recording.reading():
                row = Withdrawal.objects.filter(pk=int(ident), site_id=office.site_id).first()
                standing = withdrawals.standing(office).filter(pk=int(ident)).first()
                if row:
                    recording.note(f"page:{row.page_id}")
                    recording.note(f"address:{office.site_id}:{row.path}")
                is_free = standing is not None and not _is_taken(office, standing.path)
            yield Made(ident, _files(office, standing) if standing and is_free else [], waits=row is not None)


def _is_taken(office: Office, path: str) -> bool:
    from wagtail.models import Page

    return Page.objects.filter(live=True, url_path=f"{office.url_path}{path.lstrip('/')}").exists()


def _files(office: Office, row: Withdrawal) -> list[File]:
    html = answer(correction_views.notice, office, row.path, row, office) or b""
    return [File(page_file(row.path), html), File(f"{row.path.strip('/')}/index.json", _twin(office, row))]


def _twin(office: Office, row: Withdrawal) -> bytes:
    told = {
        "schema": SCHEMA,
        "id": row.page_id,
        "uuid": str(row.page.translation_key),
        "url": f"{office.root_url}{row.path}",
        "path": row.path,
        "status": "withdrawn",
        "withdrawn_at": row.made_at.astimezone(office.zone).isoformat(),
        "reason": row.reason,
    }
    return f"{json.dumps(told, ensure_ascii=False, separators=(',', ':'))}\n".encode()
