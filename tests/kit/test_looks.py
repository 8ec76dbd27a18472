"""Columns, filters, cards and lists that follow from the fields, and what a register that is not kept means."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from governance.accounts.models import User
from governance.kit.columns import ListTable, MaskedColumn, RelatedColumn, WordColumn
from governance.kit.facts import fact_of
from governance.kit.filtering import Days, DaysFilter
from governance.kit.filters import FilterSet
from governance.kit.keeping import keeper, kept_for, registers_of
from governance.kit.listing import LISTINGS
from governance.kit.related import keys_of, lists_on, missing_filters
from governance.kit.tables import DateColumn, NumberColumn
from governance.people.models import Person
from governance.policies.models import Clause
from governance.regions.models import Estate, Facility, RegionSuccession, RegisterCoverage
from governance.regions.tables import FacilityTable, SuccessionTable
from tests.factories import make_record
from tests.factories.places import Tree


def test_a_column_follows_from_its_field() -> None:
    columns = FacilityTable.base_columns
    assert list(columns) == [
        "name", "kind", "region", "region_code", "address", "floor_area", "capacity", "since", "until",
    ]  # fmt: skip
    kinds = {"kind": WordColumn, "region": RelatedColumn, "floor_area": NumberColumn, "since": DateColumn}
    assert {name: type(columns[name]) for name in kinds} == kinds
    assert FacilityTable.option("related") == ("region",)
    assert [name for name, column in columns.items() if column.link is not None] == ["name"]


def test_two_places_have_a_code_each() -> None:
    assert {"predecessor_code", "successor_code"} <= set(SuccessionTable.names())
    assert SuccessionTable.label("successor_code") == "区划代码（现地区）"
    assert "successor_code" not in SuccessionTable.option("shown")


def test_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TypeError, match="no field 'colour'"):

        class Wrong(ListTable):
            class Meta(ListTable.Meta):
                model = Facility
                fields = ("name", "colour")


def test_what_is_sensitive_is_masked_and_what_is_personal_stays_out_of_files() -> None:
    class People(ListTable):
        class Meta(ListTable.Meta):
            model = Person
            fields = ("name", "phone", "region")

    phone, name = People.base_columns["phone"], People.base_columns["name"]
    assert isinstance(phone, MaskedColumn)
    assert phone.exclude_from_export
    assert not phone.orderable
    assert name.exclude_from_export
    assert "13800138000" not in str(phone.render("13800138000")) + str(phone.value("13800138000"))
    assert "phone" not in People.option("shown")


def test_a_filter_follows_from_its_field(tree: Tree, bureau_admin: User) -> None:
    class Found(FilterSet):
        search = ("name__contains", "region__name__contains")

        class Meta(FilterSet.Meta):
            model = Facility
            fields = ("kind", "since")

    assert list(Found.base_filters) == ["q", "region", "kind", "since", "alive"]
    assert isinstance(Found.base_filters["since"], DaysFilter)
    assert Found.parameters() == ["q", "region", "kind", "since_from", "since_to", "alive"]
    for year in (2021, 2022, 2023):
        record = make_record(Facility, tree.community, f"设施{year}")
        Facility.objects.filter(pk=record.pk).update(since=date(year, 6, 1))
    asked = QueryDict("since_from=2022-06-01&since_to=2022-06-01")
    found = Found(asked, Facility.objects.all(), user=bureau_admin)
    assert [record.name for record in found.rows] == ["设施2022"], "both days are included"
    assert found.chips()[0]["value"] == "2022-06-01 至 2022-06-01"
    assert str(found.search_hint) == "名称、所在地区"
    backwards = Found({"since_from": "2023-01-01", "since_to": "2022-01-01"}, Facility.objects.all(), user=bureau_admin)
    assert not backwards.rows.exists()
    assert backwards.form.errors["since"] == ["结束日期不能早于开始日期。"]


def test_days_say_themselves() -> None:
    day = date(2025, 1, 1)
    assert [str(Days(day, None)), str(Days(None, day))] == ["2025-01-01 起", "至 2025-01-01"]


def test_another_place_than_the_home_is_filtered_by_its_own_key(tree: Tree, bureau_admin: User) -> None:
    class Found(FilterSet):
        class Meta(FilterSet.Meta):
            model = RegionSuccession
            fields = ("successor",)

    change = RegionSuccession.objects.create(
        predecessor=tree.community, successor=tree.next_community, changed_on=date(2024, 1, 1)
    )
    for asked, wanted in (({"successor": tree.next_street.code}, [change]), ({"successor": tree.street.code}, [])):
        assert list(Found(asked, RegionSuccession.objects.all(), user=bureau_admin).rows) == wanted


def test_the_list_says_whether_the_register_is_kept(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    client, address = as_user(bureau_admin), reverse("regions:facility_list")
    assert registers_of(LISTINGS[Facility]) == ("facilities",)
    page = client.get(address).content.decode()
    assert "本台账在天元区还没有启用" in page
    assert "在那以前，指标算无数据" in page
    add = reverse("regions:register_coverage_add")
    assert f"{add}?region={tree.county.code}&amp;register=facilities" in page
    RegisterCoverage.objects.create(region=tree.county, register="facilities", since=date(2021, 1, 1))
    RegisterCoverage.objects.create(region=tree.street, register="facilities", since=date(2023, 1, 1))
    page = client.get(address).content.decode()
    assert "台账已启用，没有登记就算 0。" in page
    assert "下级有 1 处另行说明" in page
    below = client.get(address, {"region": tree.village.code}).content.decode()
    assert "本台账随泰山路街道，自" in below
    admin = client.get(reverse("admin:regions_facility_changelist")).content.decode()
    assert "本台账自 2021-01-01 起在天元区启用。" in admin


def test_who_may_not_state_it_is_told_whom_to_ask(tree: Tree, street_clerk: User, as_user: Any) -> None:
    page = as_user(street_clerk).get(reverse("regions:facility_list")).content.decode()
    assert "请民政局管理员启用。" in page
    assert reverse("regions:register_coverage_add") not in page
    assert kept_for(LISTINGS[Facility], street_clerk, tree.next_street) is None, "not hers to know"


def test_keeping_brings_a_statement_forward_and_never_back(tree: Tree, bureau_admin: User) -> None:
    for year, kept in ((2022, 2022), (2021, 2021), (2023, 2021)):
        keeper().keep("facilities", by=bureau_admin, region=tree.county, since=date(year, 1, 1))
        assert RegisterCoverage.objects.get().since == date(kept, 1, 1)


def test_the_card_counts_what_may_be_seen(tree: Tree, street_clerk: User, as_user: Any) -> None:
    make_record(Facility, tree.community, "本街设施")
    make_record(Facility, tree.next_community, "邻街设施")
    page = as_user(street_clerk).get(tree.street.get_absolute_url()).content.decode()
    assert "在用 1 条" in page
    assert f"{reverse('regions:facility_list')}?region={tree.street.code}&amp;alive=now" in page


def test_what_points_to_a_record_stands_on_its_page(tree: Tree, bureau_admin: User, no_post: User) -> None:
    clause = make_record(Clause, tree.community, "建设社会工作站")
    shown = {each.title: each for each in lists_on(clause.policy, bureau_admin)}
    clauses = shown[str(Clause._meta.verbose_name_plural)]
    body = clauses.table.body()
    assert "建设社会工作站" in body
    assert clause.get_absolute_url() in body
    assert str(clauses.url).endswith(f"?policy={clause.policy.slug}")
    assert not clauses.more
    assert lists_on(clause.policy, no_post) == []


def test_every_list_on_another_page_can_be_opened_whole() -> None:
    assert missing_filters() == []
    assert any(keys_of(listing) for listing in LISTINGS.values())


def test_a_fact_links_only_where_it_may_be_opened(tree: Tree, street_clerk: User, no_post: User, as_user: Any) -> None:
    estate = make_record(Estate, tree.community, "铁西小区")
    listing = LISTINGS[Estate]
    assert fact_of(listing, estate, "community", street_clerk)["link"] == tree.community.get_absolute_url()
    assert fact_of(listing, estate, "community", no_post)["link"] is None
