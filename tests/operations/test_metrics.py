"""What the application counts about itself, in one process and in several."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.core.cache import cache
from django.test import Client
from prometheus_client import REGISTRY

from ahsp.core import metrics_files
from tests.people import Cast, sign_in

COUNT_IN_TWO_PROCESSES = """
import os, django
django.setup()
from ahsp.core.metrics import count_cache_reads
count_cache_reads("data", hits=1)
child = os.fork()
count_cache_reads("data", hits=1)
if not child:
    os._exit(0)
os.waitpid(child, 0)
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector
registry = CollectorRegistry()
MultiProcessCollector(registry)
print(registry.get_sample_value("ahsp_cache_reads_total", {"kind": "data", "outcome": "hit"}))
"""

RESTART_AGAIN_AND_AGAIN = """
import os, django
django.setup()
from ahsp.core import metrics_files
from ahsp.core.metrics import count_cache_reads
for _ in range(3):
    child = os.fork()
    if not child:
        count_cache_reads("data", hits=1)
        os._exit(0)
    os.waitpid(child, 0)
    metrics_files.sum_up_ended()
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector
registry = CollectorRegistry()
MultiProcessCollector(registry)
print(registry.get_sample_value("ahsp_cache_reads_total", {"kind": "data", "outcome": "hit"}))
"""


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_a_request_is_counted_by_its_view(cast: Cast) -> None:
    labels = {"view": "estimates:projects", "method": "GET", "status": "200"}
    before = counted("ahsp_requests_total", **labels)
    queries = counted("ahsp_request_queries_sum", view="estimates:projects")
    seconds = counted("ahsp_request_seconds_count", view="estimates:projects")
    assert sign_in(cast.ani).get("/projects/").status_code == 200
    assert counted("ahsp_requests_total", **labels) == before + 1
    assert counted("ahsp_request_seconds_count", view="estimates:projects") == seconds + 1
    assert counted("ahsp_request_queries_sum", view="estimates:projects") > queries


def test_what_strangers_type_never_becomes_a_label(db: None) -> None:  # noqa: ARG001 some pages look there
    Client().generic("BREW", "/p/kode-rahasia/")
    Client().get("/tidak/ada/kode-rahasia")
    labels = [sample.labels for metric in REGISTRY.collect() for sample in metric.samples]
    assert not [found for found in labels if "rahasia" in str(found) or "BREW" in str(found)]
    assert {"view": "none", "method": "GET", "status": "404"} in labels


def test_reads_of_the_cache_are_counted_by_outcome() -> None:
    cache.set("metrics-test", 1)
    hits, misses = ({"kind": "data", "outcome": outcome} for outcome in ("hit", "miss"))
    before = counted("ahsp_cache_reads_total", **hits), counted("ahsp_cache_reads_total", **misses)
    assert cache.get("metrics-test") == 1
    assert cache.get("metrics-test-absent", "gone") == "gone"
    assert cache.get_many(["metrics-test", "metrics-test-absent"]) == {"metrics-test": 1}
    after = counted("ahsp_cache_reads_total", **hits), counted("ahsp_cache_reads_total", **misses)
    assert after == (before[0] + 2, before[1] + 2)


def test_processes_of_one_machine_add_up(tmp_path: Path) -> None:
    shared = tmp_path / "metrics"
    environment = {**os.environ, metrics_files.VARIABLE: str(shared)}
    done = subprocess.run(
        [sys.executable, "-c", COUNT_IN_TWO_PROCESSES], env=environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "3.0", done.stderr
    files = [file for file in shared.iterdir() if file.name.startswith("counter_")]
    # Written room, not a promise of room: a full disk must not kill who counts.
    assert len(files) == 2
    assert all(file.stat().st_blocks * 512 >= metrics_files.RESERVED["counter"] for file in files)


def test_a_folder_that_cannot_be_used_only_costs_the_sum(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file", encoding="utf-8")
    program = "import django; django.setup(); from ahsp.core.metrics import count_cache_reads as c; c('data', hits=1)"
    environment = {**os.environ, metrics_files.VARIABLE: str(taken)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "metrics.own_process_only" in done.stderr


def test_ended_processes_keep_their_counts_in_one_file(tmp_path: Path) -> None:
    environment = {**os.environ, metrics_files.VARIABLE: str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", RESTART_AGAIN_AND_AGAIN], env=environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "3.0", done.stderr
    counters = [file.stem.rpartition("_")[2] for file in tmp_path.glob("counter_*.db")]
    assert len(counters) == 2
    assert metrics_files.ENDED in counters
