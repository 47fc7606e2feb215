
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0006_waivers_and_trail_reading'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='letter',
            name='kind',
            field=models.CharField(choices=[('submitted', 'submitted'), ('returned', 'returned'), ('refused', 'refused'), ('approved', 'approved'), ('handed_over', 'handed_over'), ('overdue', 'overdue'), ('escalated', 'escalated'), ('taken_back', 'taken_back'), ('urgent', 'urgent'), ('unreviewed', 'unreviewed'), ('confirmed', 'confirmed'), ('objected', 'objected'), ('taken_down', 'taken_down')], max_length=11),
        ),
        migrations.CreateModel(
            name='AfterReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(verbose_name='tenggat')),
                ('reminded_at', models.DateTimeField(null=True)),
                ('escalated_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('confirmed', 'Sudah benar'), ('correction', 'Minta diralat'), ('taken_down', 'Turunkan sekarang'), ('superseded', 'Digantikan penerbitan yang lebih baru')], max_length=10, verbose_name='hasil')),
                ('reason', models.TextField(blank=True, verbose_name='catatan')),
                ('closed_at', models.DateTimeField(null=True)),
                ('approval', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='after_review', to='moderation.approval')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='after_reviews', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'tinjauan sesudah terbit',
                'verbose_name_plural': 'tinjauan sesudah terbit',
            },
        ),
        migrations.AddField(
            model_name='letter',
            name='after_review',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='moderation.afterreview'),
        ),
        migrations.AddConstraint(
            model_name='afterreview',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('page',), name='after_review_one_open'),
        ),
        migrations.AddConstraint(
            model_name='afterreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('outcome', '')), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='after_review_ends_with_outcome'),
        ),
    ]
