from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('estimates', '0003_room_and_tags'),
    ]

    operations = [
        migrations.AlterField(
            model_name='workitem',
            name='tag',
            field=models.PositiveIntegerField(),
        ),
        migrations.AddConstraint(
            model_name='workitem',
            constraint=models.UniqueConstraint(fields=('project', 'tag'), name='item_tag'),
        ),
    ]
