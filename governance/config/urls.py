"""Root URLs. Every app is named by string, so the project imports none of them."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from oauth2_provider.views import RevokeTokenView, TokenView

api = (
    [
        path("", include("governance.regions.api.urls")),
        path("", include("governance.desk.api.urls")),
        path("", include("governance.policies.api.urls")),
        path("", include("governance.attainment.api.urls")),
        path("", include("governance.people.api.urls")),
        path("", include("governance.ledger.api.urls")),
        path("", include("governance.deliberation.api.urls")),
        path("", include("organizations.api.urls")),
        path("", include("projects.api.urls")),
        path("", include("volunteers.api.urls")),
        path("", include("funds.api.urls")),
        path("token/", TokenView.as_view(), name="token"),
        path("token/revoke/", RevokeTokenView.as_view(), name="token_revoke"),
        path("schema/", SpectacularAPIView.as_view(), name="schema"),
        path(
            "docs/",
            SpectacularSwaggerSplitView.as_view(template_name="api/docs.html", url_name="api:schema"),
            name="docs",
        ),
    ],
    "api",
)

urlpatterns = [
    path("", include("governance.desk.urls")),
    path("accounts/", include("governance.accounts.urls")),
    path("audit/", include("governance.audit.urls")),
    path("regions/", include("governance.regions.urls")),
    path("policies/", include("governance.policies.urls")),
    path("attainment/", include("governance.attainment.urls")),
    path("people/", include("governance.people.urls")),
    path("ledger/", include("governance.ledger.urls")),
    path("deliberation/", include("governance.deliberation.urls")),
    path("organizations/", include("organizations.urls")),
    path("projects/", include("projects.urls")),
    path("volunteers/", include("volunteers.urls")),
    path("funds/", include("funds.urls")),
    path("api/v1/", include(api)),
    path("admin/", admin.site.urls),
]
handler400 = "governance.kit.errors.bad_request"
handler403 = "governance.kit.errors.forbidden"
handler404 = "governance.kit.errors.not_found"
handler500 = "governance.kit.errors.server_error"
