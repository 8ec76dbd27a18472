"""The English catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext, override, pgettext
from django.utils.translation import trans_real as translations

from governance.kit import catalogue

ROOT = Path(settings.BASE_DIR)
FILE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a small tree of sources with a catalogue that has nothing missing."""
    page = tmp_path / "templates" / "page.html"
    page.parent.mkdir()
    page.write_text('{% load i18n %}{% translate "保存" %}', encoding="utf-8")
    (tmp_path / "governance").mkdir()
    shutil.copy(FILE, tmp_path / "django.po")
    catalogue.update(tmp_path, tmp_path / "django.po")
    assert catalogue.gaps(tmp_path, tmp_path / "django.po") == []
    return tmp_path


def plant(copy: Path, source: str) -> list[str]:
    """Return the gaps that a source file planted in the tree makes."""
    (copy / "governance" / "planted.py").write_text(source, encoding="utf-8")
    return catalogue.gaps(copy, copy / "django.po")


def test_the_catalogue_is_complete() -> None:
    assert catalogue.gaps(ROOT, FILE) == []


def test_a_missing_text_is_found(copy: Path) -> None:
    assert plant(copy, 'TEXT = _("没有译文的字")\n') == ["missing: 没有译文的字"]


def test_a_text_is_missing_in_another_context(copy: Path) -> None:
    assert plant(copy, 'TEXT = pgettext_lazy("plural", "保存")\n') == ["missing: 保存"]


def test_other_placeholders_are_found(copy: Path) -> None:
    assert plant(copy, 'TEXT = _("还有 %(count)s 条")\n') == ["missing: 还有 %(count)s 条"]
    file = copy / "django.po"
    catalogue.update(copy, file)
    kept = file.read_text(encoding="utf-8")
    file.write_text(kept.replace('条"\nmsgstr ""', '条"\nmsgstr "%(total)s more"'), encoding="utf-8")
    assert catalogue.gaps(copy, file) == ["other placeholders: 还有 %(count)s 条 / %(total)s more"]


def test_an_update_keeps_what_people_wrote_and_drops_what_is_no_longer_shown(copy: Path) -> None:
    kept = catalogue.stored(copy / "django.po")
    assert {message.id: message.string for message in kept if message.id} == {"保存": "Save"}


def test_a_clone_without_a_catalogue_compiles_an_empty_one(tmp_path: Path) -> None:
    target = catalogue.compile_mo(tmp_path / "en" / "LC_MESSAGES" / "django.po")
    assert target.is_file()
    assert [path.name for path in target.parent.iterdir()] == ["django.mo"]


@pytest.fixture
def compiled(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Show the texts of the catalogue as it stands, compiled elsewhere than where a running portal reads it."""
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(FILE, folder)
    catalogue.compile_mo(folder / FILE.name)
    settings.LOCALE_PATHS = [tmp_path]  # type: ignore[attr-defined]
    monkeypatch.setattr(translations, "_translations", {})


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("设置已保存。", "Settings saved."),  # accounts
        ("填报数", "Reported figure"),  # attainment
        ("审计记录", "Audit log entry"),  # audit
        ("协商", "Consultation"),  # deliberation
        ("工作台", "Workbench"),  # desk
        ("文件是空的。", "The file is empty."),  # kit
        ("账本", "Ledger"),  # ledger
        ("人员", "Personnel"),  # people
        ("政策", "Policies"),  # policies
        ("社会工作站", "Social work station"),  # regions
        ("社会组织", "Social organisations"),  # organizations
        ("项目", "Projects"),  # projects
        ("志愿者", "Volunteers"),  # volunteers
        ("慈善资源", "Charity resources"),  # funds
        ("登录", "Sign in"),  # templates
    ],
)
def test_each_app_speaks_english(text: str, english: str) -> None:
    with override("en"):
        assert gettext(text) == english
    with override("zh-hans"):
        assert gettext(text) == text


@pytest.mark.usefixtures("compiled")
def test_a_list_is_named_in_the_plural() -> None:
    with override("en"):
        assert (gettext("设施"), pgettext("plural", "设施")) == ("Facility", "Facilities")
    with override("zh-hans"):
        assert pgettext("plural", "设施") == "设施"
