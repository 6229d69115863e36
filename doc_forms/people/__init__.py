"""People from outside (rosters, pasted tables, exchange files) on their way into a case, and back.

What a person is is the library's matter: its module `_intake` names the case's list of people, the form of a roster of
them, and what tells two of them apart.
"""

from doc_forms.people.comparing import Difference, differences
from doc_forms.people.incoming import Incoming, Taken, people_of_roster, people_of_text
from doc_forms.people.joining import Joined, join

__all__ = ["Difference", "Incoming", "Joined", "Taken", "differences", "join", "people_of_roster", "people_of_text"]
