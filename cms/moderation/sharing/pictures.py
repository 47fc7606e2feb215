"""The pictures of a shared draft: shown by addresses that end with the link, because nobody has published them."""

import re

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpResponse
from django.urls import reverse

from cms.media.models import Image, Rendition
from cms.media.views import stored_picture
from cms.moderation.sharing.links import SharedDraft

_STORED = re.compile(r"/media/((?:gambar/\d+|pratinjau/\d+|asli)/[\w.]+)")
_KINDS = {"r": Rendition, "a": Image}


def lead_through(html: str, row: SharedDraft) -> str:
    """Return `html` with every stored picture at an address below that of the link."""
    names = set(_STORED.findall(html))
    addresses = {
        name: reverse("shared_picture", args=[row.token, _signer(row).sign(f"{kind}{pk}")])
        for kind, model in _KINDS.items()
        for name, pk in model.objects.filter(file__in=names).order_by("pk").values_list("file", "pk")
    }
    return _STORED.sub(lambda found: addresses.get(found[1], found[0]), html)


def send(code: str, row: SharedDraft) -> HttpResponse:
    """Answer with the picture of an address that `lead_through` made for this link. Raises Http404."""
    try:
        said = _signer(row).unsign(code)
    except BadSignature:
        raise Http404 from None
    name = _KINDS[said[0]].objects.filter(pk=int(said[1:])).values_list("file", flat=True).first()
    if name is None:
        raise Http404
    return stored_picture(name)


def _signer(row: SharedDraft) -> Signer:
    return Signer(salt=f"moderation.shared-picture:{row.pk.hex}", sep=".")
