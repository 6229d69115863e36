"""Exit statuses beside those that errors carry (`doc_forms.errors`)."""

INTERRUPTED = 130
"""Ctrl-C: what was made is whole, and the same command goes on (128 + SIGINT, as shells have it)."""
