"""A case at work: its file, its findings, its papers, its checklist, and its questions as short pages."""
