"""The archive package: what was kept of a case, catalogued, sealed by check sums, and verified.

    added.py         files that a clerk adds: which item they are, and that they are what their ending says
    plan.py          the required set: what goes into which bag, in which order, and what is missing
    catalogue.py     归档文件目录 and 备考表, as Word papers and as a workbook
    pdfa.py          PDF/A copies with the same bytes each time
    bag.py           a BagIt bag (RFC 8493), SHA-256 only
    ledger.py        归档登记: numbers given and digests kept outside the bags
    packing.py       the bags of one case, all or none
    year.py          many cases, side by side
    verification.py  everything that is not as it was sealed, by name

The regulation's side (what must be kept) is `schemas/_case/archive_items.py`; the office's side (fonds, codes,
retention) is a settings file, `schemas/_archive.py`.
"""

from doc_forms.archive.added import Added, read_added
from doc_forms.archive.ledger import LEDGER_FILE
from doc_forms.archive.packing import ArchivedCase, Bag
from doc_forms.archive.verification import Verified, verify
from doc_forms.archive.year import ArchiveOptions, Year, archive

__all__ = [
    "LEDGER_FILE",
    "Added",
    "ArchiveOptions",
    "ArchivedCase",
    "Bag",
    "Verified",
    "Year",
    "archive",
    "read_added",
    "verify",
]
