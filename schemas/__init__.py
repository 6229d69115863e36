"""The content: what each paper says. Knows nothing of Word, Excel or the window."""
