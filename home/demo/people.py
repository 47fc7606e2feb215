"""The people of the demo: invented, with one password, and only on a machine that serves itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from cms.accounts.models import User
from home.models import HomePage
from home.roles import APPROVER, AUDITOR, EDITOR, MODERATOR, WRITER, group_of

PASSWORD = "coba-warta-36"  # noqa: S105 (printed on purpose; demo accounts exist on this machine only)


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to log in as; without an office, an administrator of the whole installation."""

    username: str
    first_name: str
    last_name: str
    position: str
    role: str = ""
    office_code: str = ""


PEOPLE = (
    DemoPerson("penulis", "Nadia", "Safitri", "Staf Humas", WRITER, "36"),
    DemoPerson("penyunting", "Hendra", "Wibisana", "Kepala Subbagian Humas", EDITOR, "36"),
    DemoPerson("penyetuju", "Ratna", "Kumalasari", "Sekretaris", APPROVER, "36"),
    DemoPerson("penulis.lebak", "Ujang", "Permana", "Staf Humas", WRITER, "36.02"),
    DemoPerson("penyetuju.lebak", "Sri", "Wahyuni", "Sekretaris", APPROVER, "36.02"),
    DemoPerson("moderator", "Mira", "Anggraini", "Ketua Divisi Sosdiklih dan Parmas", MODERATOR, "36"),
    DemoPerson("auditor", "Dewi", "Lestari", "Inspektorat", AUDITOR, "36"),
    DemoPerson("admin", "Admin", "Pusat", "Administrator"),
)


def create_people(homes: Mapping[str, HomePage]) -> list[User]:
    """Create whoever is missing, in the groups of the offices `homes` (by code); return who was created."""
    password = make_password(PASSWORD)  # once: it is slow by design
    return [
        _create(person, homes, password)
        for person in PEOPLE
        if not User.objects.filter(username=person.username).exists()
    ]


def writer_of(home: HomePage) -> User | None:
    """Return who looks after the texts of an office: its writer edits those she owns, and no others."""
    return User.objects.filter(groups=group_of(home, WRITER)).order_by("pk").first()


def _create(person: DemoPerson, homes: Mapping[str, HomePage], password: str) -> User:
    is_admin = not person.office_code
    user = User.objects.create(
        username=person.username,
        email=f"{person.username}@kpu.example",
        first_name=person.first_name,
        last_name=person.last_name,
        position=person.position,
        password=password,
        is_superuser=is_admin,
        is_staff=is_admin,
    )
    group = group_of(homes[person.office_code], person.role) if person.office_code else None
    if group:
        user.groups.add(group)
    return user
