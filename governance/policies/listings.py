"""The lists of this app; what results depend on is changed only after a look at what would change."""

from django.utils.translation import gettext_lazy as _

from governance.kit.access import RULED
from governance.kit.found import Found
from governance.kit.imports.columns import NoImport
from governance.kit.listing import Listing
from governance.policies import actions, filtersets, forms, tables
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target

_AS_A_PACK = NoImport(_("政策、条款、指标和目标互相引用，要作为政策包整体导入，先比对再写入。"))

POLICIES = Listing(
    "policy",
    Policy,
    filtersets.PolicyFilterSet,
    tables.PolicyTable,
    key="slug",
    form=forms.PolicyForm,
    add=actions.add_policy,
    change=actions.change_policy,
    remove=actions.remove_policy,
    access=RULED,
    imports=_AS_A_PACK,
    hint=_("先登记政策文件，再逐条录入条款和指标，达标情况由此得出。"),
    confirm=("document_no", "region"),
    found=Found(80, "file-text", name="title__contains", codes=("document_no", "slug")),
)
CLAUSES = Listing(
    "clause",
    Clause,
    filtersets.ClauseFilterSet,
    tables.ClauseTable,
    form=forms.ClauseForm,
    add=actions.add_clause,
    change=actions.change_clause,
    remove=actions.remove_clause,
    access=RULED,
    imports=_AS_A_PACK,
    hint=_("条款是政策里的一段原文，指标都写明出自哪一条。"),
)
INDICATORS = Listing(
    "indicator",
    Indicator,
    filtersets.IndicatorFilterSet,
    tables.IndicatorTable,
    key="slug",
    form=forms.IndicatorForm,
    add=actions.add_indicator,
    change=actions.change_indicator,
    remove=actions.remove_indicator,
    access=RULED,
    imports=_AS_A_PACK,
    hint=_("指标写明数什么、怎么算、谁来判断；先有政策和条款。"),
    confirm=("policy", "clause"),
    related=("policy",),
    found=Found(81, "target-arrow", codes=("slug",)),
)
TARGETS = Listing(
    "target",
    Target,
    filtersets.TargetFilterSet,
    tables.TargetTable,
    form=forms.TargetForm,
    add=actions.add_target,
    change=actions.change_target,
    remove=actions.remove_target,
    access=RULED,
    imports=_AS_A_PACK,
    hint=_("目标是文件规定的数，或者上级分解下达的数，连同期限。"),
    confirm=("indicator", "region"),
    related=(),  # the page of an indicator shows them in its own way
)
REFERENCE_POINTS = Listing(
    "reference_point",
    ReferencePoint,
    filtersets.ReferencePointFilterSet,
    tables.ReferencePointTable,
    form=forms.ReferencePointForm,
    add=actions.add_reference_point,
    change=actions.change_reference_point,
    remove=actions.remove_reference_point,
    access=RULED,
    imports=_AS_A_PACK,
    related=(),
    hint=_("参考事实是文件里写到的现状，列在计算出的数旁边。"),
)
