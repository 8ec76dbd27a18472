"""A browser in words: what it is and what it runs on, from what it says of itself."""

from __future__ import annotations

from django.utils.translation import gettext as _

# The first that is found counts: most browsers also name those that they are like.
_BROWSERS = (
    ("MicroMessenger/", "微信"),
    ("DingTalk/", "钉钉"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("QQBrowser/", "QQ浏览器"),
    ("360SE", "360浏览器"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def in_words(agent: str) -> str:
    """Return for instance `Edge 128 · Windows`."""
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    for mark, name in _BROWSERS:
        if mark in agent:
            number = agent.split(mark, 1)[1].split(".")[0].strip("/ ")
            told = f"{name} {number}" if number.isdecimal() else name
            return f"{told} · {system}" if system else told
    return system or _("未知的浏览器")
