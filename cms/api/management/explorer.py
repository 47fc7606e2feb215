"""The explorer: what the management API can do, on a page of our own for signed-in staff."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from cms.api.management.describing import described
from cms.api.management.words import NOTES, OPERATIONS, SUBJECTS
from cms.arriving import READER_POLICY

_BODIES: dict[str, dict[str, Any]] = {
    "pages_create": {
        "title": "Rapat pleno terbuka",
        "meta": {"type": "news.NewsArticlePage", "parent_id": 4},
        "lead": "KPU Provinsi Banten menggelar rapat pleno terbuka di Serang.",
        "body": [{"type": "paragraph", "value": "<p>Rapat dibuka pukul sembilan pagi.</p>"}],
    },
    "pages_update": {"lead": "KPU Provinsi Banten menutup rapat pleno terbuka di Serang."},
    "pages_actions_copy": {"keep_live": False, "slug": "salinan"},
}
_LINE = 60  # characters of JSON that stand in one line
_NUMBER = 12  # stands for any id in an example


@dataclass
class Part:
    """A value that an operation takes."""

    name: str
    place: str
    kind: str
    is_required: bool


@dataclass
class Operation:
    """One operation, as the page shows it."""

    name: str
    method: str
    path: str
    words: str
    note: str
    parts: list[Part]
    example: str
    kinds: list[tuple[str, list[Part]]] = field(default_factory=list)  # of page: each has parts of its own


@require_safe
@require_admin_access
def schema(request: HttpRequest) -> HttpResponse:
    """Answer the OpenAPI schema."""
    return JsonResponse(described())


@require_safe
@require_admin_access
def explorer(request: HttpRequest) -> HttpResponse:
    """Show every operation by subject."""
    base = reverse("management_explorer").removesuffix("docs/")
    root = request.build_absolute_uri(base)
    subjects: dict[str, list[Operation]] = {}
    for path, methods in described()["paths"].items():
        for method, operation in methods.items():
            subject = operation.get("tags", [""])[0]
            subjects.setdefault(subject, []).append(
                _operation(root, path.removeprefix(base), method, operation)
            )
    shown = [(tag, SUBJECTS.get(tag, tag), found) for tag, found in subjects.items()]
    answer = render(request, "api_management/explorer.html", {"subjects": shown, "root": root})
    answer["Content-Security-Policy"] = READER_POLICY  # nothing of Wagtail's is on this page
    return answer


def _operation(root: str, path: str, method: str, told: dict[str, Any]) -> Operation:
    name = told["operationId"]
    parts = [_parameter(each) for each in told.get("parameters", [])]
    content = told.get("requestBody", {}).get("content", {})
    media_type, body = next(iter(content.items()), ("", {}))
    required, kinds = {}, []
    if body:
        sent = _resolved(body["schema"])
        kinds = [(_type_of(each), list(_body_parts(each))) for each in map(_resolved, sent.get("oneOf", ()))]
        parts += _body_parts(sent)
        required = {key: _sample(each) for key, each in sent.get("properties", {}).items()
                    if key in sent.get("required", ())}  # fmt: skip
    return Operation(
        name=name,
        method=method.upper(),
        path=path,
        words=str(OPERATIONS.get(name, told.get("summary", name))),
        note=str(NOTES.get(name, "")),
        parts=parts,
        example=_curl(f"{root}{path}", method, media_type, _BODIES.get(name, required)),
        kinds=kinds,
    )


def _parameter(told: dict[str, Any]) -> Part:
    places = {"path": _("alamat"), "query": _("kueri")}
    place = places.get(told["in"], told["in"])
    return Part(told["name"], place, _kind(told["schema"]), bool(told.get("required")))


def _body_parts(sent: dict[str, Any]) -> Iterator[Part]:
    required = sent.get("required", ())
    for name, told in sent.get("properties", {}).items():
        yield Part(name, _("isi"), _kind(told), name in required)


def _type_of(kind: dict[str, Any]) -> str:
    """Return the page type that stands in `meta.type` of one of several bodies."""
    meta = kind["properties"]["meta"]
    meta = next((each for each in meta.get("anyOf", ()) if "$ref" in each), meta)
    told = _resolved(meta)["properties"]["type"]
    return _kind(told)


def _resolved(told: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference into the components, and the title some schemas stand under."""
    while reference := told.get("$ref"):
        told = described()["components"]["schemas"][reference.rpartition("/")[2]]
    return told


def _kind(told: dict[str, Any]) -> str:
    """Say in one or two words what a value is."""
    if choices := told.get("enum"):
        return " | ".join(map(str, choices))
    if "const" in told:
        return str(told["const"])
    if several := told.get("anyOf") or told.get("oneOf"):
        return " | ".join(dict.fromkeys(_kind(each) for each in several if each.get("type") != "null"))
    if told.get("type") == "array":
        return _("daftar %(kind)s") % {"kind": _kind(told.get("items", {}))}
    names = {"string": _("teks"), "integer": _("bilangan"), "boolean": "true | false", "object": _("objek")}
    return str(names.get(str(_resolved(told).get("type")), _("apa saja")))


def _sample(told: dict[str, Any]) -> Any:
    kind = _resolved(told).get("type")
    return {"integer": _NUMBER, "boolean": False, "array": [], "object": {}}.get(str(kind), "...")


def _written(body: dict[str, Any]) -> str:
    short = json.dumps(body, ensure_ascii=False)
    return short if len(short) < _LINE else json.dumps(body, ensure_ascii=False, indent=2)


def _curl(address: str, method: str, media_type: str, body: dict[str, Any]) -> str:
    """Return a command that a terminal takes as it stands, once $TOKEN is set."""
    address = re.sub(r"\{type_name\}", "news.NewsArticlePage", address)
    lines = ['curl -H "Authorization: Bearer $TOKEN"']
    if method != "get":
        lines.append(f"-X {method.upper()}")
    if media_type == "multipart/form-data":
        lines += [f"-F {name}={'@berkas' if name == 'file' else 'Judul'}" for name in body]
    elif media_type:
        lines += ["-H 'Content-Type: application/json'", f"-d '{_written(body)}'"]
    lines.append(re.sub(r"\{\w+\}", str(_NUMBER), address))
    return " \\\n  ".join(lines)
