"""Runs, chunks, marks and computed values. What is computed lies in two sides, a partition each, so that a rebuild can
fill one while the other is read, and empty it at once.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


def _two_sides(table, columns):
    sides = "".join(
        f"CREATE TABLE {table}_{side} PARTITION OF {table} FOR VALUES IN ({side});" for side in (0, 1)
    )
    return f"CREATE TABLE {table} ({columns}) PARTITION BY LIST (side); {sides}", f"DROP TABLE {table}"


# wide columns first, so that nothing is lost to padding
MEASURE_VALUE = _two_sides(
    "attainment_measurevalue",
    """region_id bigint NOT NULL, month integer NOT NULL, side smallint NOT NULL,
    amounts bigint[] NOT NULL, known integer[], PRIMARY KEY (side, region_id, month)""",
)
CURRENT_STATUS = _two_sides(
    "attainment_currentstatus",
    """region_id bigint NOT NULL, indicator_id bigint NOT NULL, month integer NOT NULL, side smallint NOT NULL,
    provisional boolean NOT NULL, status varchar(14), numerator bigint, denominator bigint,
    PRIMARY KEY (side, region_id, indicator_id)""",
)


class Migration(migrations.Migration):

    dependencies = [
        ('attainment', '0003_approved_figures_stay'),
        ('policies', '0002_places_fit'),
        ('regions', '0004_register_coverage'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('slot', models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name='位置')),
                ('key', models.TextField(unique=True, verbose_name='口径')),
            ],
            options={
                'verbose_name': '计量',
                'verbose_name_plural': '计量',
                'ordering': ('slot',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AttainmentRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(choices=[('nightly', '每夜'), ('month', '新的月份'), ('person', '人工'), ('changes', '变更较多')], max_length=8, verbose_name='起因')),
                ('status', models.CharField(choices=[('pending', '等待'), ('running', '计算中'), ('checking', '核对中'), ('done', '完成'), ('failed', '失败')], default='pending', max_length=8, verbose_name='状态')),
                ('side', models.SmallIntegerField(null=True, verbose_name='写入的一侧')),
                ('chunks_total', models.PositiveIntegerField(default=0, verbose_name='分块总数')),
                ('chunks_done', models.PositiveIntegerField(default=0, verbose_name='已完成分块')),
                ('months', models.PositiveIntegerField(default=0, verbose_name='月份数')),
                ('rows', models.PositiveBigIntegerField(default=0, verbose_name='写入的行数')),
                ('report', models.JSONField(default=dict, verbose_name='结果')),
                ('error', models.TextField(blank=True, verbose_name='失败原因')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='提交时间')),
                ('started_at', models.DateTimeField(null=True, verbose_name='开始时间')),
                ('heard_at', models.DateTimeField(null=True, verbose_name='最近进展')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='结束时间')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attainment_runs', to=settings.AUTH_USER_MODEL, verbose_name='发起人')),
            ],
            options={
                'verbose_name': '达标计算',
                'verbose_name_plural': '达标计算',
                'ordering': ('-pk',),
                'default_permissions': ('view', 'add'),
                'constraints': [
                    models.UniqueConstraint(models.ExpressionWrapper(models.Q(('status__in', ['pending', 'running', 'checking'])), output_field=models.BooleanField()), condition=models.Q(('status__in', ['pending', 'running', 'checking'])), name='attainment_run_one_at_a_time', violation_error_message='已有一次计算正在进行。'),
                    models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('status__in', ['pending', 'running', 'checking'])), models.Q(('finished_at__isnull', False), ('status__in', ['done', 'failed'])), _connector='OR'), name='attainment_run_finished_has_time'),
                    models.CheckConstraint(condition=models.Q(models.Q(('status', 'failed'), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='attainment_run_failed_has_reason'),
                    models.CheckConstraint(condition=models.Q(('side__isnull', True), ('side__in', [0, 1]), _connector='OR'), name='attainment_run_side'),
                    models.CheckConstraint(condition=models.Q(('chunks_done__lte', models.F('chunks_total'))), name='attainment_run_done_within_total'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ComputedArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.SmallIntegerField(verbose_name='一侧')),
                ('first', models.IntegerField(verbose_name='首月')),
                ('last', models.IntegerField(verbose_name='末月')),
                ('slots', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None, verbose_name='计量位置')),
                ('current', models.BooleanField(default=False, verbose_name='当前可读')),
                ('refreshed_at', models.DateTimeField(null=True, verbose_name='最近更新')),
                ('root', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='regions.region', verbose_name='范围所在地区')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='areas', to='attainment.attainmentrun', verbose_name='来自哪次计算')),
            ],
            options={
                'verbose_name': '计算范围',
                'verbose_name_plural': '计算范围',
                'ordering': ('side', 'root'),
                'default_permissions': (),
                'constraints': [
                    models.UniqueConstraint(fields=('side', 'root'), name='computed_area_once'),
                    models.UniqueConstraint(condition=models.Q(('current', True)), fields=('root',), name='computed_area_one_current'),
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(*CURRENT_STATUS)],
            state_operations=[
        migrations.CreateModel(
            name='CurrentStatus',
            fields=[
                ('pk', models.CompositePrimaryKey('side', 'region', 'indicator', blank=True, editable=False, primary_key=True, serialize=False)),
                ('side', models.SmallIntegerField(verbose_name='一侧')),
                ('month', models.IntegerField(verbose_name='月份')),
                ('status', models.CharField(max_length=14, null=True, verbose_name='状态')),
                ('numerator', models.BigIntegerField(null=True, verbose_name='分子')),
                ('denominator', models.BigIntegerField(null=True, verbose_name='分母')),
                ('provisional', models.BooleanField(default=False, verbose_name='暂定')),
                ('indicator', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='policies.indicator', verbose_name='指标')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='regions.region', verbose_name='地区')),
            ],
            options={
                'verbose_name': '当前状态',
                'verbose_name_plural': '当前状态',
                'default_permissions': ('view',),
            },
        ),
            ],
        ),
        migrations.CreateModel(
            name='DirtyMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('below', models.BooleanField(db_default=False, verbose_name='含下级')),
                ('month', models.IntegerField(null=True, verbose_name='起始月份')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='记录时间')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='regions.region', verbose_name='地区')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='marks', to='attainment.attainmentrun', verbose_name='所在的计算')),
            ],
            options={
                'verbose_name': '待更新标记',
                'verbose_name_plural': '待更新标记',
                'ordering': ('pk',),
                'default_permissions': (),
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(*MEASURE_VALUE)],
            state_operations=[
        migrations.CreateModel(
            name='MeasureValue',
            fields=[
                ('pk', models.CompositePrimaryKey('side', 'region', 'month', blank=True, editable=False, primary_key=True, serialize=False)),
                ('side', models.SmallIntegerField(verbose_name='一侧')),
                ('month', models.IntegerField(verbose_name='月份')),
                ('amounts', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(null=True), size=None, verbose_name='数')),
                ('known', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True), null=True, size=None, verbose_name='已知单位数')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='regions.region', verbose_name='地区')),
            ],
            options={
                'verbose_name': '计算值',
                'verbose_name_plural': '计算值',
                'default_permissions': ('view',),
            },
        ),
            ],
        ),
        migrations.CreateModel(
            name='RunChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='序号')),
                ('roots', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None, verbose_name='地区')),
                ('communities', models.PositiveIntegerField(default=0, verbose_name='村（社区）数')),
                ('status', models.CharField(choices=[('todo', '待计算'), ('running', '计算中'), ('done', '完成'), ('failed', '失败')], default='todo', max_length=7, verbose_name='状态')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='尝试次数')),
                ('milliseconds', models.PositiveIntegerField(null=True, verbose_name='用时（毫秒）')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='写入的行数')),
                ('error', models.TextField(blank=True, verbose_name='失败原因')),
                ('heard_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='最近进展')),
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='regions.region', verbose_name='所属范围')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='attainment.attainmentrun', verbose_name='计算')),
            ],
            options={
                'verbose_name': '计算分块',
                'verbose_name_plural': '计算分块',
                'ordering': ('run', 'number'),
                'default_permissions': (),
                'constraints': [
                    models.UniqueConstraint(fields=('run', 'number'), name='run_chunk_once'),
                ],
            },
        ),
    ]
