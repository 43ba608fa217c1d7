"""Sentences about jobs: how far one is, why one failed, what is refused."""

from __future__ import annotations

JOB_TEXTS: dict[str, str] = {
    "job.copying": "Copying the project",
    "job.copied": "Copied as “{name}”",
    "job.edition_loaded": "Loaded: {loaded}",
    "job.edition_unchanged": "Everything was loaded already",
    "job.given_up": "The server was interrupted {times} times while doing this; try again, or tell whoever runs it.",
    "job.imported": "{items} items and {sections} sections imported",
    "job.loading": "Loading editions and prices",
    "job.no_file": "This job has no file; start it again.",
    "job.not_found": "There is no such job, or it is not yours to see.",
    "job.not_retried": "Only a job that failed or was cancelled can be tried again.",
    "job.person_inactive": "The account that asked for this is disabled.",
    "job.pricing": "Pricing the lines",
    "job.reading": "Reading {file}",
    "job.too_long": "This took longer than {minutes} minutes and was stopped; try again with less.",
    "job.too_many": "You have {limit} jobs under way; wait until one of them is done, or cancel one.",
    "job.unexpected": "The server met an error of its own, which is in its log as job {job}; try again later.",
    "job.waits": "Waiting for its turn",
    "job.waits_for_broker": "Waiting until the queue of jobs answers again; nothing is lost.",
    "job.writing": "Writing {file}",
    "job.writing_rows": "Writing the lines into the project",
    "job.unknown_kind": "This server does not know the kind of job “{kind}”; it runs another version than the pages.",
}
