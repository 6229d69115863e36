"""doc_forms: fills, merges and checks a personnel office's Word papers from data entered once."""
