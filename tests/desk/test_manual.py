"""The manual: every page of the menu has its section, each opens, in both languages with the same parts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from governance.accounts.models import User
from governance.desk.manual import CHAPTERS, chapter_of
from governance.kit import navigation
from governance.kit.listing import LISTINGS
from tests.architecture.routes import routes

TEXTS = Path(settings.BASE_DIR) / "templates" / "manual"


def test_every_line_of_the_menu_has_a_section() -> None:
    assert {entry.url for entry in navigation._entries.values() if chapter_of(entry.url) is None} == set()


def test_every_list_has_a_section_for_each_of_its_pages() -> None:
    pages = ("list", "detail", "add", "change", "import")
    names = [
        f"{each.app}:{each.name}_{page}" for each in LISTINGS.values() for page in pages if "page" in each.surfaces
    ]
    assert [name for name in names if chapter_of(name) is None] == []


@pytest.mark.parametrize(
    ("page", "slug"),
    [
        ("desk:workbench", "workbench"),
        ("organizations:organization_list", "organizations"),
        ("organizations:social_work_post_list", "social-workers"),
        ("organizations:social_work_post_import", "import"),
        ("volunteers:volunteer_change", "entry"),
        ("attainment:reported_figure_add", "figures"),
        ("attainment:indicator", "indicator"),
        ("desk:message_list", "jobs"),
        ("funds:fund_detail", "charity"),
        ("people:person_find", "people"),
        ("accounts:settings", "login"),
    ],
)
def test_a_page_leads_to_its_section(page: str, slug: str, street_clerk: User, as_user: Any) -> None:
    answer = as_user(street_clerk).get("/manual/", {"of": page})
    assert answer.headers["Location"] == f"/manual/{slug}/"


@pytest.mark.parametrize("page", ["", "desk:manual", "nowhere", "x" * 4000])
def test_a_page_without_a_section_leads_to_the_contents(page: str, street_clerk: User, as_user: Any) -> None:
    answer = as_user(street_clerk).get("/manual/", {"of": page})
    assert answer.status_code == 200
    for chapter in CHAPTERS:
        assert f'href="/manual/{chapter.slug}/"' in answer.content.decode()


def test_the_help_of_a_page_names_it(street_clerk: User, as_user: Any) -> None:
    page = as_user(street_clerk).get("/regions/facilities/").content.decode()
    assert "/manual/?of=regions%3Afacility_list" in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_section_opens_and_its_links_too(language: str, street_clerk: User, as_user: Any) -> None:
    User.objects.filter(pk=street_clerk.pk).update(language=language)
    client = as_user(User.objects.get(pk=street_clerk.pk))
    for chapter in CHAPTERS:
        answer = client.get(reverse("desk:manual_section", args=[chapter.slug]))
        assert answer.status_code == 200
        text = answer.content.decode().split('<div class="panel-b man">')[1].split("</article>")[0]
        for link in re.findall(r'href="([^"]+)"', text):
            assert client.get(link).status_code == 200, (chapter.slug, link)


def test_a_section_that_there_is_not_is_not_found(street_clerk: User, as_user: Any) -> None:
    assert as_user(street_clerk).get("/manual/nowhere/").status_code == 404
    assert as_user(None).get("/manual/lists/").status_code == 302


def test_both_languages_have_the_same_sections_with_the_same_parts() -> None:
    shapes = {}
    for language in ("zh", "en"):
        assert {file.stem for file in (TEXTS / language).glob("*.html")} == {chapter.slug for chapter in CHAPTERS}
        for chapter in CHAPTERS:
            text = (TEXTS / language / f"{chapter.slug}.html").read_text(encoding="utf-8")
            parts = re.findall(r"<(h2|ol|ul|li)>", text), re.findall(r"url '([^']+)'", text)
            assert shapes.setdefault(chapter.slug, parts) == parts, chapter.slug
            assert (re.search("[一-鿿]", text) is None) is (language == "en"), chapter.slug


def test_the_patterns_name_pages_that_exist() -> None:
    names = {route.name for route in routes()}
    idle = [
        pattern
        for chapter in CHAPTERS
        for pattern in chapter.of
        if not any(
            name == pattern
            or (pattern.startswith("*") and name.endswith(pattern[1:]))
            or (pattern.endswith("*") and name.startswith(pattern[:-1]))
            for name in names
        )
    ]
    assert idle == []
