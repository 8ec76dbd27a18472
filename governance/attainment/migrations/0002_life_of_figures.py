"""Figures get a life, a second number and codes instead of a fixed list of measures.

Whatever was reported before counted; the column therefore comes with "approved" for the rows that are there, and new
ones start as drafts.
"""

from django.db import migrations, models

STATES = [("draft", "草稿"), ("submitted", "待核准"), ("approved", "已核准")]


class Migration(migrations.Migration):
    dependencies = [("attainment", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="reportedfigure",
            options={
                "ordering": ("region__path", "measure", "-on"),
                "permissions": (
                    ("submit_reportedfigure", "Can submit figures"),
                    ("approve_reportedfigure", "Can approve figures"),
                ),
                "verbose_name": "填报数",
                "verbose_name_plural": "填报数",
            },
        ),
        migrations.AddField(
            model_name="reportedfigure",
            name="state",
            field=models.CharField(
                choices=STATES, default="approved", editable=False, max_length=10, verbose_name="状态"
            ),
        ),
        migrations.AlterField(
            model_name="reportedfigure",
            name="state",
            field=models.CharField(choices=STATES, default="draft", editable=False, max_length=10, verbose_name="状态"),
        ),
        migrations.AddField(
            model_name="reportedfigure",
            name="reason",
            field=models.CharField(blank=True, default="", editable=False, max_length=200, verbose_name="退回原因"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reportedfigure",
            name="out_of",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="只有调查要填：收回的有效答卷数；“数值”填其中符合的人数。",
                null=True,
                verbose_name="受访人数",
            ),
        ),
        migrations.AlterField(
            model_name="reportedfigure",
            name="measure",
            field=models.CharField(max_length=100, verbose_name="填报项"),
        ),
        migrations.AlterConstraint(
            model_name="reportedfigure",
            name="reported_figure_once",
            constraint=models.UniqueConstraint(
                fields=("region", "measure", "on"),
                name="reported_figure_once",
                violation_error_message="这个地区在这一天已有同一项的填报数。",
            ),
        ),
        migrations.AlterField(
            model_name="reportedfigure",
            name="until",
            field=models.DateField(
                blank=True,
                help_text="从这一天起不再采用这个数。已核准的数只能填这一项。",
                null=True,
                verbose_name="停用日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("out_of__isnull", True),
                    models.Q(("out_of__gt", 0), ("value__lte", models.F("out_of"))),
                    _connector="OR",
                ),
                name="reported_figure_part_of_whole",
                violation_error_message="受访人数必须大于 0，数值不能大于受访人数。",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "approved"])),
                name="reported_figure_state_known",
            ),
        ),
    ]
