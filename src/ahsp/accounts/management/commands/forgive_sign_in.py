"""`./ahsp manage forgive_sign_in E-MAIL`: whoever was stopped after wrong passwords may try again now."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from ahsp.accounts.guessing import forget_account


class Command(BaseCommand):
    help = "Forget the wrong passwords for an account, from everywhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: object, email: str, **options: object) -> None:  # noqa: ARG002 Django's signature
        self.stdout.write(f"{forget_account(email)} sources may try again.")
