"""The commands: each parses its words, calls one verb of the office, shows the answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from doc_forms.cli.archiving import archive, verify
from doc_forms.cli.console import FILE, FOLDER, ChineseCommand, ChineseGroup, Progress, json_option
from doc_forms.cli.console import MARKS as _MARKS
from doc_forms.cli.console import show_faults as _show_faults
from doc_forms.cli.console import show_json as _show_json
from doc_forms.cli.exchanging import compare, export, import_
from doc_forms.cli.opening import REGISTERED, open_
from doc_forms.cli.recording import numbers, records, remember_address
from doc_forms.cli.statuses import INTERRUPTED
from doc_forms.errors import Fault, Place, Severity, UsageRefused
from doc_forms.form import PartialDate
from doc_forms.office import Merged, MergeOptions, Office, RecordsChoice, worst


@click.group(cls=ChineseGroup, name="doc-forms", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--library", type=FOLDER, metavar="文件夹", help="使用本单位自己的模板库（默认：内置模板库）")
@click.option(
    "--records",
    metavar="台账",
    envvar="DOC_FORMS_RECORDS",
    help="台账：文件路径或 PostgreSQL 地址（默认在本人数据文件夹）",
)
@click.option("--no-records", is_flag=True, help="这一次生成的文书不登记台账")
@json_option(exposed=False)
@click.version_option(package_name="doc-forms", message="doc-forms %(version)s", help="显示版本")
@click.pass_context
def main(context: click.Context, library: Path | None, records: str | None, *, no_records: bool) -> None:
    """干部选拔任用文书：一次录入，校验、生成、批量合并。"""
    context.obj = library
    if records == "" and context.get_parameter_source("records") is ParameterSource.COMMANDLINE:
        raise UsageRefused(Fault("records-url", "--records 后面没有写台账的位置"))
    remember_address(context, records)
    context.meta[REGISTERED] = RecordsChoice(records or None, registers=not no_records)


def _office(context: click.Context) -> Office:
    return Office(context.obj, context.meta[REGISTERED])


@main.command(cls=ChineseCommand)
@json_option()
@click.pass_context
def kinds(context: click.Context, *, as_json: bool) -> None:
    """列出全部文书种类：代号、名称、依据条款。"""
    found = _office(context).kinds()
    if as_json:
        _show_json([{"stem": kind.stem, "title": kind.title, "articles": kind.articles} for kind in found])
        return
    if not found:
        click.echo("模板库里还没有文书种类。")
    width = max((len(kind.stem) for kind in found), default=0)
    for kind in found:
        articles = "、".join(str(number) for number in kind.articles)
        click.echo(f"{kind.stem:<{width}}  {kind.title}{f'（第 {articles} 条）' if articles else ''}")


@main.command(cls=ChineseCommand)
@click.argument("kind", metavar="种类")
@click.argument("file", metavar="名册.xlsx", type=FILE)
@json_option()
@click.pass_context
def roster(context: click.Context, kind: str, file: Path, *, as_json: bool) -> None:
    """生成一份空白名册，交给经办人填写。"""
    path = _office(context).roster(kind, file)
    if as_json:
        _show_json({"path": str(path)})
        return
    click.echo(f"已生成空白名册：{path}")


@main.command(cls=ChineseCommand)
@click.argument("kind", metavar="种类")
@click.argument("data", metavar="数据.json", type=FILE)
@click.option("--out", type=FOLDER, metavar="文件夹", required=True, help="文书存到哪里")
@click.option("--template", type=FILE, metavar="模板.docx", help="改用另一个模板")
@click.option("--pdf", is_flag=True, help="同时生成 PDF（需要 LibreOffice）")
@json_option()
@click.pass_context
def fill(  # noqa: PLR0913 - one argument an option
    context: click.Context, kind: str, data: Path, *, out: Path, template: Path | None, pdf: bool, as_json: bool
) -> None:
    """用一个数据文件填写一份文书。"""
    paper = _office(context).fill(kind, data, out, template=template, pdf=pdf)
    if as_json:
        _show_json(paper.to_json())
    else:
        _show_faults([*paper.warnings, *paper.no_pdf])
        click.echo(f"{'已生成' if paper.written else '已有相同的文书，未重做'}：{paper.path}")
        if paper.workbook:
            click.echo(f"Excel 工作簿：{paper.workbook}")
        if paper.pdf:
            click.echo(f"PDF：{paper.pdf}")
    if paper.no_pdf:
        sys.exit(1)


@main.command(cls=ChineseCommand)
@click.argument("kind", metavar="种类")
@click.argument("roster", metavar="名册.xlsx", type=FILE)
@click.option("--out", type=FOLDER, metavar="文件夹", required=True, help="文书和回执存到哪里")
@click.option("--template", type=FILE, metavar="模板.docx", help="改用另一个模板")
@click.option("--sheet", metavar="工作表", help="名册在哪个工作表（只有一个时不必写）")
@click.option("--one-file", is_flag=True, help="合成一个文件，便于一次打印")
@click.option("--pdf", is_flag=True, help="同时生成 PDF（需要 LibreOffice）")
@click.option("--jobs", type=click.IntRange(min=1), metavar="数目", help="同时使用几个进程（默认：自动）")
@click.option("--check", is_flag=True, help="只核对并写回执，不生成文书")
@json_option()
@click.pass_context
def merge(context: click.Context, /, kind: str, roster: Path, *, as_json: bool, **chosen: Any) -> None:
    """按名册批量生成：一行一份，有误的行不影响其他行。"""
    if chosen["check"] and (chosen["one_file"] or chosen["pdf"]):
        message = "--check 只核对，不能与 --one-file 或 --pdf 同用"
        raise UsageRefused(Fault("usage", message))
    options = MergeOptions(
        check=chosen["check"], one_file=chosen["one_file"], jobs=chosen["jobs"] or 0, sheet=chosen["sheet"]
    )
    with Progress() as progress:
        report = _office(context).merge(
            kind,
            roster,
            chosen["out"],
            template=chosen["template"],
            options=options,
            pdf=chosen["pdf"],
            progress=progress,
        )
    if as_json:
        _show_json(report.to_json())
    else:
        _show_merged(report, options)
    if report.interrupted:
        sys.exit(INTERRUPTED)
    if report.refused or report.refused_items or report.no_pdf:
        sys.exit(1)


@main.command(cls=ChineseCommand, name="open-data")
@click.argument("file", metavar="文书.docx", type=FILE)
@json_option()
@click.pass_context
def open_data(context: click.Context, file: Path, *, as_json: bool) -> None:
    """从本程序生成的文书里取回填写它的数据（JSON）；公开发布的文书不带数据。"""
    identity = _office(context).open_data(file)
    if as_json:
        said = {"kind": identity.kind, "version": identity.version, "number": identity.number}
        _show_json({**said, "data_sha256": identity.data_sha256, "data": identity.data})
    elif identity.data is None:
        message = "是公开发布的文书或合并打印稿，按规定不带未印出的数据"
        raise UsageRefused(Fault("identity-published", message, Place(file=file.name)))
    else:
        _show_json(identity.data)


@main.command(cls=ChineseCommand)
@click.argument("files", metavar="[模板.docx …]", type=FILE, nargs=-1)
@click.option("--kind", metavar="种类", help="这些模板是哪一种文书（文件名看得出时不必写）")
@json_option()
@click.pass_context
def lint(context: click.Context, files: Sequence[Path], kind: str | None, *, as_json: bool) -> None:
    """检查模板：标记、字段、字体、表格和遗留痕迹。"""
    findings = _office(context).lint(files, kind)
    if as_json:
        _show_json({name: [fault.to_json() for fault in faults] for name, faults in findings.items()})
    else:
        for name, faults in findings.items():
            serious = [fault for fault in faults if fault.severity is not Severity.NOTE]
            notes = "；".join(fault.message for fault in faults if fault.severity is Severity.NOTE)
            click.echo(
                f"{name}：{f'{len(serious)} 处需要处理' if serious else '没有问题'}{f'（{notes}）' if notes else ''}"
            )
            for fault in serious:
                click.echo(f"  {_MARKS[fault.severity]} {fault} [{fault.code}]")
    if any(worst(faults) is Severity.ERROR for faults in findings.values()):
        sys.exit(1)


def _on_a_case(command: Callable[..., None]) -> Callable[..., None]:
    """Add what every command about a case takes: the file, the day, the settings and the calendars."""
    for option in (
        click.option(
            "--calendar", "calendars", type=FILE, multiple=True, metavar="放假安排.json", help="补充某一年的放假安排"
        ),
        click.option(
            "--settings",
            type=FILE,
            metavar="解释口径.json",
            help="本单位的解释口径（默认：案件旁的 interpretation.json）",
        ),
        click.option("--as-of", metavar="日期", help="按哪一天的情况核对（默认：今天）"),
        click.argument("case", metavar="案件.json", type=FILE),
    ):
        command = option(command)
    return command


@main.command(cls=ChineseCommand)
@_on_a_case
@json_option()
@click.pass_context
def check(context: click.Context, /, case: Path, *, as_of: str | None, as_json: bool, **files: Any) -> None:
    """按规定逐条核对一个案件：不符合的、需注意的、尚不能判断的。"""
    report = _office(context).check(case, as_of=_day(as_of), **files)
    if as_json:
        _show_json(report.to_json())
    else:
        _show_faults(report.warnings)
        for line in report.lines():
            click.echo(line)
    if report.refused:
        sys.exit(1)


@main.command(cls=ChineseCommand)
@_on_a_case
@click.option("--out", type=FOLDER, metavar="文件夹", required=True, help="文书存到哪里")
@click.option("--reason", metavar="理由", default="", help="有需注意之处仍要办理的理由，记入同一文件夹的办理说明")
@click.option("--pdf", is_flag=True, help="同时生成 PDF（需要 LibreOffice）")
@json_option()
@click.pass_context
def papers(
    context: click.Context, /, case: Path, *, out: Path, as_of: str | None, as_json: bool, **chosen: Any
) -> None:
    """由一个案件生成现在可以出的全部文书，并说明其余为何不能。"""
    folder = _office(context).papers(case, out, as_of=_day(as_of), **chosen)
    if as_json:
        _show_json(folder.to_json())
    else:
        _show_faults(folder.no_pdf)
        for line in folder.lines():
            click.echo(line)
        if folder.waits_for_reason:
            click.echo("需说明理由的，加 --reason 重新运行即可生成。")
    if folder.refused or folder.no_pdf:
        sys.exit(1)


@main.command(cls=ChineseCommand)
@_on_a_case
@json_option()
@click.pass_context
def todo(context: click.Context, /, case: Path, *, as_of: str | None, as_json: bool, **files: Any) -> None:
    """一个案件的清单：各步骤、文书、期限。"""
    found = _office(context).todo(case, as_of=_day(as_of), **files)
    if as_json:
        _show_json(found.to_json())
    else:
        for line in found.lines():
            click.echo(line)
    if found.refused:
        sys.exit(1)


@main.command(cls=ChineseCommand)
@click.argument("number", metavar="[条]", type=int, required=False)
@json_option()
@click.pass_context
def articles(context: click.Context, number: int | None, *, as_json: bool) -> None:
    """列出规定各条：规则、文书，或由谁判断。"""
    found = _office(context).articles(number)
    if as_json:
        _show_json([entry.to_json() for entry in found])
        return
    for entry in found:
        for line in entry.lines():
            click.echo(line)


main.add_command(open_)
main.add_command(records)
main.add_command(numbers)
main.add_command(archive)
main.add_command(verify)
main.add_command(import_)
main.add_command(export)
main.add_command(compare)


def _day(text: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError as error:
        raise UsageRefused(Fault("as-of", f"--as-of {error}")) from None


def _show_merged(report: Merged, options: MergeOptions) -> None:
    _show_faults([*report.faults, *report.notices])
    _show_faults(report.no_pdf)
    if report.refused > len(report.faults) > 0:
        click.echo("（其余见回执）")
    if options.check:
        good = report.rows - report.refused
        click.echo(f"已核对 {report.rows} 行：{good} 行可以生成，{report.refused} 行有误。没有生成文书。")
    else:
        words = [f"已生成 {report.made} 份"]
        if report.kept:
            words.append(f"{report.kept} 份已有、未重做")
        if report.refused:
            words.append(f"{report.refused} 行有误")
        click.echo("，".join(words) + "。" + ("已中断，重新运行同一命令即可接着做。" if report.interrupted else ""))
        click.echo(f"文书：{report.combined or report.folder}")
    if report.pdfs:
        click.echo(f"PDF：{len(report.pdfs)} 份，在同一文件夹")
    click.echo(f"回执：{report.receipt}")
