"""`manage.py publish`: publish what waits, or everything anew; go on with it; return to the release before; compare."""

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping

from django.core.management.base import CommandError
from django.db.models import Q
from django.utils import dateparse, timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.commands import IndonesianCommand, host_name
from cms.publishing import building, carrying, causes, finishing, outbox, publisher, returning, watching
from cms.publishing.models import Batch, Failure, Publication
from cms.publishing.progress import Progress
from cms.publishing.trees.choosing import trees_of
from cms.publishing.verifying import verify

_TOLD = 10  # failures named after a batch; the report of the admin shows all


class Command(IndonesianCommand):
    """`manage.py publish [--all | --watch | --verify | --rollback | --resume] [--site HOST] [--as-of TIME]`."""

    help = "Menerbitkan perubahan yang menunggu ke berkas situs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and for which office."""
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--all", action="store_true", help="susun ulang seluruh situs, lalu tampilkan sekaligus"
        )
        what.add_argument(
            "--watch", action="store_true", help="terbitkan terus sampai dihentikan dengan Ctrl-C"
        )
        what.add_argument(
            "--verify", action="store_true", help="bandingkan berkas situs dengan yang seharusnya"
        )
        what.add_argument(
            "--rollback", action="store_true", help="kembali ke susunan sebelumnya dan hentikan penerbitan"
        )
        what.add_argument("--resume", action="store_true", help="lanjutkan penerbitan setelah --rollback")
        parser.add_argument(
            "--site", type=host_name, metavar="HOST", help="hanya kantor dengan nama host ini"
        )
        parser.add_argument(
            "--as-of", default="", help="keadaan pada saat ini, misalnya 2026-11-25T20:05:00+07:00"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Do it, a line for each batch, office or difference. CommandError says what stood in the way."""
        host, as_of = str(options["site"] or ""), _moment(options)
        if options["watch"]:
            self._watch(host, as_of)
            return
        for site in _sites(host) if as_of else ():
            _require_possible(site, as_of)
        try:
            if options["verify"]:
                self._verify(host)
            elif options["all"]:
                self._build(host, as_of)
            elif options["rollback"] or options["resume"]:
                self._return(host, is_back=bool(options["rollback"]))
            else:
                self._publish(host, as_of)
            if not options["verify"]:
                self._carry(host)
        except OSError as error:
            raise CommandError(str(causes.told(causes.of_writing(error)))) from error

    def _publish(self, host: str, as_of: dt.datetime | None) -> None:
        paused = [site.hostname for site in _sites(host) if _is_paused(site)]
        if paused and host:
            raise _paused(host)
        for site, done in publisher.publish_pending(as_of, only=host):
            self._tell(site, done)
        for hostname in paused:
            self.stderr.write(str(_paused(hostname)))

    def _watch(self, host: str, as_of: dt.datetime | None) -> None:
        if host or as_of:
            raise CommandError(
                _("--watch menerbitkan semua kantor pada saatnya: pakai tanpa --site dan tanpa --as-of.")
            )
        self.stdout.write(_("Menerbitkan setiap perubahan. Hentikan dengan Ctrl-C."))
        self.stdout.flush()
        watching.run(self._tell)

    def _carry(self, host: str) -> None:
        """Carry on to bucket and caches what is to go; an error while a bucket does not have what was published."""
        while carrying.carry_owed(timezone.now(), host):
            pass
        lagging = Publication.objects.filter(is_error_outside=True).order_by("hostname")
        words = [
            f"{each.hostname}: {causes.told(each.error)}" for each in lagging if host in ("", each.hostname)
        ]
        if words:
            raise CommandError("\n".join(words))

    def _tell(self, site: Site, done: Batch) -> None:
        if not (done.written or done.removed or done.failed or done.reason):
            return
        self.stdout.write(
            _("%(host)s: %(written)d berkas ditulis, %(removed)d dihapus, %(failed)d gagal. %(reason)s")
            % {"host": site.hostname, "written": done.written, "removed": done.removed,
               "failed": done.failed, "reason": done.reason}
        )  # fmt: skip
        for failure in Failure.objects.filter(site_id=site.pk)[:_TOLD] if done.failed else ():
            self.stderr.write(
                f"{site.hostname}: {failure.kind} {failure.ident}: {causes.told(failure.cause)}"
            )
        self.stdout.flush()

    def _build(self, host: str, as_of: dt.datetime | None) -> None:
        for site in _sites(host):
            if _is_paused(site):
                raise _paused(site.hostname)
            progress = Progress(0, _(" keluaran"), site.hostname, self.stdout)
            try:
                made = building.build(site, as_of=as_of, advance=progress.reach_of)
            except building.BuildInProgressError as error:
                raise CommandError(
                    _("%(host)s sedang disusun oleh proses lain. Tunggu sampai selesai.") % {"host": error}
                ) from error
            except finishing.PausedError as error:
                raise _paused(str(error)) from error
            except publisher.NO_DATABASE:
                raise
            except Exception as error:
                publisher.note_error(site, error)
                raise
            progress.close()
            self._tell(site, made)

    def _return(self, host: str, *, is_back: bool) -> None:
        """Go back or on wherever it can be done, and say of every office what happened."""
        done, refused, failed = 0, [], []
        for site in _sites(host):
            try:
                self.stdout.write(_gone_back(site) if is_back else _gone_on(site))
                done += 1
            except CommandError as error:
                refused.append(str(error))
            except OSError as error:
                failed.append(f"{site.hostname}: {causes.told(causes.of_writing(error))}")
        if failed or not done:
            raise CommandError("\n".join([*refused, *failed]))
        for words in refused:
            self.stderr.write(words)

    def _verify(self, host: str) -> None:
        count = 0
        for site in _sites(host):
            for place, tree in trees_of(site):
                for path in verify(site, tree):
                    self.stdout.write(f"{place}/{path}")
                    count += 1
        if count:
            raise CommandError(_different(count, host))
        self.stdout.write(_("Semua berkas situs sesuai dengan basis data."))


def _sites(host: str) -> Iterator[Site]:
    sites = list(Site.objects.filter(**({"hostname": host} if host else {})).order_by("pk"))
    if not sites:
        raise CommandError(_("Tidak ada kantor dengan nama host %(host)s.") % {"host": host})
    yield from sites


def _gone_back(site: Site) -> str:
    """Go back, and return what to say of it. Raises CommandError where that cannot be."""
    if _is_paused(site):
        raise _paused(site.hostname)
    try:
        changed = returning.roll_back(site)
    except returning.NothingToReturnToError as error:
        raise CommandError(_("%(host)s tidak mempunyai susunan sebelumnya.") % {"host": error}) from error
    words = _(
        "%(host)s menampilkan susunan sebelumnya; %(count)d berkas disesuaikan karena isinya "
        "sudah ditarik. Penerbitan berhenti sampai: manage.py publish --resume"
    )
    return words % {"host": site.hostname, "count": changed}


def _gone_on(site: Site) -> str:
    """Go on, and return what to say of it. Raises CommandError where nobody has gone back."""
    try:
        returning.resume(site)
    except returning.NothingToReturnToError as error:
        raise CommandError(_("Penerbitan %(host)s tidak sedang dihentikan.") % {"host": error}) from error
    return _("%(host)s menerbitkan lagi.") % {"host": site.hostname}


def _moment(options: Mapping[str, object]) -> dt.datetime | None:
    """Read the instant asked for; without an offset it is one of the installation's time zone."""
    text = str(options["as_of"])
    if not text:
        return None
    if options["verify"] or options["rollback"] or options["resume"]:
        raise CommandError(
            _("--as-of hanya untuk menerbitkan: pakai tanpa --verify, --rollback, dan --resume.")
        )
    try:
        moment = dateparse.parse_datetime(text)
        if moment is not None:
            return (moment if timezone.is_aware(moment) else timezone.make_aware(moment)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        pass
    raise CommandError(_("Waktu %(text)s tidak terbaca. Contoh: 2026-11-25T20:05:00+07:00.") % {"text": text})


def _require_possible(site: Site, as_of: dt.datetime) -> None:
    """Raise CommandError for an instant that has not come, or lies before what readers see already."""
    if as_of > timezone.now():
        raise CommandError(_("Waktu --as-of belum tiba. Situs hanya dapat menunjukkan yang sudah terjadi."))
    known = Publication.objects.filter(pk=site.pk).first()
    if known and known.as_of and as_of < known.as_of:
        raise CommandError(
            _(
                "%(host)s sudah menunjukkan keadaan pada %(moment)s, dan tidak dapat kembali ke waktu sebelumnya."
            )
            % {"host": site.hostname, "moment": timezone.localtime(known.as_of).isoformat()}
        )


def _is_paused(site: Site) -> bool:
    return Publication.objects.filter(pk=site.pk, is_paused=True).exists()


def _paused(host: str) -> CommandError:
    words = _("Penerbitan %(host)s sedang dihentikan. Lanjutkan dengan: manage.py publish --resume")
    return CommandError(words % {"host": host})


def _different(count: int, host: str) -> str:
    words = _("%(count)d berkas berbeda dari yang seharusnya.") % {"count": count}
    sites = [site.pk for site in _sites(host)]
    if outbox.waiting().filter(Q(site_id=None) | Q(site_id__in=sites)).exists():
        words += " " + _(
            "Masih ada perubahan yang menunggu terbit: jalankan manage.py publish, lalu bandingkan lagi."
        )
    return words
