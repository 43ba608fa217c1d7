"""Tables of the estimate: the bill, its quantities, and the project's own analyses and prices."""

from ahsp.estimates.models.analyses import ProjectAnalysis, ProjectLine
from ahsp.estimates.models.bill import Section, WorkItem
from ahsp.estimates.models.prices import ProjectConversion, ProjectPrice
from ahsp.estimates.models.quantities import Parameter, TakeoffLine

__all__ = [
    "Parameter",
    "ProjectAnalysis",
    "ProjectConversion",
    "ProjectLine",
    "ProjectPrice",
    "Section",
    "TakeoffLine",
    "WorkItem",
]
