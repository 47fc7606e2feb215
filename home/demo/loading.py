"""Load the demo: everything or nothing, once."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from cms.moderation.approvals import Approval
from cms.moderation.putting_live import put_live
from home.demo import articles, documents, manuscripts, officeholders, people, pictures
from home.demo.mapping import Files
from home.demo.offices import OFFICES, PROVINCE
from home.models import HomePage
from home.office import open_office
from home.roles import ensure_collection


class DemoRefused(ValueError):
    """The demo does not belong here; the message says why."""


def is_loaded() -> bool:
    """Return whether the demo was loaded before; what people changed since stays as they left it."""
    return HomePage.objects.filter(code=PROVINCE, is_demo=True).exists()


def load(progress: tqdm) -> None:
    """Load offices, people, pictures, documents and articles in one transaction.

    Raises DemoRefused where real readers are served, or a real office stands in the place of one of these.
    """
    if settings.ALLOWED_HOSTS_GIVEN:
        raise DemoRefused(
            _(
                "Isi contoh dan akunnya hanya untuk mencoba di komputer sendiri. ALLOWED_HOSTS terisi, "
                "artinya situs ini melayani pembaca sungguhan; tidak ada yang dimuat."
            )
        )
    taken = HomePage.objects.filter(code__in=[office.code for office in OFFICES], is_demo=False).first()
    if taken:
        raise DemoRefused(
            _("Kantor %(code)s sudah ada dan bukan kantor contoh; tidak ada yang dimuat.")
            % {"code": taken.code}
        )
    drawn = {name: pictures.draw(name) for name in _counted(pictures.names(), progress)}
    with transaction.atomic():
        homes = {
            office.code: open_office(**office.as_arguments(settings.PORT))
            for office in _counted(OFFICES, progress)
        }
        logo = pictures.load_logo(drawn)
        for home in homes.values():
            home.logo = logo
            put_live(home, Approval.Kind.DEMO, clean=False)
        people.create_people(homes)
        officeholders.register_officeholders(homes[PROVINCE])
        for sample in _counted(sorted(articles.samples(), key=_turn), progress):
            home = homes[sample["office_code"]]
            articles.load_article(sample, home, _files(sample, home, drawn))
        manuscripts.submit_manuscripts(homes[PROVINCE])


def steps() -> int:
    """Return how many steps `load` counts on its progress bar."""
    return len(pictures.names()) + len(OFFICES) + len(articles.samples())


def _turn(sample: Mapping[str, Any]) -> tuple[bool, int]:
    """Return when an article is loaded: the worker encodes in this order what the first visitor sees first."""
    return sample["office_code"] != PROVINCE, len(pictures.pictures_of(sample))


def _counted(things: Iterable[Any], progress: tqdm) -> Iterable[Any]:
    for thing in things:
        yield thing
        progress.update()


def _files(sample: Mapping[str, Any], home: HomePage, drawn: Mapping[str, bytes]) -> Files:
    """File the pictures and documents of one article in the room of its office."""
    room = ensure_collection(home)
    shown = pictures.pictures_of(sample)
    return Files(
        pictures={picture.file: pictures.load_picture(picture, drawn, room).pk for picture in shown},
        documents={
            item["file"]: documents.load_document(item, sample["office"], room).pk
            for block in sample["body"]
            if block["type"] == "documents"
            for item in block["value"]["items"]
        },
    )
