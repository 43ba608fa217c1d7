"""The Celery application: `celery -A ahsp.celery worker` and `… beat`. Jobs are rows in PostgreSQL, see ahsp.jobs."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ahsp.settings")

app = Celery("ahsp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
