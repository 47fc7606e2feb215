"""`manage.py preflight`: what the checks find in everything readers can read now."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.management.base import CommandError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.commands import IndonesianCommand, host_name
from cms.moderation.checks import Finding, Level, checked_models, run_checks
from cms.moderation.waivers import standing
from cms.publishing.progress import Progress

_CHUNK = 200  # pages in memory at a time


@dataclass(frozen=True)
class Told:
    """A finding, with the page it is about."""

    host: str
    page: Page
    finding: Finding
    is_waived: bool


class Command(IndonesianCommand):
    """`manage.py preflight [--host HOST] [--format table|json] [--level LEVEL]`; ends with 1 if there are errors."""

    help = "Memeriksa semua yang sudah terbit; kode keluar 1 bila ada kesalahan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which office, which form, and how grave."""
        parser.add_argument("--host", type=host_name, default=None, help="hanya kantor dengan nama host ini")
        parser.add_argument("--format", choices=["table", "json"], default="table", help="bentuk jawaban")
        parser.add_argument(
            "--level",
            choices=Level.values,
            default=Level.WARNING.value,
            help="yang paling ringan ditampilkan",
        )

    def handle(self, *args: object, **options: object) -> None:
        """Write what was found to standard output, and how far it is to standard error."""
        told = list(self._told(str(options["host"] or "")))
        lightest = Level(options["level"]).rank
        shown = [each for each in told if each.finding.level.rank <= lightest]
        if options["format"] == "json":
            self.stdout.write(json.dumps([_data(each) for each in shown], ensure_ascii=False, indent=1))
        else:
            for line in _table(shown):
                self.stdout.write(line)
        errors = sum(each.finding.level == Level.ERROR and not each.is_waived for each in told)
        if errors:
            raise CommandError(_("%(count)d kesalahan pada naskah yang sudah terbit.") % {"count": errors})
        if not shown and options["format"] == "table":
            self.stdout.write(_("Tidak ada catatan."))

    def _told(self, host: str) -> Iterator[Told]:
        """Check every live page of every kind that is checked, office by office."""
        shelves = [
            (site, pages)
            for site in _sites(host)
            for model in checked_models()
            if (pages := _live(model, site))
        ]
        total = sum(pages.count() for _site, pages in shelves)
        progress = Progress(total, _(" halaman"), _("Pemeriksaan"), sys.stderr)
        live = ((site, page) for site, pages in shelves for page in pages.iterator(chunk_size=_CHUNK))
        for checked, (site, page) in enumerate(live, start=1):
            findings = run_checks(page)
            waived = standing(page, findings)
            yield from (
                Told(site.hostname, page, finding, finding.fingerprint in waived) for finding in findings
            )
            progress.reach(checked)
        progress.close()


def _sites(host: str) -> list[Site]:
    sites = Site.objects.select_related("root_page").order_by("root_page__path", "pk")
    found = list(sites.filter(hostname=host) if host else sites)
    if not found:
        raise CommandError(_("Tidak ada kantor dengan nama host %(host)s.") % {"host": host})
    return found


def _live(model: type[Page], site: Site) -> QuerySet[Page]:
    return model.objects.live().descendant_of(site.root_page, inclusive=True).order_by("path")


def _data(told: Told) -> dict[str, object]:
    finding = told.finding
    return {
        "host": told.host,
        "page": told.page.pk,
        "title": told.page.title,
        "url": told.page.full_url,
        "level": finding.level.value,
        "code": finding.code,
        "place": finding.place.path,
        "found": finding.found,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "waived": told.is_waived,
    }


def _table(told: list[Told]) -> Iterator[str]:
    """Yield a line for each finding below a line for its page."""
    last = None
    for each in told:
        if each.page.pk != last:
            last = each.page.pk
            yield f"{each.host}  {each.page.title} ({each.page.pk})"
        finding = each.finding
        waived = " " + _("(dikesampingkan)") if each.is_waived else ""
        yield f"    {finding.level.value:8} {finding.code:20} {finding.sentence}{waived}"
