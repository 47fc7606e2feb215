"""`manage.py serve`: the embedded server and the task worker, one foreground process tree."""

import os
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.publishing import preparing, server, worker


class Command(BaseCommand):
    requires_system_checks = []  # `make check` runs them; a start should not wait for them
    help = "Serve the site and work through background tasks, in the foreground, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--prepare", action="store_true", help="First bring database and static files up to date."
        )
        parser.add_argument("--demo", action="store_true", help="With --prepare: fill an empty installation.")
        parser.add_argument(
            "--follow-parent", action="store_true", help="Stop when the calling process is gone."
        )
        parser.add_argument("--worker-of", type=int, help=SUPPRESS)

    def handle(self, **options: object) -> None:
        """Serve, or be the worker of the process that serves."""
        if options["worker_of"]:
            worker.run(int(str(options["worker_of"])))
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
        child = worker.WorkerChild()
        server.serve(settings.HOST, settings.PORT, settings.WORKERS, self._announce(child), child.stop)
        self.stdout.write("Warta berhenti.")

    def _announce(self, child: worker.WorkerChild) -> Callable[[], None]:
        def on_start() -> None:
            child.start()
            address = server.address_of()
            self.stdout.write(
                f"Situs    {address}/\nRuang redaksi  {address}/admin/\nHentikan dengan Ctrl-C."
            )
            self.stdout.flush()

        return on_start
