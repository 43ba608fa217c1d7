"""The bill of the tests of prices: it uses every resource of the edition."""

from tests.estimates.prices.conftest import filled as filled
