from django.db import migrations

from dodai.audit import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(append_only.forwards, append_only.backwards)]
