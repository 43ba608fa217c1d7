"""What this app makes known to others when it is loaded: the tables of the row log and the commands."""

from ahsp.estimates import row_words as row_words
from ahsp.estimates import tables as tables
from ahsp.estimates.analyses import commands as analysis_commands  # noqa: F401
from ahsp.estimates.analyses import line_commands as line_commands
from ahsp.estimates.bill import commands as bill_commands  # noqa: F401
from ahsp.estimates.prices import commands as price_commands  # noqa: F401
from ahsp.estimates.quantities import commands as quantity_commands  # noqa: F401
from ahsp.estimates.quantities import recalculation as recalculation
