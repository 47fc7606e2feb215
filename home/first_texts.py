"""The words of an office's first standard pages; the office edits them like any page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FirstPage:
    """A standard page. In its words, `## ` begins a heading, an empty line a paragraph.

    `{name}` is the office, `{kontak}Kontak</a>` a link to another of these pages by its slug.
    """

    slug: str
    title: str
    lead: str
    words: str

    @property
    def parts(self) -> list[str]:
        """Return headings and paragraphs, each as one line."""
        return [" ".join(part.split()) for part in self.words.strip().split("\n\n")]


CONTACT = FirstPage(
    "kontak",
    "Kontak",
    "Cara menghubungi kantor kami untuk pertanyaan, permohonan informasi, dan masukan.",
    """
Alamat, telepon, surel, dan jam layanan {name} tercantum di bagian bawah setiap halaman situs ini.

## Sebelum menghubungi kami

Agar pertanyaan cepat terjawab, sebutkan alamat halaman atau nomor surat yang dimaksud, lalu ceritakan apa
yang Anda cari. Jangan mengirim nomor induk kependudukan (NIK), foto KTP, atau kode OTP melalui pesan;
kami tidak pernah memintanya dengan cara itu.

## Ralat dan hak jawab

Bila Anda menemukan kekeliruan dalam tulisan kami, beri tahu kami bagian mana yang keliru dan apa yang
benar. Setiap ralat dimuat terbuka, dengan tanggal, pada tulisan yang diperbaiki.

## Permohonan informasi publik

Permohonan informasi publik dilayani oleh Pejabat Pengelola Informasi dan Dokumentasi (PPID) sesuai
Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik. Layanan ini tidak dipungut biaya.
""",
)

ABOUT = FirstPage(
    "tentang",
    "Tentang kami",
    "Siapa yang menulis di situs ini, apa yang dimuat, dan bagaimana isinya diperiksa.",
    """
Situs ini adalah kanal berita resmi {name}. Di sini dimuat berita kegiatan, siaran pers, pengumuman,
klarifikasi atas kabar yang keliru, dan bahan pendidikan pemilih.

## Cara kami bekerja

Setiap tulisan disusun oleh petugas hubungan masyarakat, lalu diperiksa dan disetujui oleh orang lain
sebelum terbit. Nama unit penulis tercantum pada setiap tulisan.

Bila tulisan yang sudah terbit ternyata keliru, kami memperbaikinya dan menjelaskan perbaikan itu pada
halaman yang sama. Kami tidak mengganti isi diam-diam.

## Memakai tulisan kami

Media dan warga boleh mengutip tulisan dan foto di situs ini dengan menyebut {short_name} sebagai sumber.

Pertanyaan dan masukan dapat disampaikan melalui halaman {kontak}Kontak</a>.
""",
)

PRIVACY = FirstPage(
    "privasi",
    "Privasi",
    "Anda dapat membaca seluruh situs ini tanpa memperkenalkan diri.",
    """
{name} menghormati data pribadi pembaca sesuai Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data
Pribadi. Halaman ini menjelaskan apa yang terjadi ketika Anda membaca situs ini.

## Tanpa kuki, tanpa pelacak

Halaman publik situs ini tidak memasang kuki, tidak memuat skrip atau huruf dari pihak lain, dan tidak
menampilkan iklan. Hanya petugas yang masuk untuk menulis berita yang memakai kuki, agar tetap dikenali
selama bekerja.

## Penghitung pembaca

Keterangan “Telah dilihat” pada sebuah artikel dihitung tanpa mengenali Anda. Agar satu orang dihitung
paling banyak sekali sehari untuk setiap artikel, server membuat sidik acak dari kunjungan itu dengan
kunci yang diganti setiap hari. Sidik itu hanya berada di memori sementara, tidak dapat dikembalikan
menjadi alamat IP Anda, dan tidak pernah disimpan. Yang disimpan hanya jumlah per artikel per hari.
Pengunjung berupa mesin tidak dihitung.

## Tombol bagikan dan video

Tombol bagikan adalah tautan biasa: layanan tujuan baru mengetahui kunjungan Anda setelah Anda membuka
tautannya. Video dan isi dari layanan lain baru dimuat setelah Anda menekannya.

## Catatan server

Seperti pada umumnya, server dapat mencatat permintaan teknis untuk menjaga keamanan dan kelancaran
layanan. Catatan itu tidak dipakai untuk mengenali pembaca.

Pertanyaan tentang data pribadi dapat disampaikan melalui halaman {kontak}Kontak</a>.
""",
)

ACCESSIBILITY = FirstPage(
    "aksesibilitas",
    "Pernyataan aksesibilitas",
    "Situs ini dibuat agar dapat dibaca semua orang, termasuk penyandang disabilitas.",
    """
{name} mengacu pada Pedoman Aksesibilitas Konten Web (WCAG) 2.2 tingkat AA, yang juga menjadi standar
internasional ISO/IEC 40500.

## Yang sudah kami lakukan

Halaman dapat dijelajahi dengan papan ketik dan pembaca layar, tetap utuh saat huruf diperbesar, cukup
kontras pada tampilan terang dan gelap, serta dapat dibaca tanpa JavaScript. Foto diberi teks alternatif,
dan grafik disertai tabel datanya.

## Cara kami menguji

Setiap jenis halaman diperiksa dengan alat uji otomatis. Alat semacam itu tidak menemukan semua hambatan;
karena itu laporan pembaca sangat kami perlukan.

## Yang mungkin belum sempurna

Sebagian dokumen PDF hasil pindaian belum dapat dibaca oleh pembaca layar, dan sebagian video belum
memiliki teks atau juru bahasa isyarat. Mintalah isinya kepada kami dalam bentuk lain; kami akan
menyiapkannya tanpa biaya.

## Laporkan hambatan

Bila ada bagian situs yang sulit Anda pakai, beri tahu kami melalui halaman {kontak}Kontak</a>. Sebutkan
alamat halaman, alat bantu yang dipakai, dan apa yang terjadi.
""",
)

PAGES = (CONTACT, ABOUT, PRIVACY, ACCESSIBILITY)
