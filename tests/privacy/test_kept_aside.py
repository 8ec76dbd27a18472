"""What is kept aside about a person goes with her, and nothing else."""

from __future__ import annotations

from urllib.parse import urlencode

from governance.accounts.models import User
from governance.desk.models import ExportRequest, ImportBatch, ImportRow, SavedFilter
from governance.people.models import Person
from governance.privacy import erasure
from tests.factories import make
from tests.factories.people import make_person
from tests.factories.places import Tree


def test_kept_searches_and_staged_rows(tree: Tree, street_clerk: User) -> None:
    person = make_person(tree.community, "张小三")
    mine, other = urlencode({"q": "张小三"}), urlencode({"q": "李四", "sort": "-zxs"})  # her initials are no search
    for slot, query in enumerate((mine, other), 1):
        SavedFilter.objects.create(
            user=street_clerk, listing="people.person", name=f"筛选{slot}", slot=slot, query=query
        )
        make(
            ExportRequest,
            tree.community,
            "人员",
            by=street_clerk,
            listing="people.person",
            query=query,
            state="requested",
        )
    batch = make(ImportBatch, tree.community, "表", by=street_clerk, listing="people.person", state="checked")
    kept = {"cells": ["张小三"], "verdict": "new", "values": {"name": "张小三"}}
    for number, target in ((1, person.pk), (2, person.pk + 1000)):
        ImportRow.objects.create(batch=batch, number=number, target=target, **kept)
    erasure.erase(Person.objects.get(pk=person.pk), by=street_clerk, why="request")
    assert list(SavedFilter.objects.values_list("query", flat=True)) == [other]
    assert sorted(ExportRequest.objects.values_list("query", flat=True)) == ["", other]
    assert dict(ImportRow.objects.values_list("number", "cells")) == {1: [], 2: ["张小三"]}
