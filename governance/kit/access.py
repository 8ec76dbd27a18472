"""Who does what with the records of a list: verbs for each duty. Roles name a duty, so a new list needs no new role."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

ALL = "view add change delete"


@dataclass(frozen=True, slots=True)
class Access:
    """The verbs of each duty, parted by blanks.

    `look` only reads, `keep` keeps the records of a place, `decide` keeps them and decides besides (its verbs come on
    top), `rule` answers for a register as a whole, `partner` is a system that reads and writes records by token. A verb is one of the four, or that of a transition.
    """

    look: str = "view"
    keep: str = ALL
    decide: str = ""
    rule: str = ALL
    partner: str = ALL

    def verbs(self, duty: str) -> tuple[str, ...]:
        """Return the verbs of a duty."""
        return tuple((f"{self.keep} {self.decide}" if duty == "decide" else getattr(self, duty)).split())

    def with_verbs(self, *, keep: str = "", rule: str = "", partner: str = "", decide: str = "") -> Access:
        """Return the same with further verbs, such as those of transitions."""
        more = {"keep": keep, "decide": decide, "rule": rule, "partner": partner}
        return replace(self, **{duty: f"{getattr(self, duty)} {verbs}".strip() for duty, verbs in more.items()})


DUTIES = tuple(each.name for each in fields(Access))

# Records that whoever works at a place keeps.
RECORDS = Access()
# Records that only who answers for the register writes.
RULED = Access(keep="view", partner="view")
# Records that nobody writes on a page.
SHOWN = Access(keep="view", rule="view", partner="view")
# Records that no duty opens: the roles that work with them name their permissions themselves.
APART = Access(look="", keep="", rule="", partner="")
