"""People from outside (rosters, pasted tables, exchange files) on their way into a case, and back.

What a person is is the library's matter: its module `_intake` names the case's list of people, the form of a roster of
them, and what tells two of them apart.
"""

from doc_forms.people.comparing import Difference, differences
from doc_forms.people.exchanged import exchange_person, people_of_exchange
from doc_forms.people.incoming import Incoming, Taken, people_of_roster, people_of_text
from doc_forms.people.joining import Joined, join
from doc_forms.people.matching import Compared, compare

__all__ = [
    "Compared",
    "Difference",
    "Incoming",
    "Joined",
    "Taken",
    "compare",
    "differences",
    "exchange_person",
    "join",
    "people_of_exchange",
    "people_of_roster",
    "people_of_text",
]
