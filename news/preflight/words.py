"""The word list every office starts with: spellings of EYD V and KBBI, names, and foreign words with a good own one."""

from news.preflight.article import Term

_SPELLINGS = {
    # apart, or in one
    "kedepannya": "ke depannya", "kedepan": "ke depan", "dimana": "di mana", "dimana-mana": "di mana-mana",
    "diatas": "di atas", "dibawah": "di bawah", "didalam": "di dalam", "diluar": "di luar", "disini": "di sini",
    "disana": "di sana", "disamping": "di samping", "diantara": "di antara", "kemana": "ke mana",
    "darimana": "dari mana", "kerjasama": "kerja sama", "bekerjasama": "bekerja sama",
    "terimakasih": "terima kasih", "bertanggungjawab": "bertanggung jawab", "tanggungjawab": "tanggung jawab",
    "beritahu": "beri tahu", "sumberdaya": "sumber daya",
    "non aktif": "nonaktif", "antar divisi": "antardivisi", "antar lembaga": "antarlembaga",
    "antar daerah": "antardaerah", "pasca pemilu": "pascapemilu", "pasca pilkada": "pascapilkada",
    "pra pemilu": "prapemilu", "sub bagian": "subbagian", "multi tafsir": "multitafsir",
    # letters
    "ijin": "izin", "perijinan": "perizinan", "resiko": "risiko", "praktek": "praktik", "apotik": "apotek",
    "analisa": "analisis", "aktifitas": "aktivitas", "efektifitas": "efektivitas", "kreatifitas": "kreativitas",
    "produktifitas": "produktivitas", "obyek": "objek", "subyek": "subjek", "sistim": "sistem",
    "tehnis": "teknis", "tehnik": "teknik", "jadual": "jadwal", "kwalitas": "kualitas",
    "kwitansi": "kuitansi", "hirarki": "hierarki", "standarisasi": "standardisasi", "legalisir": "legalisasi",
    "sekedar": "sekadar", "silahkan": "silakan", "himbauan": "imbauan", "menghimbau": "mengimbau",
    "dihimbau": "diimbau", "merubah": "mengubah", "dirubah": "diubah", "mensukseskan": "menyukseskan",
    "mensosialisasikan": "menyosialisasikan", "mengkoordinasikan": "mengoordinasikan",
    "mengkoordinir": "mengoordinasi", "mengkonfirmasi": "mengonfirmasi", "memparafrase": "memarafrasa",
    "propinsi": "provinsi", "nopember": "November", "pebruari": "Februari",
    "milyar": "miliar", "trilyun": "triliun", "hapal": "hafal", "nasehat": "nasihat", "karir": "karier",
    "cidera": "cedera", "antri": "antre", "antrian": "antrean", "photo": "foto",
    "tuna netra": "tunanetra", "tuna rungu": "tunarungu",
    # names: capital letters and the spelling of the dictionary
    "syawal": "Syawal", "ramadan": "Ramadan", "bulan ramadhan": "bulan Ramadan",
    "suci ramadhan": "suci Ramadan",
    "idul fitri": "Idulfitri", "idul adha": "Iduladha", "halal bihalal": "halalbihalal",
    "jum'at": "Jumat", "jum\u2019at": "Jumat", "sholat": "salat", "musholla": "musala",
    "whatapps": "WhatsApp", "whatsap": "WhatsApp", "whatsapp": "WhatsApp", "facebook": "Facebook",
    "instagram": "Instagram", "youtube": "YouTube", "tiktok": "TikTok",
}  # fmt: skip
_FOREIGN = {
    "keynote speaker": "pembicara kunci", "keynote": "pembicara kunci", "launching": "peluncuran",
    "follow up": "tindak lanjut", "stakeholder": "pemangku kepentingan", "stakeholders": "pemangku kepentingan",
    "workshop": "lokakarya", "talkshow": "gelar wicara", "rundown": "susunan acara", "deadline": "tenggat",
    "website": "laman", "email": "surel", "e-mail": "surel", "online": "daring", "offline": "luring",
    "upload": "unggah", "download": "unduh", "update": "pembaruan", "screenshot": "tangkapan layar",
    "hoax": "hoaks", "event": "acara", "meeting": "rapat", "briefing": "taklimat", "output": "keluaran",
    "feedback": "umpan balik", "gathering": "temu", "coffee break": "rehat kopi", "podcast": "siniar",
    "mou": "nota kesepahaman", "sharing": "berbagi", "softcopy": "salinan digital", "hardcopy": "salinan cetak",
    "soft file": "berkas digital", "door prize": "hadiah undian", "host": "pemandu acara",
}  # fmt: skip
SHARED_TERMS = tuple(
    [Term(wrong, right) for wrong, right in _SPELLINGS.items()]
    + [Term(wrong, right, is_foreign=True) for wrong, right in _FOREIGN.items()]
)
