"""Links that lead nowhere, headings that skip a level."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Fix, Level
from news.preflight.article import Article, Link


def check_links(article: Article) -> Iterator[Finding]:
    """Find links to pages and documents of ours that are gone, or that readers cannot open yet."""
    dead = article.around.dead
    for link in article.links:
        shown = link.words or link.url
        if link.page_id in dead.pages or link.url in dead.urls:
            message = _(
                "Tautan “%(words)s” menuju halaman yang tidak ada. Ganti tujuannya atau hapus tautannya."
            )
        elif link.document_id in dead.documents:
            message = _("Dokumen “%(words)s” sudah tidak ada. Unggah lagi atau hapus tautannya.")
        elif link.page_id in dead.unread_pages:
            message = _(
                "Halaman yang ditautkan (“%(words)s”) belum terbit. Pembaca hanya melihat kata-katanya."
            )
            yield _about(link, Level.WARNING, message, shown)
            continue
        else:
            continue
        yield _about(link, Level.ERROR, message, shown)


def check_headings(article: Article) -> Iterator[Finding]:
    """Find a subsection without a section above it."""
    for heading in article.headings:
        if heading.level == 3 and not heading.follows_section:
            message = _("“%(words)s” bertingkat subbagian, tetapi belum ada bagian di atasnya.")
            fix = Fix(_("Jadikan bagian"), "set", heading.place.path, "2")
            said = message % {"words": heading.words}
            yield Finding("heading_order", Level.WARNING, said, heading.place, (fix,), heading.words)


def _about(link: Link, level: Level, message: str, shown: str) -> Finding:
    target = str(link.url or link.page_id or link.document_id)
    return Finding(
        "link_dead", level, message % {"words": shown or target}, link.place, found=link.words, basis=target
    )
