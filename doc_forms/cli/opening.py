"""The command that opens the window."""

from __future__ import annotations

from pathlib import Path

import click

from doc_forms.cli.console import FOLDER, ChineseCommand

REGISTERED = "doc_forms.registered"
"""Where the group of commands says where papers are registered (see `cli.commands.main`)."""


@click.command("open", cls=ChineseCommand)
@click.option("--browser", is_flag=True, help="在浏览器中打开（默认：在自己的窗口中）")
@click.option(
    "--data",
    type=FOLDER,
    metavar="文件夹",
    help="案件和文书放在哪里（默认：本人的数据文件夹）",
)
@click.pass_context
def open_(context: click.Context, data: Path | None, *, browser: bool) -> None:
    """打开窗口：录入案件、审查、出文书、批量生成。"""
    from doc_forms.web.launch import open_browser, open_window  # noqa: PLC0415 - only the window needs its server

    (open_browser if browser else open_window)(context.obj, data, context.meta.get(REGISTERED))
