"""Opens the window: `python app.py`, with the Python that the product was installed for."""

import sys
from importlib.util import find_spec

if __name__ == "__main__":
    if find_spec("click") is None:
        python = r".venv\Scripts\python" if sys.platform == "win32" else ".venv/bin/python"
        words = f"✕ 这个 Python 里没有本程序的组件；请输入 {python} app.py（还没有安装的，先照 docs/入门.md 安装）"
        print(words, file=sys.stderr)  # noqa: T201 - what a command is for
        sys.exit(2)
    from doc_forms.cli import run

    run(["open"])
