"""Refusals that a person or a partner system can act on, and how each surface shows them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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


class ErrorMiddleware:
    """Shows a refusal that no form caught as a page with its reason (409)."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a `DomainError`; leave everything else to Django."""
        if not isinstance(exception, DomainError):
            return None
        return render(request, "409.html", {"reason": exception.reason}, status=409)


def api_exception_handler(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Answer refusals over the API: 409 with `code`, `detail` and `field`; 400 field by field."""
    if isinstance(exception, DomainError):
        body = {"code": exception.code, "detail": exception.reason, "field": exception.field}
        return Response(body, status=status.HTTP_409_CONFLICT)
    if isinstance(exception, ValidationError):
        exception = exceptions.ValidationError(as_fields(exception))
    return exception_handler(exception, context)


def as_fields(error: ValidationError) -> dict[str, list[str]]:
    """Return the messages of a validation error by field; those of the whole record under `non_field_errors`."""
    if hasattr(error, "error_dict"):
        return {("non_field_errors" if name == "__all__" else name): texts for name, texts in error.message_dict.items()}
    return {"non_field_errors": error.messages}
