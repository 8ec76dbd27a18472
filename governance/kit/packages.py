"""Static files that come from front-end packages: exactly those that the settings name, nothing else of a package."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PackageFiles(FileSystemStorage):
    """The package tree, read under the names that the portal serves."""

    def path(self, name: str) -> str:
        """Return where the file lies that is served as `name`."""
        path = Path(settings.NODE_MODULES) / settings.PACKAGE_FILES[name.replace("\\", "/")]
        if not path.is_file():
            raise ImproperlyConfigured(f"{path} is missing: run `make install`")
        return str(path)


class PackageFinder(BaseFinder):
    """Finds `settings.PACKAGE_FILES` (served name -> place in the package tree) below `settings.NODE_MODULES`."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Return nothing: whether the packages are installed matters only when their files are wanted."""
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield what `collectstatic` copies; a file that is missing is an error when it is opened."""
        files = PackageFiles()
        for name in settings.PACKAGE_FILES:
            if not matches_patterns(name, list(ignore_patterns or [])):
                yield name, files

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return where the file lies, or an empty list; Django's finders answer so."""
        if path not in settings.PACKAGE_FILES:
            return []
        found = PackageFiles().path(path)
        return [found] if find_all else found


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Files with their hash in the name, compressed; comments that name a source map are left as they are.

    The minified files of packages name maps that nobody serves, and Django would stop at each of them.
    """

    patterns = tuple(
        (extension, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule)))
        for extension, rules in CompressedManifestStaticFilesStorage.patterns
    )
