"""The counter's door, `/hitung/<id>/`: POST counts a reading, GET tells how many there were."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.arriving import client_address
from cms.publishing.office import office_for_request
from news import counting
from news.models import NewsArticlePage
from news.reads import buffer, client, robots, seen

ID_MAX = 2**31 - 1  # what a database takes for an id


# Exempt by design: pages are files without a token, and there is nothing to forge; the door looks at no
# cookie, acts for nobody, and takes only what a page of the same site sends.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reads(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a reading or tell the total; 404 for whatever is not a readable article of this office."""
    if pk > ID_MAX:
        raise Http404
    article = (
        NewsArticlePage.objects.readable_in(office_for_request(request))
        .filter(pk=pk)
        .values_list("pk", "legacy_view_count")
        .first()
    )
    if article is None:
        raise Http404
    if request.method == "POST":
        return _count(request, pk)
    answer = JsonResponse({"reads": article[1] + counting.living(pk)})
    answer["Cache-Control"] = "no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _count(request: HttpRequest, pk: int) -> HttpResponse:
    if not client.is_from_our_page(request):
        return JsonResponse(
            {"message": _("Hitungan hanya diterima dari halaman situs ini sendiri.")}, status=403
        )
    agent = request.headers.get("User-Agent", "")
    if not robots.is_robot(request) and seen.first_today(client_address(request), agent, pk):
        buffer.add(pk, timezone.localdate())
    # Counted or not, the answer is the same: it tells nobody whether an address was here before.
    return HttpResponse(status=204)
