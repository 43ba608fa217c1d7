"""Sentences of the command line and of the servers: what happened and how to mend it."""

from __future__ import annotations

OPERATIONS_TEXTS: dict[str, str] = {
    "backup.done": (
        "{path} holds the whole database ({size} kB). Keep it on another machine, where only you can read it."
    ),
    "backup.failed": "{program} could not do its work: {reason}. Nothing was changed.",
    "backup.in_use": (
        "Somebody still uses the database, so it was not replaced: stop every web and worker node and run it again."
    ),
    "backup.newer": (
        "{path} was made by a later version of ahsp (it has {migration}): upgrade ahsp first. Nothing was changed."
    ),
    "backup.no_file": "There is no file {path}: name the file that `./ahsp backup` wrote.",
    "backup.no_folder": "The folder {path} does not exist or cannot be written: name a file in another folder.",
    "backup.not_ours": "{path} is no backup of ahsp: name the file that `./ahsp backup` wrote. Nothing was changed.",
    "backup.stop_first": "ahsp runs on {path}: stop it with Ctrl-C, then restore.",
    "cli.bench_marks": (
        "{file} has lost the marks {begin} and {end} around its table: put them back and run this again."
    ),
    "cli.front_end": "Front end: {step} …",
    "cli.front_end_failed": (
        "The front end could not be built, `{step}` failed: {reason} — read {log}, check the network and "
        "run the same command again."
    ),
    "cli.lock_failed": (
        "{file} could not be written: see the lines above, mend pyproject.toml or the network and run it again."
    ),
    "cli.setting": "A setting cannot be used: {reason}",
    "cli.no_run": "{file} is not what `./ahsp loadtest --json` printed: name the file with an earlier run.",
    "cli.no_space": "There is no room left where the output goes; free some, or write it somewhere else.",
    "cli.unexpected": (
        "Something unexpected happened ({reason}): the details are in {log}; please report it with them."
    ),
    "restore.done": (
        "The database now holds what {path} held. The one before is kept on the same server under the name {kept}: "
        "drop it there once all is well."
    ),
    "stack.already_up": "ahsp already runs on {path}: open {address}, or stop it there with Ctrl-C first.",
    "stack.busy": (
        "Another ahsp command is working on {path}: wait until it has ended, or name another folder with AHSP_HOME."
    ),
    "stack.closed_folder": (
        "The database must not run as root, and its user {user} cannot pass through {path}: run `chmod "
        "o+x {path}`, or move ahsp to a folder others may pass through, such as /srv."
    ),
    "stack.data_damaged": (
        "The database folder {path} has no file {file}: restore the folder from a backup, or set "
        "AHSP_HOME to start with an empty one. Nothing was changed."
    ),
    "stack.data_version": (
        "The database folder {path} is of PostgreSQL {found}, but this ahsp brings PostgreSQL {ours}: "
        "use the ahsp version that made it, or set AHSP_HOME to start with an empty one. Nothing was "
        "changed."
    ),
    "stack.database_is_pool": (
        "DATABASE_URL leads to a PgBouncer, and changes of tables must go past it: set AHSP_DIRECT_DATABASE_URL to "
        "the address of PostgreSQL itself."
    ),
    "stack.database_too_old": (
        "The database that DATABASE_URL names is PostgreSQL {found}: ahsp needs {oldest} or newer."
    ),
    "stack.database_unreachable": (
        "The database that DATABASE_URL or POSTGRES_HOST names cannot be used ({reason}): correct the setting, or "
        "unset it to use ahsp's own."
    ),
    "stack.died": "{name} ended unexpectedly and is started again; see {log}.",
    "stack.disk_full": (
        "Only {free} MB are free on the disk of {path} and {needed} MB are needed: free some space, or "
        "set AHSP_HOME to a folder on another disk."
    ),
    "stack.home_is_file": (
        "{path} is a file where ahsp needs a folder: move it away, or set AHSP_HOME to another folder."
    ),
    "stack.home_unusable": (
        "{path} cannot be used ({reason}): give yourself the right to read and write it, run ahsp as its "
        "owner, or set AHSP_HOME to another folder."
    ),
    "stack.host_unknown": (
        "{host} is no address of this machine: use --host 127.0.0.1, or --host 0.0.0.0 for all of its addresses."
    ),
    "stack.how_to_stop": "Stop with Ctrl-C. Logs: {path}",
    "stack.keeps_dying": (
        "{name} ended {times} times within a minute, so ahsp stops: read {log}, mend the cause and start again."
    ),
    "stack.leftover": (
        "{name} of an earlier start (process {pid}) does not end: end it with `kill {pid}` and start again."
    ),
    "stack.load_test_failed": "The load test broke down: {reason}",
    "stack.no_system_user": (
        "The database must not run as root, and the system user {name} could not be made: run `useradd "
        "--system {name}`, or start ahsp as an ordinary user."
    ),
    "stack.package_missing": (
        "The package {package} is missing from .venv: delete .venv and start again, it is made anew."
    ),
    "stack.pgbouncer_failed": (
        "PgBouncer does not start: {reason} — read {log}. Without the program ahsp goes to the database directly."
    ),
    "stack.pool_absent": (
        "The application goes to the database directly; for many people install PgBouncer, for example with "
        "`sudo apt-get install pgbouncer`, and start again."
    ),
    "stack.pool_given": "The application goes through the PgBouncer that the settings name.",
    "stack.pool_impossible": (
        "The application goes to the database directly: PgBouncer needs an address with one host, a user, a password, "
        "a plain name of the database and no options."
    ),
    "stack.pool_unreachable": (
        "No query comes back through the PgBouncer that the settings name ({reason}): correct PGBOUNCER_PORT and "
        "PGBOUNCER_HOST, or remove them to go without it."
    ),
    "stack.pool_ready": "PgBouncer stands in front of the database: {clients} clients on {connections} connections",
    "stack.port_forbidden": "Port {port} is reserved for root: choose a higher one, such as --port 8000.",
    "stack.port_lost": (
        "While a server was down another program took its port: start ahsp again, it chooses a free one."
    ),
    "stack.port_taken": (
        "Port {port} on {host} is taken by another program: choose another one, such as --port {other}."
    ),
    "stack.postgres_failed": (
        "PostgreSQL does not start: {reason} — read {log}. Nothing was deleted; a backup can be restored in its place."
    ),
    "stack.prepare_failed": "The database could not be made ready: {reason} — read {log}.",
    "stack.preparing": "Preparing the database and the pages …",
    "stack.program_unusable": ("{program} cannot be run ({reason}): delete .venv and start again, it is made anew."),
    "stack.ready": "ahsp is ready: {address}",
    "stack.redis_unreachable": (
        "The server that REDIS_URL names cannot be used ({reason}): correct REDIS_URL, or unset it to use ahsp's own."
    ),
    "stack.secret_empty": (
        "The file {path} is empty: restore it from a backup, or delete it and a new secret is made."
    ),
    "stack.servers_ready": "PostgreSQL and Valkey run; the data lies in {path}",
    "stack.sign_in": "Demo sign-in: {email}  password: {password}",
    "stack.stays_root": "The application runs as root, since the servers' own user cannot run it: {reason}",
    "stack.stopped": "Stopped; the data is kept.",
    "stack.valkey_failed": (
        "Valkey does not start: {reason} — read {log}. Nothing was deleted; a backup can be restored in its place."
    ),
    "stack.waits_for_room": (
        "Only {free} MB are free on the disk of {path}: what has died starts again once there are {needed} MB; "
        "free some space."
    ),
    "stack.web_failed": "The web server does not answer: {reason} — read {log}.",
}
