#!/bin/sh
# What an image of the application is finished with: translations, static files and compiled modules.
set -eu
python -P -c 'from ahsp.cli.translations import compile_translations; compile_translations()'
# Nothing is connected to: these only have to be there.
AHSP_SECRET_KEY=none DATABASE_URL=postgresql://none/none REDIS_URL=redis://none \
    python -P -m django collectstatic --no-input --verbosity 0
python -P -m compileall -q "$1"
