"""The benches: each measures one part of Warta on the scratch site and returns its figures."""

import io
import shutil
import time
from collections.abc import Callable
from statistics import median

from django.conf import settings
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.test import Client
from PIL import Image as Pillow
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from cms.publishing.lookup import Lookup
from cms.publishing.office import Office, office_of_site
from cms.publishing.outputs import File, Stage
from cms.publishing.trees.local import LocalTree
from news.benchmarks import knocking, publishing, server_child
from news.benchmarks.figures import ROUNDS, Figure, cpu_ms, peak_megabytes, queries, wall_ms
from news.benchmarks.scene import Scene
from news.importing.place import find_target
from news.importing.report import Report, Tally
from news.importing.running import Import
from news.models import NewsArticlePage
from news.preloading import present_many, readable_articles, render_article

CODE = "36"
RENDERED = 2_000
QUESTIONS = ("pemilih", "daftar pemilih tetap", "sirekap cilegon", "zzzz")


def importing(scene: Scene) -> list[Figure]:
    """Import the corpus into an empty office."""
    size = scene.corpus.stat().st_size
    report = Report(scene.folder / "import" / "bench-report.jsonl")

    def advance(done: int, tally: Tally) -> None:
        scene.advance(done, size)

    began, spent = time.perf_counter(), time.process_time()
    tally = Import(scene.corpus, find_target(CODE), report, advance).run()
    wall, cpu = time.perf_counter() - began, time.process_time() - spent
    report.close()
    problems = sum(map(len, Page.find_problems()))
    per_minute = 180 * tally.taken / 10_000
    return [
        Figure("import: articles taken", tally.taken, ""),
        Figure("import: lines refused", tally.refused, "", 0),
        Figure("import: clock", wall, "s", max(per_minute, 1)),
        Figure("import: processor", cpu, "s"),
        Figure("import: most memory", peak_megabytes(), "MB"),
        Figure("import: tree problems", problems, "", 0),
    ]


def rendering(scene: Scene) -> list[Figure]:
    """Render the newest articles, their data read together, through the template of the live view."""
    office = _office()
    look = Lookup(host=office.hostname)
    pages = list(readable_articles(office)[:RENDERED])
    views = list(present_many(pages, office, look))
    count = max(len(views), 1)
    list(map(render_article, views[:50]))
    size = sum(len(render_article(view)) for view in views) / count
    return [
        Figure("article: rendered", count, ""),
        Figure(
            "article: render, data read", cpu_ms(lambda: list(map(render_article, views)), count), "ms", 3
        ),
        Figure(
            "article: reading its data", cpu_ms(lambda: list(present_many(pages, office, look)), count), "ms"
        ),
        Figure("article: size", size / 1024, "kB"),
    ]


def reading(scene: Scene) -> list[Figure]:
    """Ask for an article, the index and the front page, through every middleware."""
    page = NewsArticlePage.objects.readable_in(_office()).newest_first()[20:21].get()
    figures = []
    for name, path, limit in (
        ("article", f"/{page.url_path.split('/', 2)[2]}", 4),
        ("index", "/berita/", 8),
        ("front page", "/", None),
    ):
        figures += _asked(f"live {name}", path, limit)
    return figures


def searching(scene: Scene) -> list[Figure]:
    """Search for a common word, three words, two rare ones together, and one that is nowhere."""
    return [_asked(f"search “{words}”", f"/cari/?q={words}", None)[0] for words in QUESTIONS]


def picturing(scene: Scene) -> list[Figure]:
    """Take in one photograph of 12 million pixels and make its sizes."""
    model = get_image_model()
    file = io.BytesIO()
    noise = Pillow.effect_noise((4000, 3000), 40)
    Pillow.merge("RGB", [noise, noise.rotate(180), Pillow.linear_gradient("L").resize(noise.size)]).save(
        file, "JPEG", quality=88
    )

    def upload() -> object:
        file.seek(0)
        return model.objects.create(title="Foto", file=ImageFile(file, name="foto.jpg"))

    began, spent = time.perf_counter(), time.process_time()
    image = upload()
    wall, cpu = time.perf_counter() - began, time.process_time() - spent
    return [
        Figure("photo, 12 MP: sizes made", image.renditions.count(), ""),  # ty: ignore[unresolved-attribute]
        Figure("photo, 12 MP: clock", wall, "s"),
        Figure("photo, 12 MP: processor", cpu, "s"),
    ]


def serving(scene: Scene) -> list[Figure]:
    """Ask the embedded server for one article of a published tree, as fast as it answers."""
    office = _office()
    pages = list(readable_articles(office)[:1])
    (view,) = present_many(pages, office, Lookup(host=office.hostname))
    address = pages[0].url_path[len(office.url_path) :]
    tree = LocalTree(office.hostname)
    for path in ("index.html", f"{address}index.html"):
        tree.stage(File(path, render_article(view).encode()), Stage.PAGE)
    tree.commit([])
    tree.settle()
    with server_child.serving(settings.PUBLIC_ROOT, scene.folder / "server") as port:
        rate = _rate(port, address)
    figures = [
        Figure("server: an article, requests", rate, "/s"),
        Figure("server: an article, clock", 1_000_000 / rate, "µs", 100),
    ]
    if nginx := shutil.which("nginx"):
        with server_child.serving_with_nginx(nginx, tree.release, scene.folder / "nginx") as port:
            other = _rate(port, address)
        figures += [
            Figure("nginx: the same article, requests", other, "/s"),
            Figure("server: times as fast as nginx", rate / other, ""),
        ]
    return figures


def _rate(port: int, address: str) -> float:
    return median(knocking.requests_a_second(port, f"/{address}") for _round in range(ROUNDS))


BENCHES: dict[str, Callable[[Scene], list[Figure]]] = {
    "import": importing,
    "render": rendering,
    "live": reading,
    "search": searching,
    "server": serving,
    "build": publishing.building,
    "publish": publishing.one_by_one,
    "at-once": publishing.at_once,
    "wide": publishing.wide,
    "photo": picturing,
}


def open_bench_office() -> None:
    """Open the office everything is measured at."""
    call_command(
        "open_office",
        code=CODE,
        name="KPU Provinsi Banten",
        short_name="KPU Banten",
        level="provinsi",
        hostname="localhost",
        stdout=io.StringIO(),
    )


def _office() -> Office:
    office = office_of_site(Site.objects.get(hostname="localhost"))
    if office is None:
        raise LookupError(CODE)
    return office


def _asked(name: str, path: str, limit: int | None) -> list[Figure]:
    client = Client(SERVER_NAME="localhost")

    def ask() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")

    ask()
    return [
        Figure(f"{name}: clock", wall_ms(ask), "ms"),
        Figure(f"{name}: queries", queries(ask), "", limit),
    ]
