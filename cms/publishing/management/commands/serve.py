"""`manage.py serve`: the embedded server, the task worker and the publisher, one foreground process tree."""

import os
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable, Sequence

from django.conf import settings
from django.core.management.base import CommandError

from cms.commands import IndonesianCommand
from cms.publishing import preparing, server, watching, worker


class Command(IndonesianCommand):
    requires_system_checks = []  # `make check` runs them; a start should not wait for them
    help = "Menjalankan situs, penerbit, dan pekerja latar belakang sampai dihentikan dengan Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--prepare", action="store_true", help="siapkan dahulu basis data dan berkas statis"
        )
        parser.add_argument(
            "--demo", action="store_true", help="bersama --prepare: isi dengan contoh bila masih kosong"
        )
        parser.add_argument(
            "--follow-parent",
            action="store_true",
            help="berhenti bila proses yang memanggilnya sudah tidak ada",
        )
        parser.add_argument("--worker-of", type=int, help=SUPPRESS)
        parser.add_argument("--publisher-of", type=int, help=SUPPRESS)

    def handle(self, **options: object) -> None:
        """Serve, or be a child of the process that serves."""
        if options["worker_of"]:
            worker.run(int(str(options["worker_of"])))
            return
        if options["publisher_of"]:
            server.follow(int(str(options["publisher_of"])))
            watching.run()
            return
        try:
            self._serve(**options)
        except KeyboardInterrupt as error:
            raise CommandError(
                "Dihentikan sebelum siap. Jalankan lagi untuk melanjutkan.", returncode=130
            ) from error

    def _serve(self, **options: object) -> None:
        parent = os.getppid()
        server.require_free_port(settings.HOST, settings.PORT)
        if options["prepare"]:
            preparing.prepare(with_demo=bool(options["demo"]))
        else:
            preparing.require_services()
            if not preparing.is_migrated():
                raise CommandError("Basis data belum disiapkan untuk versi ini. Jalankan: manage.py prepare")
            if not preparing.has_static():
                raise CommandError(
                    "Berkas statis belum disiapkan untuk versi ini. Jalankan: manage.py prepare"
                )
        if options["follow_parent"]:
            server.follow(parent)
        children = [worker.Child("publisher"), worker.Child("worker")]
        server.serve(
            settings.HOST,
            settings.PORT,
            settings.WORKERS,
            self._announce(children),
            lambda: worker.stop_all(children),
        )
        self.stdout.write("Warta berhenti.")

    def _announce(self, children: Sequence[worker.Child]) -> Callable[[], None]:
        def on_start() -> None:
            for child in children:
                child.start()
            address = server.address_of()
            self.stdout.write(
                f"Situs    {address}/\nRuang redaksi  {address}/admin/\nHentikan dengan Ctrl-C."
            )
            self.stdout.flush()

        return on_start
