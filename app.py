"""Opens the window: `python app.py`."""

from doc_forms.cli import run

if __name__ == "__main__":
    run(["open"])
