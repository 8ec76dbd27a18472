"""Pages of this app."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from governance.accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", views.Password.as_view(), name="password"),
    path("settings/", views.Settings.as_view(), name="settings"),
]
