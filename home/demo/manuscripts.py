"""What waits for a decision when the demo opens: a text nobody has looked at yet, and a change of a live one."""

from wagtail.models import Site

from cms.accounts.models import User
from cms.moderation.seen_texts import note_seen
from home.models import HomePage
from news.changes import SMALL
from news.models import NewsArticlePage, NewsIndexPage, Section

_CHANGED = "layanan-tatap-muka-kpu-banten-dialihkan-sementara-akibat-genangan"
_ADDED = "<p>Pemohon yang sudah membuat janji temu dihubungi petugas lewat telepon kantor.</p>"
_TITLE = "Kelas Pemilu Keliling Dibuka di Empat Kecamatan"
_LEAD = "KPU Provinsi Banten membuka kelas pemilu keliling di empat kecamatan mulai pekan depan."
_BODY = (
    "<p>Setiap kelas berlangsung dua jam dan terbuka untuk umum. Peserta belajar memeriksa nama di daftar pemilih.</p>",
    "<p>“Kami mendatangi warga, bukan menunggu mereka datang,” kata petugas kelas keliling.</p>",
    "<p>Jadwal setiap kecamatan diumumkan lewat kantor desa dan kelurahan.</p>",
)
_DISCLAIMER = "Naskah contoh (fiktif): peristiwa dan orangnya rekaan."


def submit_manuscripts(home: HomePage) -> None:
    """Let the writer of the demo submit both in the office `home`; its editor has looked at the change."""
    writer, editor = (User.objects.get(username=name) for name in ("penulis", "penyunting"))
    _submit(_write(home, writer), writer)
    page = _submit(_change(home, writer), writer)
    note_seen(editor, page)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, editor, "approve")


def _write(home: HomePage, writer: User) -> NewsArticlePage:
    page = NewsArticlePage(
        title=_TITLE,
        lead=_LEAD,
        section=Section.objects.get(site=Site.objects.get(root_page=home), name="Berita Terkini"),
        author_unit=f"Humas {home.name}",
        body=[("paragraph", words) for words in _BODY],
        is_fictional=True,
        disclaimer=_DISCLAIMER,
        owner=writer,
        live=False,
    )
    NewsIndexPage.objects.child_of(home).get().add_child(instance=page)
    page.save_revision(user=writer)
    return page


def _change(home: HomePage, writer: User) -> NewsArticlePage:
    page = NewsArticlePage.objects.descendant_of(home).get(slug=_CHANGED)
    draft = page.get_latest_revision_as_object()
    draft.body.append(("paragraph", _ADDED))
    draft.change_kind, draft.change_of = SMALL, page.live_revision_id
    draft.save_revision(user=writer)
    return page


def _submit(page: NewsArticlePage, writer: User) -> NewsArticlePage:
    page.get_workflow().start(page, writer)
    return NewsArticlePage.objects.get(pk=page.pk)
