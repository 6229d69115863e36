"""The commands of the archive: parse, call one verb, show the answer."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from doc_forms.cli.console import FILE, FOLDER, ChineseCommand, Progress, json_option, show_faults, show_json
from doc_forms.cli.statuses import INTERRUPTED
from doc_forms.errors import Fault, UsageRefused
from doc_forms.form import PartialDate

if TYPE_CHECKING:
    from doc_forms.office.archive import ArchiveOffice


@click.command(cls=ChineseCommand)
@click.argument("cases", metavar="案件.json …", type=FILE, nargs=-1, required=True)
@click.option("--out", type=FOLDER, metavar="文件夹", required=True, help="档案包存到哪里")
@click.option(
    "--add", "added", multiple=True, metavar="项目=文件", help="加入一份材料，如 林示例/工作总结=总结.pdf（可重复）"
)
@click.option("--materials", type=FOLDER, metavar="文件夹", help="材料所在的文件夹（默认：案件旁的“案件文件名_材料”）")
@click.option("--as-of", metavar="日期", help="按哪一天的情况核对（默认：今天）")
@click.option("--settings", "points", type=FILE, metavar="解释口径.json", help="本单位的解释口径")
@click.option("--calendar", "calendars", type=FILE, multiple=True, metavar="放假安排.json", help="补充放假安排")
@click.option(
    "--archive-settings",
    "settings",
    type=FILE,
    metavar="归档设置.json",
    help="全宗号、保管期限等（默认：案件旁的 archive.json）",
)
@click.option(
    "--first", type=click.IntRange(min=1), default=1, metavar="件号", help="件号从几起（默认 1，已用的不再用）"
)
@click.option("--no-pdf", is_flag=True, help="不生成 PDF/A 副本")
@click.option("--jobs", type=click.IntRange(min=1), metavar="数目", help="同时使用几个进程（默认：自动）")
@json_option()
@click.pass_context
def archive(
    context: click.Context, /, cases: Sequence[Path], *, out: Path, as_of: str | None, as_json: bool, **chosen: Any
) -> None:
    """把案件的考察文书归档：先核对应有材料，再封成可以核验的档案包。"""
    from doc_forms.office.archive import ArchiveOptions  # noqa: PLC0415 - see _office

    options = ArchiveOptions(as_of=_day(as_of), pdf=not chosen.pop("no_pdf"), jobs=chosen.pop("jobs") or 0, **chosen)
    with Progress() as progress:
        year = _office(context).archive(cases, out, options, progress)
    if as_json:
        show_json(year.to_json())
    else:
        for case in year.cases:
            show_faults([*case.faults, *case.warnings])
        for line in year.lines():
            click.echo(line)
    if year.interrupted:
        sys.exit(INTERRUPTED)
    if year.refused:
        sys.exit(1)


@click.command(cls=ChineseCommand)
@click.argument("bags", metavar="档案包 …", type=FOLDER, nargs=-1, required=True)
@click.option("--digest", metavar="校验值", default="", help="纸质目录上印的校验值，与档案包现在的对照")
@json_option()
@click.pass_context
def verify(context: click.Context, bags: Sequence[Path], *, digest: str, as_json: bool) -> None:
    """核验档案包：改动、缺失、多出、改名的文件，逐个指出。"""
    found = _office(context).verify(bags, digest)
    if digest and len(found) > 1:
        raise UsageRefused(Fault("usage", f"--digest 一次只核对一个档案包，这里有 {len(found)} 个"))
    if as_json:
        show_json([one.to_json() for one in found])
    else:
        for one in found:
            for line in one.lines():
                click.echo(line)
    if any(one.refused for one in found):
        sys.exit(1)


def _office(context: click.Context) -> ArchiveOffice:
    # The archive brings bagit and openpyxl, which no other command should have to load.
    from doc_forms.office.archive import ArchiveOffice  # noqa: PLC0415

    stated = context.find_root().params
    return ArchiveOffice(stated["library"], stated["records"], registers=not stated["no_records"])


def _day(text: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError as error:
        raise UsageRefused(Fault("as-of", f"--as-of {error}")) from None
