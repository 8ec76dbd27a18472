"""What the records of this app need more than their fields say."""

from __future__ import annotations

from datetime import date

from governance.regions.models import Region
from organizations.models import QualifiedSpan, SocialWorkCertificate, SocialWorkPost
from tests.factories.making import make, number


def _qualified(region: Region, name: str) -> QualifiedSpan:
    """Make what it follows from: a post, and a certificate of who holds it."""
    post = make(SocialWorkPost, region, name)
    make(SocialWorkCertificate, region, name, person=post.person, since=date(2020, 1, 1))
    return QualifiedSpan.objects.get(social_work_post=post)


VALUES = {SocialWorkCertificate: lambda region, name: {"number": f"{next(number)}号{name}"[:40]}}
MAKERS = {QualifiedSpan: _qualified}
