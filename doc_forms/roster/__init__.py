"""Excel in and out: rows with their origin, a blank roster to hand to a clerk, the receipt.

The blank roster is in `doc_forms.roster.blank`, apart, so that reading a roster does not load openpyxl.
"""

from doc_forms.roster.read import Roster, open_roster
from doc_forms.roster.rows import Row

__all__ = ["Roster", "Row", "open_roster"]
