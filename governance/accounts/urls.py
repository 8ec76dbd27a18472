"""Pages of this app."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from governance.accounts.views import behalf, door, posts, second_factor, sessions, settings

app_name = "accounts"
urlpatterns = [
    path("login/", door.Login.as_view(), name="login"),
    path("login/code/", door.Verify.as_view(), name="verify"),
    path("login/forgotten/", door.Forgotten.as_view(), name="forgotten"),
    path("login/still/", door.StillHere.as_view(), name="still_here"),
    path("login/back/", door.Back.as_view(), name="back"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", settings.Password.as_view(), name="password"),
    path("settings/", settings.Settings.as_view(), name="settings"),
    path("on-behalf/end/", behalf.EndBehalf.as_view(), name="on_behalf_end"),
    path("on-behalf/<str:code>/", behalf.OnBehalf.as_view(), name="on_behalf"),
    path("posts/<int:pk>/stand-in/", posts.StandIn.as_view(), name="post_stand_in"),
    path("posts/<int:pk>/stand-in/end/", posts.EndStandIn.as_view(), name="post_stand_in_end"),
    path("posts/<int:pk>/successor/", posts.Successor.as_view(), name="post_successor"),
    path("second-factor/", second_factor.SecondFactor.as_view(), name="second_factor"),
    path("second-factor/begin/", second_factor.Begin.as_view(), name="second_factor_begin"),
    path("second-factor/confirm/", second_factor.Confirm.as_view(), name="second_factor_confirm"),
    path("second-factor/change/", second_factor.Change.as_view(), name="second_factor_change"),
    path("sessions/end/", sessions.EndOthers.as_view(), name="end_others"),
    path("sessions/<uuid:number>/end/", sessions.EndOne.as_view(), name="end_session"),
]
