"""What ./ahsp doctor says of servers: each cause, and with `_mend` behind its code what mends it."""

from __future__ import annotations

DOCTOR_TEXTS: dict[str, str] = {
    "doctor.broker_fails": "The broker that CELERY_BROKER_URL names cannot be used: {reason}",
    "doctor.broker_fails_mend": "Start the broker, or correct CELERY_BROKER_URL and start web, worker and beat again.",
    "doctor.bypassed": (
        "{count} connections of the application go to PostgreSQL past the pool, such as process {pid}, for {age} s."
    ),
    "doctor.bypassed_by_setting": "The application is set to go to {there} past the pool that runs.",
    "doctor.bypassed_by_setting_mend": (
        "Set PGBOUNCER_PORT, or let DATABASE_URL name PgBouncer, and start the application again."
    ),
    "doctor.bypassed_mend": (
        "Set the address of PgBouncer for every process of the application (PGBOUNCER_PORT, or DATABASE_URL) and "
        "start it again."
    ),
    "doctor.clock_here": (
        "The clock of this machine is {seconds} s away from those of PostgreSQL and Redis, which agree."
    ),
    "doctor.clock_here_mend": "On this machine: `sudo timedatectl set-ntp true`, and look with `timedatectl`.",
    "doctor.clock_there": "The clock of {part} is {seconds} s away from that of this machine.",
    "doctor.clock_there_mend": (
        "On the machine of {part}: `sudo timedatectl set-ntp true`, and look with `timedatectl`."
    ),
    "doctor.database_url": "The address of the database is none that PostgreSQL can read.",
    "doctor.database_url_mend": (
        "Write DATABASE_URL as postgresql://USER:PASSWORD@HOST:PORT/DATABASE; signs such as @ and / in the "
        "password as %40 and %2F."
    ),
    "doctor.disk_full": "The disk of {path} is full: {free} MB are free and {needed} MB are the least to work with.",
    "doctor.disk_full_mend": "Free some space: `du -xh --max-depth=2 {path} | sort -h` shows what is large.",
    "doctor.healthy": "All {count} checks pass: ahsp is healthy.",
    "doctor.ill": "ahsp is not healthy. The last line above is the cause; what follows it was not examined.",
    "doctor.home_closed": "You may not read what runs in {path}: it belongs to somebody else.",
    "doctor.home_closed_mend": "Run ./ahsp doctor as the owner of {path}, or with sudo.",
    "doctor.name_unknown": "The name {host}, where {part} should be, has no address.",
    "doctor.name_unknown_mend": (
        "Correct the host in {setting}, or make the name known: `getent hosts {host}` must answer."
    ),
    "doctor.no_time": (
        "The checks before this one took all the time there is: the machine is overloaded, or the network loses "
        "packets."
    ),
    "doctor.no_time_mend": "See what keeps the machine busy with `top`, and run ./ahsp doctor again.",
    "doctor.no_web": "Servers run on {path} for another command, but not the application.",
    "doctor.no_web_mend": "Wait until that command has ended, then ./ahsp up",
    "doctor.not_running": "The servers are well, but the application does not run here: nobody works on {path}.",
    "doctor.not_running_mend": (
        "./ahsp up; where the application runs elsewhere, set AHSP_ADDRESS to the address of its web server."
    ),
    "doctor.not_started": "ahsp does not run: nobody works on {path}, and DATABASE_URL and REDIS_URL name no servers.",
    "doctor.not_started_mend": "./ahsp up",
    "doctor.pool_address": (
        "PgBouncer sends to {there}, where it gets no connection; PostgreSQL is at {right} and answers there."
    ),
    "doctor.pool_address_mend": (
        "Correct host and port of the database below [databases] in pgbouncer.ini to {right}, then `RELOAD;` or "
        "`{start}`."
    ),
    "doctor.pool_clients": "PgBouncer at {host}:{port} is full: it takes no more clients (max_client_conn).",
    "doctor.pool_clients_mend": (
        "`SHOW CLIENTS;` on its console tells who they are. Raise max_client_conn in pgbouncer.ini and the number "
        "of open files of its service, then restart it."
    ),
    "doctor.pool_closed": "PgBouncer does not let {user} look at its console, so its settings were not examined.",
    "doctor.pool_closed_mend": "Add `stats_users = {user}` to pgbouncer.ini and `RELOAD;`",
    "doctor.pool_console": "The console of PgBouncer does not answer: {reason}",
    "doctor.pool_console_mend": "Read its log, and restart PgBouncer if it stays silent.",
    "doctor.pool_database": "PgBouncer at {host}:{port} does not offer the database {database}: {reason}",
    "doctor.pool_database_mend": (
        "Add {database} below [databases] in pgbouncer.ini and `RELOAD;`, or correct {setting}."
    ),
    "doctor.pool_defaults": (
        "PgBouncer runs with its defaults ({clients} clients, {size} connections, session mode): the settings in "
        "{file} are not those it was given, or have names it does not know."
    ),
    "doctor.pool_defaults_mend": (
        "Set pool_mode, max_client_conn and default_pool_size below [pgbouncer] in {file}, as "
        "deploy/pgbouncer/pgbouncer.ini does, and `{start}`; `SHOW CONFIG;` on its console shows what counts."
    ),
    "doctor.pool_exhausted_busy": (
        "All {taken} connections of the pool are busy and {waiting} clients wait. The longest, process {pid} "
        "({application}), works for {age} s: {query}"
    ),
    "doctor.pool_exhausted_busy_mend": (
        "`SELECT pg_cancel_backend({pid});` cancels that query; if it is many short ones, the machine is at its "
        "limit: docs/operations.md has the arithmetic."
    ),
    "doctor.pool_exhausted_idle": (
        "All {taken} connections of the pool are taken and {waiting} clients wait. Process {pid} ({application}) "
        "has a transaction open for {age} s and does nothing: {query}"
    ),
    "doctor.pool_exhausted_idle_mend": (
        "`SELECT pg_terminate_backend({pid});` ends that transaction; idle_in_transaction_session_timeout of the "
        "role does it by itself."
    ),
    "doctor.pool_ignores": "PgBouncer ignores the setting {name} in its file: it does not know that name.",
    "doctor.pool_ignores_mend": (
        "Correct or remove {name} in pgbouncer.ini (`SHOW CONFIG;` lists every name it knows) and restart it."
    ),
    "doctor.pool_is_postgres": (
        "At {host}:{port}, where PgBouncer should be, PostgreSQL itself answers: the application bypasses the pool."
    ),
    "doctor.pool_is_postgres_mend": (
        "Set the port of PgBouncer (PGBOUNCER_PORT, or in {setting}) and start the application again."
    ),
    "doctor.pool_md5": (
        "PgBouncer cannot sign in to PostgreSQL as {user}: its file of passwords holds an MD5 hash, but PostgreSQL "
        "asks for SCRAM."
    ),
    "doctor.pool_md5_mend": (
        "Put the password itself, or its SCRAM secret (`SELECT rolpassword FROM pg_authid WHERE rolname = "
        "'{user}';`), into the file auth_file names, and `RELOAD;`"
    ),
    "doctor.pool_mode": (
        "PgBouncer is in {mode} mode for the database {database}: each client keeps a connection, and a few stop "
        "everybody else."
    ),
    "doctor.pool_mode_mend": (
        "Set `pool_mode = transaction` in pgbouncer.ini, below [pgbouncer] and in no line of the database, then "
        "`RELOAD;`"
    ),
    "doctor.pool_other_server": (
        "PgBouncer leads to {there}, which is another PostgreSQL than the one at {right}: what is written here is "
        "not read there."
    ),
    "doctor.pool_other_server_mend": (
        "Let both lead to the same: correct [databases] in pgbouncer.ini, or AHSP_DIRECT_DATABASE_URL."
    ),
    "doctor.pool_password": (
        "PgBouncer at {host}:{port} does not accept the password of the role {user}: it is not the one in its file "
        "of passwords."
    ),
    "doctor.pool_password_mend": (
        "Write the password of {setting} for {user} into the file that auth_file in pgbouncer.ini names, then "
        "`RELOAD;` on its console or `{start}`."
    ),
    "doctor.pool_paused": "The database {database} is {state} in PgBouncer: everybody waits.",
    "doctor.pool_paused_mend": "On its console as an administrator: `RESUME {database};` or `ENABLE {database};`",
    "doctor.pool_query": "A query through PgBouncer does not come back: {reason}",
    "doctor.pool_query_mend": (
        "Read the log of PgBouncer, `SHOW POOLS;` and `SHOW SERVERS;` on its console, and restart it: `{start}`"
    ),
    "doctor.pool_server_database": "PgBouncer asks PostgreSQL for a database that it has not: {reason}",
    "doctor.pool_server_database_mend": (
        "Correct dbname in the line of {database} below [databases] in pgbouncer.ini, then `RELOAD;`"
    ),
    "doctor.pool_server_password": (
        "PostgreSQL does not accept the password that PgBouncer sends for {user}; that of the application is right."
    ),
    "doctor.pool_server_password_mend": (
        "Correct the password in the line of {database} below [databases] in pgbouncer.ini, or in the file "
        "auth_file names, then `RELOAD;`"
    ),
    "doctor.pool_server_rules": "The rules in pg_hba.conf do not let PgBouncer in as {user}: {reason}",
    "doctor.pool_server_rules_mend": (
        "Add a line for the address of PgBouncer, such as `host {database} {user} {host}/32 scram-sha-256`, to "
        "pg_hba.conf, then `SELECT pg_reload_conf();`"
    ),
    "doctor.pool_stale": (
        "PgBouncer runs with {name} = {value}, but its file says {written}: the file was changed and not read again."
    ),
    "doctor.pool_stale_mend": "`RELOAD;` on its console, or restart it: `{start}`",
    "doctor.pool_too_large": (
        "The pool may open {size} connections, but PostgreSQL has only {most}, some of them reserved: {needed} are "
        "needed."
    ),
    "doctor.pool_too_large_mend": (
        "`ALTER SYSTEM SET max_connections = {needed};` and restart PostgreSQL, or set default_pool_size of "
        "PgBouncer to {fits} at most."
    ),
    "doctor.port_foreign": "Something else than {part} listens at {host}:{port} ({who}).",
    "doctor.port_foreign_mend": (
        "See who it is: `ss -ltnp 'sport = :{port}'`. End it and run `{start}`, or correct {setting}."
    ),
    "doctor.port_refused": "Nobody listens at {host}:{port}, where {part} should be. Last in its log: {said}",
    "doctor.port_refused_mend": "Start it: `{start}`. If it runs elsewhere, correct host and port in {setting}.",
    "doctor.port_silent": (
        "At {host}:{port} somebody ({who}) takes connections but does not answer as {part} does: it hangs, or "
        "another program has the port."
    ),
    "doctor.port_silent_mend": (
        "See who it is: `ss -ltnp 'sport = :{port}'`. End a program that does not belong there and run `{start}`, "
        "or correct {setting}."
    ),
    "doctor.port_stopped": "{part} at {host}:{port} is process {pid}, which is stopped (SIGSTOP) and does nothing.",
    "doctor.port_stopped_mend": "`kill -CONT {pid}`",
    "doctor.port_unreachable": "{part} cannot be reached at {host}:{port}: {reason}",
    "doctor.port_unreachable_mend": (
        "Look at network and firewall between here and there: `nc -vz {host} {port}`; or correct {setting}."
    ),
    "doctor.postgres_database": "PostgreSQL at {host}:{port} has no database {database}.",
    "doctor.postgres_database_mend": (
        "Correct its name in {setting}, or restore it: `createdb -O {user} {database}` and ./ahsp restore with the "
        "last backup."
    ),
    "doctor.postgres_disk": "PostgreSQL cannot write, its disk is full: {reason}",
    "doctor.postgres_disk_mend": (
        "Free some space on the disk of PostgreSQL (`df -h` there); never delete files in its folder. It goes on "
        "by itself."
    ),
    "doctor.postgres_fails": "The application's own query failed: {reason}",
    "doctor.postgres_fails_mend": (
        "Read the log of PostgreSQL at this moment; after a restore run ./ahsp manage migrate"
    ),
    "doctor.postgres_full": "PostgreSQL has no connection left: {reason}",
    "doctor.postgres_full_mend": (
        "See who has them: `SELECT usename, application_name, state, count(*) FROM pg_stat_activity GROUP BY 1, 2, "
        "3;` Close what need not be open, or raise max_connections and restart PostgreSQL."
    ),
    "doctor.postgres_hangs": "PostgreSQL takes connections but does not answer within the time.",
    "doctor.postgres_hangs_mend": (
        "Look what it does: `top`, `iostat` and its log; a stopped process goes on with `kill -CONT`."
    ),
    "doctor.postgres_password": "PostgreSQL at {host}:{port} does not accept the password of the role {user}.",
    "doctor.postgres_password_mend": (
        "Correct the password in {setting}, or set that of the role as a superuser: `\\password {user}` in psql."
    ),
    "doctor.postgres_read_only": "PostgreSQL takes no writes: it is a standby, or default_transaction_read_only is on.",
    "doctor.postgres_read_only_mend": (
        "Let DATABASE_URL and the pool name the primary, or `SELECT pg_promote();` on this one once the old "
        "primary is surely gone."
    ),
    "doctor.postgres_refuses": "PostgreSQL at {host}:{port} refuses: {reason}",
    "doctor.postgres_refuses_mend": "Read its log and correct {setting}; `{start}` starts it again.",
    "doctor.postgres_rights": "The role of the application may not do what it must in its own database: {reason}",
    "doctor.postgres_rights_mend": (
        "Make it the owner: `ALTER DATABASE … OWNER TO …;` and `REASSIGN OWNED BY … TO …;` as a superuser."
    ),
    "doctor.postgres_role": "PostgreSQL at {host}:{port} has no role {user} that may sign in.",
    "doctor.postgres_role_mend": "Correct the user in {setting}, or `createuser --login --pwprompt {user}`",
    "doctor.postgres_rules": (
        "The rules in pg_hba.conf let nobody in as {user} from {client} to the database {database}: {reason}"
    ),
    "doctor.postgres_rules_mend": (
        "Add `host {database} {user} {client}/32 scram-sha-256` to pg_hba.conf (`SHOW hba_file` tells where it is) "
        "above what rejects it, then `SELECT pg_reload_conf();`"
    ),
    "doctor.postgres_starting": "PostgreSQL at {host}:{port} is busy with its own start or end: {reason}",
    "doctor.postgres_starting_mend": "Wait; after a crash it reads its log again. Its own log says how far it is.",
    "doctor.postgres_tls": "PostgreSQL at {host}:{port} and we do not agree on TLS: {reason}",
    "doctor.postgres_tls_mend": "Correct sslmode and sslrootcert in {setting}, or `ssl` in postgresql.conf.",
    "doctor.redis_busy": "{part} at {host}:{port} is held up by a script that does not end (BUSY).",
    "doctor.redis_busy_mend": "`SCRIPT KILL`; ours are none, so find who sends it: `CLIENT LIST`",
    "doctor.redis_clients": "{part} at {host}:{port} takes no more clients (maxclients).",
    "doctor.redis_clients_mend": "`CLIENT LIST` tells who they are; `CONFIG SET maxclients 10000`",
    "doctor.redis_database": "{part} at {host}:{port} has no database number {database}.",
    "doctor.redis_database_mend": "Let {setting} end in /0, or raise `databases` in the configuration of {part}.",
    "doctor.redis_disk": "{part} at {host}:{port} cannot save to its disk and takes no writes (MISCONF).",
    "doctor.redis_disk_mend": "Free space on its disk, give it the right to write its folder, and look at its log.",
    "doctor.redis_evicts": (
        "{part} at {host}:{port} throws out sessions and messages when it is full: policy {policy} at {limit} MB, "
        "{evicted} keys gone."
    ),
    "doctor.redis_evicts_mend": (
        "`CONFIG SET maxmemory-policy noeviction`, raise maxmemory, write both into its configuration, then "
        "`CONFIG RESETSTAT`"
    ),
    "doctor.redis_forbidden": "The user of {setting} may not do in {part} what the application must (NOPERM).",
    "doctor.redis_forbidden_mend": "`ACL SETUSER NAME on ~* &* +@all -@dangerous +info +client +slowlog` on {part}.",
    "doctor.redis_forgets": "{part} at {host}:{port} does not keep what was just written.",
    "doctor.redis_forgets_mend": "See what deletes it: `MONITOR` for a moment; does something run FLUSHALL?",
    "doctor.redis_hangs": "{part} at {host}:{port} lets us in and does not answer within the time.",
    "doctor.redis_hangs_mend": (
        "Look what it does: `SLOWLOG GET 10`, `INFO commandstats`, and its machine with `top`; a stopped process "
        "goes on with `kill -CONT`."
    ),
    "doctor.redis_loading": "{part} at {host}:{port} still reads its data from disk after its start.",
    "doctor.redis_loading_mend": "Wait; `INFO persistence` tells how far it is (loading_eta_seconds).",
    "doctor.redis_memory": "{part} at {host}:{port} is out of memory and takes no writes (maxmemory, noeviction).",
    "doctor.redis_memory_mend": (
        "`CONFIG SET maxmemory 512mb` on it and in its configuration; `INFO memory` and `MEMORY STATS` tell what "
        "is large."
    ),
    "doctor.redis_no_password": "{setting} has a password, but {part} at {host}:{port} has none set.",
    "doctor.redis_no_password_mend": "Set `requirepass` in its configuration, or take the password out of {setting}.",
    "doctor.redis_noauth": "{part} at {host}:{port} asks for a password and {setting} has none (NOAUTH).",
    "doctor.redis_noauth_mend": "Write it into {setting}: redis://:PASSWORD@{host}:{port}/{database}",
    "doctor.redis_password": "{part} at {host}:{port} does not accept the password in {setting}.",
    "doctor.redis_password_mend": "Compare it with `requirepass` (or the user) in the configuration of {part}.",
    "doctor.redis_read_only": "{part} at {host}:{port} is a replica and takes no writes (READONLY).",
    "doctor.redis_read_only_mend": "Let {setting} name the primary, or make this one the primary: `REPLICAOF NO ONE`",
    "doctor.redis_refuses": "{part} at {host}:{port} refuses: {reason}",
    "doctor.redis_refuses_mend": "Read its log and correct {setting}; `{start}` starts it again.",
    "doctor.redis_slow": (
        "{part} at {host}:{port} is slow: its quickest answer took {ms} ms. Last in its SLOWLOG: {command}"
    ),
    "doctor.redis_slow_mend": (
        "`SLOWLOG GET 10` and `LATENCY DOCTOR` on it; where they are empty it is the network between: `ping {host}`"
    ),
    "doctor.redis_url": "REDIS_URL or CELERY_BROKER_URL has no readable port.",
    "doctor.redis_url_mend": (
        "Write it as redis://:PASSWORD@HOST:PORT/0; signs such as @ and / in the password as %40 and %2F."
    ),
    "doctor.rules_broken": (
        "Line {line} of pg_hba.conf cannot be read: {reason}. PostgreSQL would not start again with it."
    ),
    "doctor.rules_broken_mend": "Correct line {line} of pg_hba.conf, then `SELECT pg_reload_conf();`",
    "doctor.settings": "A setting cannot be used: {reason}",
    "doctor.settings_mend": "Correct it where ahsp is started, and start again.",
    "doctor.starting": "Something works on {path} and has not finished its start, or is another command.",
    "doctor.starting_mend": "Wait a moment and run ./ahsp doctor again; `./ahsp up` says why a start does not end.",
    "doctor.unexpected": "The check {name} broke down itself: {kind}.",
    "doctor.unexpected_mend": "Run ./ahsp doctor again; if it stays, report it with the logs.",
    "doctor.word_fault": "FAULT",
    "doctor.word_note": "note",
    "doctor.word_ok": "ok",
}
