"""The screens of a withdrawal in the admin: the question, and the proof."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from cms.moderation.seeing import may_read
from cms.publishing.office import office_of_page
from cms.publishing.telling import zone_of
from news.models import NewsArticlePage
from news.withdrawal_proof import is_under_way, looks
from news.withdrawals import Withdrawal
from news.withdrawing import may_withdraw, withdraw


class WithdrawalForm(forms.Form):
    """Why an article is withdrawn, and what its address says since."""

    mode = forms.ChoiceField(
        label=_("Yang tampil di alamatnya"), choices=Withdrawal.Mode.choices, widget=forms.RadioSelect,
        initial=Withdrawal.Mode.NOTICE,
    )  # fmt: skip
    target = forms.ModelChoiceField(
        Page.objects.none(), label=_("Halaman tujuan"), required=False,
        widget=AdminPageChooser, help_text=_("Hanya untuk pengalihan: halaman kantor ini yang sudah terbit."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis alasan penarikan.")},
        help_text=_("Pada pemberitahuan, pembaca membacanya. Jangan menyebut data pribadi."),
    )  # fmt: skip
    has_personal_data = forms.BooleanField(
        label=_("Memuat data pribadi"), required=False,
        help_text=_(
            "Isi ralat, versi lama, komentar, dan judul serta alasan di riwayat dan jejak ikut dihapus, dan tidak "
            "dapat dikembalikan. Alasan penarikan ini tercatat sampai teks yang bersih terbit."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, page: NewsArticlePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = office_of_page(page)
        pages = (
            Page.objects.live().public().filter(path__startswith=office.path)
            if office
            else Page.objects.none()
        )
        self.fields["target"].queryset = pages.exclude(pk=page.pk)  # ty: ignore[unresolved-attribute]
        self.fields["target"].error_messages["invalid_choice"] = _(
            "Pilih halaman kantor ini yang sudah terbit."
        )

    def clean(self) -> dict[str, Any]:
        """Ask where a redirect leads; what is no page to choose is not shown again, not even by its title."""
        given = super().clean() or {}
        if "target" in self.errors:
            self.data = self.data.copy()
            self.data[self.add_prefix("target")] = ""
        if (
            given.get("mode") == Withdrawal.Mode.REDIRECT
            and not given.get("target")
            and "target" not in self.errors
        ):
            self.add_error("target", _("Pilih halaman tujuan pengalihan."))
        return given


class WithdrawView(View):
    """Asks for reason and mode, then withdraws at once."""

    def dispatch(self, request: HttpRequest, page_id: int) -> HttpResponseBase:
        """Refuse whoever may not withdraw this article."""
        page = get_object_or_404(
            Page, pk=page_id
        ).specific  # a child's key of any size would reach the database
        if not isinstance(page, NewsArticlePage):
            raise Http404
        if not may_withdraw(page, request.user):  # ty: ignore[invalid-argument-type]
            raise PermissionDenied
        return super().dispatch(request, page=page)

    def get(self, request: HttpRequest, page: NewsArticlePage) -> HttpResponse:
        """Show the question."""
        return _ask(request, page, WithdrawalForm(page=page))

    def post(self, request: HttpRequest, page: NewsArticlePage) -> HttpResponse:
        """Withdraw, and lead to the proof."""
        form = WithdrawalForm(request.POST, page=page)
        if not form.is_valid():
            return _ask(request, page, form)
        row = withdraw(page, request.user, **form.cleaned_data)  # ty: ignore[invalid-argument-type]
        return redirect("withdrawal_proof", row.pk)


def _ask(request: HttpRequest, page: NewsArticlePage, form: WithdrawalForm) -> HttpResponse:
    return render(
        request, "news/withdrawals/withdraw.html", {"page": page, "form": form, "media": form.media}
    )


class ProofView(View):
    """Looks at each place where readers might still find the article, now."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what was found, to who may read the page."""
        row = get_object_or_404(Withdrawal.objects.select_related("page"), pk=pk)
        if not may_read(request.user, row.page):  # ty: ignore[invalid-argument-type]
            raise PermissionDenied
        is_leaving = is_under_way(row)
        return render(
            request,
            "news/withdrawals/proof.html",
            {
                "row": row,
                "page": row.page,
                "zone": zone_of(office_of_page(row.page)),
                "looks": looks(row, is_leaving=is_leaving),
                "is_leaving": is_leaving,
                "now": timezone.now(),
            },
        )
