"""A menu that asks for nobody's scope is planted in a form, and the test of menus fails."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.test import Client

from governance.regions.listings import FACILITIES
from governance.regions.models import Region
from tests.contracts import test_scope_of_choices
from tests.factories.places import Tree


@pytest.mark.parametrize("surface", ["page", "admin"])
def test_an_unscoped_menu_is_found(surface: str, almighty: Client, tree: Tree) -> None:
    menus = test_scope_of_choices.test_the_menus_of_forms
    menus(FACILITIES, surface, almighty, tree)
    form: Any = FACILITIES.form

    class Planted(form):  # type: ignore[misc]
        place = forms.ChoiceField(choices=lambda: Region.objects.values_list("code", "name"), required=False)

        class Meta(form.Meta):  # type: ignore[misc]
            fields = (*form._meta.fields, "place")

    try:
        object.__setattr__(FACILITIES, "form", Planted)
        with pytest.raises(AssertionError, match=tree.next_community.name):
            menus(FACILITIES, surface, almighty, tree)
    finally:
        object.__setattr__(FACILITIES, "form", form)
