"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from governance.desk.filtersets import JobFilterSet
from governance.desk.models import Job
from governance.desk.tables import JobTable
from governance.kit.listing import Listing

JOBS = Listing("job", Job, JobFilterSet, JobTable, hint=_("导入等较慢的工作在后台进行，进度和结果会列在这里。"))
