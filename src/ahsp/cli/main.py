"""`./ahsp`: one group of commands, each loaded only when it is called."""

from __future__ import annotations

import errno
import importlib
import os
import sys
import traceback
from pathlib import Path
from typing import NoReturn

import click

from ahsp import configuration
from ahsp.cli.messages import complain
from ahsp.core.errors import AhspError
from ahsp.environment import SettingError

# Name: where the command lives, and its line in the overview, so that the overview loads none of them.
COMMANDS: dict[str, tuple[str, str]] = {
    "up": ("ahsp.cli.up:up", "Start everything and print the address."),
    "backup": ("ahsp.cli.backup:backup", "Write the whole database to one file."),
    "restore": ("ahsp.cli.backup:restore", "Put a backup in place of the database."),
    "doctor": ("ahsp.cli.doctor:doctor", "Say what is wrong and how to mend it."),
    "price": ("ahsp.cli.price:price", "Price a bill of quantities without a server."),
    "search": ("ahsp.cli.search:search", "Find analyses by code or words."),
    "test": ("ahsp.cli.test:test", "Run every test, the checks included."),
    "check": ("ahsp.cli.check:check", "Check style, types, imports, translations and architecture."),
    "bench": ("ahsp.cli.bench:bench", "Measure speed as ratios and print the table."),
    "loadtest": ("ahsp.cli.loadtest:loadtest", "Drive the application with many people and judge it."),
    "manage": ("ahsp.cli.manage:manage", "Run one of Django's management commands."),
    "lock": ("ahsp.cli.lock:lock", "Write the lock files anew from pyproject.toml."),
}
# These need no server of the installation, or have servers of their own: its settings mean nothing to them.
# The doctor reads them itself, for what is wrong with them is a finding.
WITHOUT_SETTINGS = {"doctor", "price", "search", "test", "check", "bench", "lock"}


class LazyGroup(click.Group):
    """A group that knows its commands by name only."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - the table above names commands only
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Cost estimates for Indonesian construction work, from the national unit price analyses (AHSP)."""
    from ahsp.cli.translations import compile_translations

    if click.get_current_context().invoked_subcommand not in WITHOUT_SETTINGS:
        configuration.apply(os.environ, Path(__file__).resolve().parents[3])
    compile_translations()


def main() -> NoReturn:
    """Run a command; every expected error becomes one line and exit code 2."""
    try:
        code = cli.main(prog_name="ahsp", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # The reader went away; nothing more can be said to it, also not when Python closes its streams.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            _last_resort(error)
        complain("cli.no_space", {})
        sys.exit(2)
    except AhspError as error:
        complain(error.code, error.data)
        sys.exit(2)
    except SettingError as error:
        complain("cli.setting", {"reason": str(error)})
        sys.exit(2)
    except Exception as error:  # noqa: BLE001 the last resort: whatever happened, a person gets one line
        _last_resort(error)
    sys.exit(code if isinstance(code, int) else 0)


def _last_resort(error: Exception) -> NoReturn:
    """One line for the person, the rest in a file."""
    if os.environ.get("AHSP_DEBUG") == "1":
        raise error
    complain("cli.unexpected", {"reason": f"{type(error).__name__}: {error}", "log": str(_note(error))})
    sys.exit(70)


def _note(error: Exception) -> Path:
    """Keep the traceback of `error` beside the other logs, or in the folder for temporary files."""
    import tempfile

    from ahsp.operations.stack.home import default_home

    text = "".join(traceback.format_exception(error))
    for folder in (default_home() / "log", Path(tempfile.gettempdir())):
        log = folder / "ahsp-error.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            log.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return log
    return Path("-")


if __name__ == "__main__":
    main()
