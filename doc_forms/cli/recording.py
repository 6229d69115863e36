"""The command line's groups `records` (发文台账) and `numbers` (发文字号); each command calls one verb."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from doc_forms.cli.console import FILE, ChineseCommand, ChineseGroup, json_option, show_faults, show_json
from doc_forms.errors import Severity
from doc_forms.office.records import Entry, Number, OfficeRecords

_ADDRESS = "doc_forms.records"
"""Where the address of the records stands in click's shared settings; see `remember_address`."""


def remember_address(context: click.Context, url: str | None) -> None:
    """Keep what `--records` or DOC_FORMS_RECORDS said, for the commands below."""
    context.meta[_ADDRESS] = url or None


def _records(context: click.Context) -> OfficeRecords:
    return OfficeRecords(context.meta[_ADDRESS])


@click.group(cls=ChineseGroup)
def records() -> None:
    """发文台账：查询、核对、备份、恢复。"""


@records.command("list", cls=ChineseCommand)
@click.option("--kind", metavar="种类", help="只列这种文书（代号）")
@click.option("--person", metavar="姓名", help="只列这个人的")
@click.option("--case", metavar="案件", help="只列这个案件的")
@click.option("--year", type=int, metavar="年", help="只列这一年的")
@json_option()
@click.pass_context
def list_papers(context: click.Context, /, *, as_json: bool, **filters: str | int | None) -> None:
    """列出台账上的文书。"""
    found = _records(context).papers(**filters)
    if as_json:
        show_json([entry.to_json() for entry in found])
        return
    for entry in found:
        click.echo(_line(entry))
    click.echo(f"共 {len(found)} 份")


def _line(entry: Entry) -> str:
    at = entry.made_at[:16].replace("T", " ")
    return "  ".join(filter(None, (at, entry.title, entry.number, entry.person, entry.state.chinese, entry.path)))


@records.command("check", cls=ChineseCommand)
@json_option()
@click.pass_context
def check(context: click.Context, *, as_json: bool) -> None:
    """核对台账：文件是否都在、是否被改动、有无中断、文号有无缺漏。"""
    faults = _records(context).check()
    if as_json:
        show_json([fault.to_json() for fault in faults])
    else:
        show_faults(faults)
        click.echo(f"有 {len(faults)} 处需要处理。" if faults else "台账与文件相符，没有问题。")
    if any(fault.severity is Severity.ERROR for fault in faults):
        sys.exit(1)


@records.command("backup", cls=ChineseCommand)
@click.argument("file", metavar="备份.db", type=FILE)
@json_option()
@click.pass_context
def backup(context: click.Context, file: Path, *, as_json: bool) -> None:
    """把整个台账备份成一个文件；其他人可以继续使用。"""
    path = _records(context).backup(file)
    if as_json:
        show_json({"path": str(path)})
        return
    click.echo(f"已备份：{path}")


@records.command("restore", cls=ChineseCommand)
@click.argument("file", metavar="备份.db", type=FILE)
@click.option("--replace", is_flag=True, help="代替现有的台账（现有的先另存一份）")
@json_option()
@click.pass_context
def restore(context: click.Context, file: Path, *, replace: bool, as_json: bool) -> None:
    """用备份恢复台账。"""
    kept = _records(context).restore(file, replace=replace)
    if as_json:
        show_json({"restored": str(file), "kept": str(kept) if kept else None})
        return
    click.echo(f"已由备份恢复：{file}")
    if kept:
        click.echo(f"原来的台账另存为：{kept}")


@click.group(cls=ChineseGroup)
def numbers() -> None:
    """发文字号：取号、发出、作废、查询；一个号只给一次。"""


@numbers.command("reserve", cls=ChineseCommand)
@click.argument("prefix", metavar="机关代字")
@click.option("--for", "for_what", metavar="用途", required=True, help="这个号用于什么文书")
@click.option("--year", type=click.IntRange(1949, 9999), metavar="年", help="年份（默认：今年）")
@click.option(
    "--first", type=click.IntRange(min=1), metavar="起始号", help="本年首次取号时从几号起（以前的号已由手工编过）"
)
@json_option()
@click.pass_context
def reserve(  # noqa: PLR0913 - one argument an option
    context: click.Context, prefix: str, *, for_what: str, year: int | None, first: int | None, as_json: bool
) -> None:
    """预留下一个文号。"""
    number = _records(context).reserve(prefix, year or datetime.now().astimezone().year, for_what, first)
    _show(number, as_json=as_json)


@numbers.command("issue", cls=ChineseCommand)
@click.argument("number", metavar="文号")
@click.option("--entry", metavar="登记号", default="", help="台账上是哪一份文书（手工制作的不必写）")
@json_option()
@click.pass_context
def issue(context: click.Context, number: str, *, entry: str, as_json: bool) -> None:
    """发出一个预留的文号。"""
    _show(_records(context).issue(number, entry), as_json=as_json)


@numbers.command("void", cls=ChineseCommand)
@click.argument("number", metavar="文号")
@click.option("--reason", metavar="原因", required=True, help="为什么作废；永久保留")
@json_option()
@click.pass_context
def void(context: click.Context, number: str, *, reason: str, as_json: bool) -> None:
    """作废一个文号，写明原因。"""
    _show(_records(context).void(number, reason), as_json=as_json)


@numbers.command("list", cls=ChineseCommand)
@click.argument("prefix", metavar="[机关代字]", required=False)
@click.option("--year", type=int, metavar="年", help="只列这一年的")
@click.option("--open", "open_only", is_flag=True, help="只列预留后未用的")
@json_option()
@click.pass_context
def list_numbers(
    context: click.Context, prefix: str | None, *, year: int | None, open_only: bool, as_json: bool
) -> None:
    """列出文号及其去向。"""
    found = _records(context).numbers(prefix, year, open_only=open_only)
    if as_json:
        show_json([number.to_json() for number in found])
        return
    for number in found:
        click.echo(
            f"{number}  {number.state.chinese}  {number.for_what}{f'（{number.reason}）' if number.reason else ''}"
        )
    click.echo(f"共 {len(found)} 个")


def _show(number: Number, *, as_json: bool) -> None:
    if as_json:
        show_json(number.to_json())
        return
    click.echo(f"{number}  {number.state.chinese}")
