"""The state of everything that pages of results tell of, in one question.

Small tables are asked for their number and their last change, the tree for its last change alone (places are never
removed), and numbers for when they were computed last. What a plain session of the database changes in these tables
without touching `changed_at` shows when the kept page is a minute old (`kit.remembered`); records are not meant here:
they are computed first.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from governance.kit.messages import MOST

# Each part is one text; `concat` takes what is missing as nothing.
_STAMP = """
SELECT concat_ws('|',
    (SELECT concat(count(*), ' ', max(changed_at)) FROM policies_policy),
    (SELECT concat(count(*), ' ', max(changed_at)) FROM policies_clause),
    (SELECT concat(count(*), ' ', max(changed_at)) FROM policies_indicator),
    (SELECT concat(count(*), ' ', max(changed_at)) FROM policies_target),
    (SELECT concat(count(*), ' ', max(changed_at)) FROM policies_referencepoint),
    (SELECT concat(count(*), ' ', max(changed_at)) FROM attainment_confirmedmonth),
    (SELECT concat(count(*), ' ', max(changed_at)) FROM attainment_improvementplan),
    (SELECT concat(count(*), ' ', max(id)) FROM attainment_planfollowup),
    (SELECT count(*) FROM regions_capabilityitem),
    (SELECT max(changed_at) FROM regions_region),
    (SELECT string_agg(concat_ws(' ', id, current, refreshed_at), ',' ORDER BY id) FROM attainment_computedarea),
    (SELECT concat(policy, ' ', region_id) FROM desk_lastused WHERE user_id = %(user)s),
    (SELECT count(*) FROM (SELECT FROM desk_message WHERE user_id = %(user)s AND read_at IS NULL LIMIT %(most)s) unread)
)
"""


def stamp(user: Any) -> str:
    """Return a text that is the same while nothing has changed, nor what `user` looked at last and has not read."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, {"user": user.pk, "most": MOST + 1})
        return str(cursor.fetchone()[0])
