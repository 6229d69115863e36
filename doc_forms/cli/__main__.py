"""The command line as a module: `python -m doc_forms.cli`."""

from doc_forms.cli import run

if __name__ == "__main__":
    run()
