"""What each operation of the management API does, in our words; Wagtail's own are English."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SUBJECTS: dict[str, Promise] = {
    "pages": _("Halaman"),
    "images": _("Gambar"),
    "documents": _("Dokumen"),
    "redirects": _("Pengalihan alamat"),
    "sites": _("Situs"),
    "schema": _("Skema"),
    "auth": _("Pemilik token"),
}

OPERATIONS: dict[str, Promise] = {
    "pages_list": _("Daftar halaman yang boleh Anda sunting, juga konsep"),
    "pages_create": _("Buat konsep halaman"),
    "pages_find": _("Cari halaman menurut alamatnya"),
    "pages_detail": _("Baca satu halaman"),
    "pages_update": _("Simpan versi baru halaman"),
    "pages_delete": _("Buang ke Sampah"),
    "pages_revisions_list": _("Daftar versi halaman"),
    "pages_revisions_detail": _("Baca satu versi"),
    "pages_actions_publish": _("Terbitkan halaman (selalu ditolak)"),
    "pages_actions_unpublish": _("Turunkan halaman"),
    "pages_actions_copy": _("Salin halaman menjadi konsep"),
    "pages_actions_move": _("Pindahkan halaman"),
    "pages_actions_delete": _("Buang ke Sampah"),
    "pages_actions_revert": _("Kembalikan ke versi lama, sebagai konsep"),
    "pages_actions_convert_alias": _("Jadikan alias halaman sendiri"),
    "pages_actions_create_alias": _("Buat alias halaman (selalu ditolak)"),
    "pages_actions_copy_for_translation": _("Salin untuk diterjemahkan"),
    "schema_list": _("Daftar jenis isi"),
    "schema_detail": _("Bagian-bagian satu jenis isi"),
    "sites_list": _("Daftar situs"),
    "sites_create": _("Buat situs"),
    "sites_detail": _("Baca satu situs"),
    "sites_update": _("Ubah situs"),
    "sites_delete": _("Hapus situs"),
    "whoami": _("Siapa pemilik token ini"),
    "redirects_list": _("Daftar pengalihan"),
    "redirects_create": _("Buat pengalihan"),
    "redirects_find": _("Cari pengalihan menurut alamatnya"),
    "redirects_detail": _("Baca satu pengalihan"),
    "redirects_update": _("Ubah pengalihan"),
    "redirects_delete": _("Hapus pengalihan"),
    "documents_list": _("Daftar dokumen kantor Anda"),
    "documents_create": _("Unggah dokumen"),
    "documents_detail": _("Baca satu dokumen"),
    "documents_update": _("Ubah keterangan dokumen"),
    "documents_delete": _("Hapus dokumen"),
    "images_list": _("Daftar gambar kantor Anda"),
    "images_create": _("Unggah gambar"),
    "images_detail": _("Baca satu gambar"),
    "images_update": _("Ubah keterangan gambar"),
    "images_delete": _("Hapus gambar"),
}

NOTES: dict[str, Promise] = {
    "pages_create": _("Selalu konsep; meta.action: publish ditolak."),
    "pages_update": _(
        "Yang sedang terbit tetap seperti semula sampai versi baru disetujui; meta.action: publish ditolak."
    ),
    "pages_delete": _("Diambil dari pembaca, dan disimpan di Sampah kantor; pulihkan di ruang redaksi."),
    "pages_actions_delete": _(
        "Diambil dari pembaca, dan disimpan di Sampah kantor; pulihkan di ruang redaksi."
    ),
    "pages_actions_publish": _("Selalu ditolak: ajukan naskah di ruang redaksi; penyetuju yang menerbitkan."),
    "pages_actions_unpublish": _("Berlaku seketika; perlu hak terbit."),
    "pages_actions_copy": _("Kirim keep_live: false."),
    "pages_actions_move": _("Halaman yang terbit hanya pindah di dalam kantornya."),
    "pages_actions_convert_alias": _("Alias yang sedang terbit diturunkan dulu."),
    "pages_actions_create_alias": _("Selalu ditolak: alias langsung tampil bagi pembaca."),
    "pages_actions_copy_for_translation": _("Tidak dipakai: situs ini satu bahasa."),
}
