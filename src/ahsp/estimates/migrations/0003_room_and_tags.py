# Positions get room between them, and every item the tag that formulas call it by.

from django.db import migrations

ROOM = 1048576
FORWARDS = [
    f"UPDATE estimates_section SET position = position * {ROOM}",
    f"""
    UPDATE estimates_workitem AS item SET position = item.position * {ROOM}, tag = placed.tag
      FROM (SELECT id, row_number() OVER (PARTITION BY project_id ORDER BY position, id) AS tag
              FROM estimates_workitem) AS placed
     WHERE placed.id = item.id
    """,
]
BACKWARDS = [
    f"UPDATE estimates_section SET position = position / {ROOM}",
    f"UPDATE estimates_workitem SET position = position / {ROOM}",
]


class Migration(migrations.Migration):

    dependencies = [
        ('estimates', '0002_workspace'),
    ]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
