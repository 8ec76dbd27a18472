"""Refusals that a person or a partner system can act on, and how each surface shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler


class DomainError(Exception):
    """A rule refuses the act: a form error in the browser, 409 over the API.

    `field` names the field to mend where there is one; `code` is stable for programs.
    """

    def __init__(self, reason: str, *, field: str | None = None, code: str = "refused") -> None:
        super().__init__(reason)
        self.reason, self.field, self.code = reason, field, code


_reasons: list[Callable[[HttpRequest], Any]] = []


class ErrorMiddleware:
    """Shows a refusal that no form caught as a page with its reason (409), and refuses NUL, which no column holds."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "%00" in query or "\0" in query:
            return bad_request(request)
        response: HttpResponse = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a `DomainError`; leave everything else to Django."""
        if isinstance(exception, DomainError):
            return _page(request, 409, exception.reason)
        return bad_request(request) if _is_about_nul(exception) else None


def _is_about_nul(exception: Exception) -> bool:
    """Return whether the database was given NUL as a text (the driver refuses it) or in JSON (the server does)."""
    if isinstance(exception, DataError):
        return "\\u0000 cannot be converted" in str(exception)
    return isinstance(exception, ValueError) and "cannot contain NUL" in str(exception)


def api_exception_handler(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Answer refusals over the API: 409 with `code`, `detail` and `field`; 400 field by field."""
    if isinstance(exception, DomainError):
        body = {"code": exception.code, "detail": exception.reason, "field": exception.field}
        return Response(body, status=status.HTTP_409_CONFLICT)
    if isinstance(exception, PermissionDenied) and hasattr(exception, "body"):
        return Response(exception.body, status=status.HTTP_403_FORBIDDEN)
    if isinstance(exception, ValidationError):
        exception = exceptions.ValidationError(as_fields(exception))
    if isinstance(exception, Http404):  # whose own text is English and names the model
        exception = exceptions.NotFound(_("没有这条记录，或者它不在您的地区内。"))
    return exception_handler(exception, context)


def as_fields(error: ValidationError) -> dict[str, list[str]]:
    """Return the messages of a validation error by field; those of the whole record under `non_field_errors`."""
    if hasattr(error, "error_dict"):
        return {
            ("non_field_errors" if name == "__all__" else name): texts for name, texts in error.message_dict.items()
        }
    return {"non_field_errors": error.messages}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be understood."""
    return _page(request, 400, _("请求有误，服务器看不懂。"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for which a right is missing, with the reason."""
    told: Any = exception if hasattr(exception, "facts") or str(exception or "") else _reason(request)
    if request.path.startswith("/api/") and hasattr(told, "body"):
        return JsonResponse(told.body, status=403)
    if hasattr(told, "facts"):
        return _page(request, 403, told.first, told.facts)
    return _page(request, 403, str(told or "") or _("您的岗位没有这项权限，请联系本级安全管理员。"))


def explain(why: Callable[[HttpRequest], Any]) -> None:
    """Register what tells why a page is refused that says no word itself: a refusal, or None."""
    _reasons[:] = [why]


def _reason(request: HttpRequest) -> Any:
    return next((told for why in _reasons if (told := why(request))), None)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what does not exist, or lies outside one's regions: the two look alike on purpose."""
    return _page(request, 404, _("没有这个页面，或者它不在您的地区内。"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without its token: mostly a page that was left open over another login."""
    return _page(request, 403, _("页面已失效，没有写入任何数据。请返回上一页，刷新后再提交。"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of the program; needs neither database nor session."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": _("程序出错。错误已经记下，请稍后再试。")}, status=500)
    return HttpResponse(render_to_string("500.html"), status=500)


def _page(request: HttpRequest, status: int, reason: str, facts: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": reason}, status=status)
    return render(request, "error.html", {"status": status, "reason": reason, "facts": facts}, status=status)
