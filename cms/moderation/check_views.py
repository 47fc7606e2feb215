"""What the panel "Pemeriksaan" asks: the form as it stands goes in, what the checks find comes out."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.blocks.base import BlockField
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.checks import Finding, Level, Place, checked_models, run_checks
from cms.moderation.deciders import why_not_waive
from cms.moderation.four_eyes import FourEyes
from cms.moderation.waivers import Waiver, standing
from cms.publishing.office import office_of_page
from cms.publishing.telling import zone_of


class _CheckMixin:
    """Builds the page a form describes, without saving it, and answers what the checks say."""

    http_method_names = ("post",)
    object: Page

    def get_form(self, query_dict: QueryDict) -> Any:
        """Return the bound form; Wagtail's preview of a new page would look for a free address besides."""
        return PreviewOnEditView.get_form(self, query_dict)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer the findings as HTML, their number and a sentence about them."""
        if not isinstance(self.object, tuple(checked_models())):
            raise Http404
        form = self.get_form(request.POST)
        try:
            is_valid = self.validate_form(form)  # ty: ignore[unresolved-attribute]
        except MultiValueDictKeyError:
            return HttpResponseBadRequest()  # no form of ours
        if is_valid:
            form.save(commit=False)
        else:
            _keep_typed(form)
        page = form.instance
        page.title = request.POST.get("title", "")  # a preview puts words in place of an empty one
        page.has_unpublished_changes = True
        findings = [*_unreadable(form), *run_checks(page)]
        waivers = standing(page, findings)
        return JsonResponse(_answer(page, findings, waivers, _way_to_waive(request, page, findings)))


class CheckView(_CheckMixin, PreviewOnEditView):
    """For a page that was saved before."""


class CheckNewView(_CheckMixin, PreviewOnCreateView):
    """For a page that was not."""

    def get_object(self) -> Page:
        """Return an empty page; Http404 for a kind that may not stand there."""
        model = self.content_type.model_class()
        if model not in checked_models():
            raise Http404
        return super().get_object()


def _keep_typed(form: Any) -> None:
    """Give the page what was typed in fields that are refused as yet: it is what has to be checked."""
    for name in form.errors:
        field = form.fields.get(name)
        if isinstance(field, BlockField | forms.CharField):
            typed = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
            setattr(form.instance, name, typed)


def _unreadable(form: Any) -> list[Finding]:
    """Return a finding for each field whose content cannot be read or kept."""
    found = []
    for name, messages in form.errors.items():
        if name not in form.fields:
            continue
        words = " ".join(map(str, messages))
        if isinstance(form.fields[name], BlockField):
            words = _("Ada isian yang belum benar di bagian ini. Simpan konsepnya untuk melihat letaknya.")
        place = Place(name, str(form.fields[name].label or ""))
        found.append(Finding("unreadable", Level.ERROR, words, place, basis=words))
    return found


def _way_to_waive(request: HttpRequest, page: Page, findings: list[Finding]) -> str:
    """Return where the reader of the panel may answer for an error of the saved text; "" if there is no such place."""
    user: User = request.user  # ty: ignore[invalid-assignment]
    is_held = page.pk is not None and any(each.level == Level.ERROR for each in findings)
    if not is_held or not isinstance(page, FourEyes) or why_not_waive(user, page):
        return ""
    return reverse("moderation_waive_draft", args=[page.pk])


def _answer(
    page: Page, findings: list[Finding], waivers: Mapping[str, Waiver], waive_url: str
) -> dict[str, Any]:
    """Tell everything; what somebody answers for is not counted."""
    told = [(finding, waivers.get(finding.fingerprint)) for finding in findings]
    groups = [(level, [each for each in told if each[0].level == level]) for level in Level]
    open_ones = {level: sum(waiver is None for _finding, waiver in group) for level, group in groups}
    counts = {level: count for level, count in open_ones.items() if count}
    return {
        "summary": _summary(counts),
        "counts": {level.value: count for level, count in counts.items()},
        "html": render_to_string(
            "moderation/findings.html",
            {
                "groups": [(level, group, open_ones[level]) for level, group in groups if group],
                "waive_url": waive_url,
                "zone": zone_of(office_of_page(page)) if waivers else None,
            },
        ),
    }


def _summary(counts: Mapping[Level, int]) -> str:
    if not counts:
        return _("Tidak ada catatan. Naskah siap diajukan.")
    return ", ".join(_counted(level, count) for level, count in counts.items())


def _counted(level: Level, count: int) -> str:
    words = {
        Level.ERROR: ngettext("%(count)d kesalahan", "%(count)d kesalahan", count),
        Level.WARNING: ngettext("%(count)d peringatan", "%(count)d peringatan", count),
        Level.INFO: ngettext("%(count)d saran", "%(count)d saran", count),
    }
    return words[level] % {"count": count}
