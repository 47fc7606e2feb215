"""The nine offices of the demo, as `open_office` takes them; names are real, contacts are not."""

from dataclasses import dataclass

PROVINCE = "36"
HOURS = "Senin sampai Jumat, pukul 08.00 sampai 16.00 WIB"


@dataclass(frozen=True)
class DemoOffice:
    """What differs between the offices; the rest follows from it."""

    code: str
    name: str
    short_name: str
    host: str
    city: str

    def as_arguments(self, port: int) -> dict[str, object]:
        """Return the arguments of `open_office`."""
        is_province = self.code == PROVINCE
        kind = "provinsi" if is_province else "kota" if " Kota " in self.name else "kabupaten"
        return {
            "code": self.code,
            "name": self.name,
            "short_name": self.short_name,
            "level": kind,
            "hostname": f"{self.host}.localhost".removeprefix("."),
            "port": port,
            "parent_code": None if is_province else PROVINCE,
            "dateline": self.short_name.upper(),
            "description": f"Berita resmi {self.name}.",
            "city": self.city,
            "address": f"Jalan Contoh Nomor 1, {self.city}",
            "hours": HOURS,
            "phone": "(0000) 000000",
            "email": f"humas@{self.host or 'banten'}.kpu.example",
            "is_demo": True,
        }


OFFICES = (
    DemoOffice(PROVINCE, "KPU Provinsi Banten", "KPU Banten", "", "Serang"),
    DemoOffice("36.01", "KPU Kabupaten Pandeglang", "KPU Pandeglang", "kab-pandeglang", "Pandeglang"),
    DemoOffice("36.02", "KPU Kabupaten Lebak", "KPU Lebak", "kab-lebak", "Rangkasbitung"),
    DemoOffice("36.03", "KPU Kabupaten Tangerang", "KPU Kab. Tangerang", "kab-tangerang", "Tigaraksa"),
    DemoOffice("36.04", "KPU Kabupaten Serang", "KPU Kab. Serang", "kab-serang", "Ciruas"),
    DemoOffice("36.71", "KPU Kota Tangerang", "KPU Kota Tangerang", "kota-tangerang", "Tangerang"),
    DemoOffice("36.72", "KPU Kota Cilegon", "KPU Cilegon", "kota-cilegon", "Cilegon"),
    DemoOffice("36.73", "KPU Kota Serang", "KPU Kota Serang", "kota-serang", "Serang"),
    DemoOffice("36.74", "KPU Kota Tangerang Selatan", "KPU Tangsel", "kota-tangerangselatan", "Ciputat"),
)
