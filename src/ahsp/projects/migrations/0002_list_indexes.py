import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from ahsp.core.indexes import AddTrigramIndex


class Migration(migrations.Migration):
    # Built while people work: an index made concurrently cannot be made inside a transaction.
    atomic = False

    dependencies = [
        ('projects', '0001_initial'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='project',
            index=models.Index(
                models.F('organization'), django.db.models.functions.text.Upper('name'), models.F('id'),
                name='project_by_name',
            ),
        ),
        AddTrigramIndex(
            model_name='project',
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper('name'), name='gin_trgm_ops'
                ),
                name='project_name_words',
            ),
        ),
    ]
