"""How large the parts of a bill may be, whichever way they come in."""

from __future__ import annotations

from typing import Final

MAX_CELL_CHARS: Final = 2_000
MAX_NUMBER_CHARS: Final = 60
MAX_CODE_CHARS: Final = 64
MAX_UNIT_CHARS: Final = 100
MAX_LEVEL: Final = 12  # sections nested deeper are kept as siblings, so that no bill can exhaust the stack
MOST_DIGITS: Final = 12  # from 13 on before the point, a quantity or a price per unit is a slip
MOST_DECIMALS: Final = 15
