"""Rules about places are planned with the tables as they are: a plan kept from when these were small joins every place with
every other one.
"""

from django.db import migrations

FUNCTIONS = ("policies_check_targets", "policies_check_references", "policies_check_indicators")


class Migration(migrations.Migration):
    dependencies = [("policies", "0002_places_fit")]

    operations = [
        migrations.RunSQL(
            f"ALTER FUNCTION {function}(bigint[]) SET plan_cache_mode = force_custom_plan",
            f"ALTER FUNCTION {function}(bigint[]) RESET plan_cache_mode",
        )
        for function in FUNCTIONS
    ]
