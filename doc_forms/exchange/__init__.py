"""The exchange files of the national 干部任免审批表: `.lrmx` in and out, `.lrm` with its `.pic` in.

Knows the format only: what a paper or the regulation makes of the facts is the library's matter.
"""

from doc_forms.exchange.files import ENDINGS, exchange_files, read_person
from doc_forms.exchange.lrm import read_lrm
from doc_forms.exchange.lrmx import read_lrmx, write_lrmx
from doc_forms.exchange.person import Element, ExchangePerson, ExchangeRelative, Extra, elements_of, stated

__all__ = [
    "ENDINGS",
    "Element",
    "ExchangePerson",
    "ExchangeRelative",
    "Extra",
    "elements_of",
    "exchange_files",
    "read_lrm",
    "read_lrmx",
    "read_person",
    "stated",
    "write_lrmx",
]
