"""The commands of people from outside: parse, call one verb, show the answer."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from doc_forms.cli.console import FILE, ChineseCommand, json_option, show_faults, show_json
from doc_forms.errors import Fault, Severity, UsageRefused

if TYPE_CHECKING:
    from doc_forms.office.exchange import ExchangeOffice

_SHEET = click.option("--sheet", metavar="工作表", help="名册在哪个工作表（只有一个时不必写）")


@click.command(cls=ChineseCommand, name="import")
@click.argument("sources", metavar="文件或文件夹 …", type=FILE, nargs=-1, required=True)
@click.option("--into", type=FILE, metavar="案件.json", help="导入这个案件的考察对象；没有这个文件的，新建案件")
@click.option("--roster", type=FILE, metavar="名册.xlsx", help="改为汇总成一份名册")
@click.option("--update", is_flag=True, help="已有人员与导入的不同时，以导入的为准（默认：只列出，不改动）")
@_SHEET
@json_option()
@click.pass_context
def import_(  # noqa: PLR0913 - one argument an option
    context: click.Context,
    sources: Sequence[Path],
    *,
    into: Path | None,
    roster: Path | None,
    update: bool,
    sheet: str | None,
    as_json: bool,
) -> None:
    """导入人员：任免审批表文件（.lrmx、.lrm）、存放它们的文件夹、Excel 名册。"""
    if (into is None) == (roster is None) or (update and into is None):
        raise UsageRefused(Fault("usage", "请写 --into 案件.json（可加 --update）或 --roster 名册.xlsx，二者选一"))
    office = _office(context)
    taken = office.people(sources, sheet)
    if into is not None:
        report = office.bring_in(taken, into, update=update)
        _show(report.said(), report.lines(), report.to_json(), as_json=as_json)
        refused = report.refused
    elif roster is not None:
        count = office.table(taken, roster)
        said = {"roster": str(roster), "people": count, "faults": [fault.to_json() for fault in taken.all_faults]}
        _show(taken.all_faults, [f"已汇总 {count} 人：{roster}"], said, as_json=as_json)
        refused = any(fault.severity is Severity.ERROR for fault in taken.all_faults)
    sys.exit(1 if refused else 0)


@click.command(cls=ChineseCommand)
@click.argument("case", metavar="案件.json", type=FILE)
@click.option("--lrmx", "folder", type=FILE, metavar="文件夹", required=True, help="任免审批表文件（.lrmx）存到哪里")
@json_option()
@click.pass_context
def export(context: click.Context, case: Path, *, folder: Path, as_json: bool) -> None:
    """把一个案件的考察对象写成任免审批表文件（.lrmx），一人一个。"""
    report = _office(context).export(case, folder)
    _show(report.faults, report.lines(), report.to_json(), as_json=as_json)


@click.command(cls=ChineseCommand)
@click.argument("sources", metavar="文件或文件夹 …", type=FILE, nargs=-1, required=True)
@click.argument("roster", metavar="名册.xlsx", type=FILE)
@_SHEET
@json_option()
@click.pass_context
def compare(context: click.Context, sources: Sequence[Path], roster: Path, *, sheet: str | None, as_json: bool) -> None:
    """任免审批表文件与名册逐项对照，列出每一处不同。"""
    report = _office(context).compare(sources, roster, sheet)
    _show(report.faults, report.lines(), report.to_json(), as_json=as_json)
    sys.exit(1 if report.differs else 0)


def _show(faults: Sequence[Fault], lines: Iterable[str], data: object, *, as_json: bool) -> None:
    if as_json:
        show_json(data)
        return
    show_faults(faults)
    for line in lines:
        click.echo(line)


def _office(context: click.Context) -> ExchangeOffice:
    # The reader of rosters, which no other command should have to load.
    from doc_forms.office.exchange import ExchangeOffice  # noqa: PLC0415

    return ExchangeOffice(context.find_root().params["library"])
