"""Chinese help and usage lines for click, and the progress line of long work."""

from __future__ import annotations

import difflib
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import click

from doc_forms.errors import Fault, Severity

MARKS = {Severity.ERROR: "✕", Severity.WARNING: "▲", Severity.NOTE: "·"}
"""What stands before a fault, by how much it weighs."""
_AS_JSON = "doc_forms.json"
"""Where click's shared settings say that an answer is wanted as data."""
FILE = click.Path(path_type=Path, readable=False)
FOLDER = click.Path(file_okay=False, path_type=Path, readable=False)
"""Whether it may be read is said by whoever reads it, in Chinese."""
Decorated = TypeVar("Decorated", bound=Callable[..., Any])
_SHOWN = 20
_QUIET_SECONDS = 0.5
_BETWEEN_SECONDS = 0.1


class _ChineseHelp:
    """Click's help page with Chinese headings."""

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how to call the command."""
        pieces = " ".join(self.collect_usage_pieces(context))  # type: ignore[attr-defined]  # click.Command's
        formatter.write_usage(context.command_path, pieces, prefix="用法：")

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands of a group."""
        options = [item for item in self.get_params(context) if isinstance(item, click.Option)]  # type: ignore[attr-defined]
        records = [_said_in_chinese(record) for item in options if (record := item.get_help_record(context))]
        if records:
            with formatter.section("选项"):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(context, formatter)


class ChineseCommand(_ChineseHelp, click.Command):
    """A command whose help is Chinese."""

    def get_help_option(self, context: click.Context) -> click.Option | None:
        """Click's help option with a Chinese explanation."""
        return _in_chinese(super().get_help_option(context))

    def collect_usage_pieces(self, context: click.Context) -> list[str]:
        """The pieces of the usage line."""
        return [piece.replace("[OPTIONS]", "[选项]") for piece in super().collect_usage_pieces(context)]


class ChineseGroup(_ChineseHelp, click.Group):
    """A group of commands whose help is Chinese."""

    def get_help_option(self, context: click.Context) -> click.Option | None:
        """Click's help option with a Chinese explanation."""
        return _in_chinese(super().get_help_option(context))

    def collect_usage_pieces(self, context: click.Context) -> list[str]:
        """The pieces of the usage line."""
        return ["[选项] 命令 …"] if self.commands else super().collect_usage_pieces(context)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their first lines, in the order of the procedure (not by letter)."""
        del context
        rows = [(name, self.commands[name].get_short_help_str(80)) for name in self.commands]
        with formatter.section("命令"):
            formatter.write_dl(rows)


def _said_in_chinese(record: tuple[str, str]) -> tuple[str, str]:
    """Click's remarks on an option, in Chinese."""
    name, text = record
    return name, text.replace("[required]", "（必填）").replace("[x>=1]", "（至少 1）")


def _in_chinese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示帮助"
    return option


def usage_line(error: click.UsageError) -> str:
    """Say in one Chinese line what is wrong with a call and how to see the right one."""
    command = error.ctx.command_path if error.ctx else "doc-forms"
    reason = _reason(error)
    return f"{reason}{'' if reason.endswith('？') else '；'}用法见 {command} --help"


def _reason(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        close = f"，是否为 {error.possibilities[0]}？" if error.possibilities else ""
        return f"没有选项 {error.option_name}{close}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"缺少 {_name(error.param)}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{_name(error.param)} 的值不对{_wanted(error.param)}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 用法不对（可能缺少它的值）"
    message = error.format_message()
    if "No such command" in message:
        said = message.split(chr(39))[1] if "'" in message else ""
        meant = difflib.get_close_matches(said, _commands(error), 1)
        return f"没有命令 {said}{f'，是否为 {meant[0]}？' if meant else ''}" if said else "没有这个命令"
    if isinstance(error, click.exceptions.NoArgsIsHelpError) or "Missing command" in message:
        return f"没有写命令，可用：{'、'.join(_commands(error))}"
    if "unexpected extra argument" in message:
        return "多写了参数"
    return "命令写法不对"


def _commands(error: click.UsageError) -> list[str]:
    """The commands of the group that the call is about."""
    group = error.ctx.command if error.ctx else None
    return group.list_commands(error.ctx) if isinstance(group, click.Group) and error.ctx else []


def _wanted(parameter: click.Parameter) -> str:
    """What a parameter takes, where one word says it."""
    wanted = parameter.type
    if isinstance(wanted, click.Path) and not wanted.file_okay:
        return "，应为文件夹"
    if isinstance(wanted, click.IntRange) and wanted.max is not None:
        return f"，应为 {wanted.min} 至 {wanted.max} 的整数"
    if isinstance(wanted, click.IntRange):
        return f"，应为不小于 {wanted.min} 的整数"
    if isinstance(wanted, click.Choice):
        return f"，应为 {'、'.join(str(choice) for choice in wanted.choices)} 之一"
    return "，应为整数" if wanted is click.INT else ""


def _name(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.metavar or parameter.human_readable_name


def json_option(*, exposed: bool = True) -> Callable[[Decorated], Decorated]:
    """Give the option `--json`, which may stand before the command as well as behind it."""
    return click.option(
        "--json",
        "as_json",
        is_flag=True,
        expose_value=exposed,
        is_eager=not exposed,
        callback=_as_json,
        help="以 JSON 给出结果，供程序使用",
    )


def _as_json(context: click.Context, _option: click.Parameter, value: bool) -> bool:  # noqa: FBT001 - click's call
    context.meta[_AS_JSON] = value or context.meta.get(_AS_JSON, False)
    return bool(context.meta[_AS_JSON])


def show_faults(faults: Iterable[Fault]) -> None:
    """Complain of the first faults, a line each, and say how many more there are."""
    shown = list(faults)
    for fault in shown[:_SHOWN]:
        click.echo(f"{MARKS[fault.severity]} {fault}", err=True)
    if len(shown) > _SHOWN:
        click.echo(f"……另有 {len(shown) - _SHOWN} 处", err=True)


def show_json(value: Any) -> None:
    """Print a result for programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


class Progress:
    """One line on the terminal with count, rate and time left; silent elsewhere and on short work."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._doing, self._since, self._last, self._shown = "", 0.0, 0.0, False

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Take note of how far the work is."""
        if not self._live:
            return
        now = time.monotonic()
        if doing != self._doing:
            self._doing, self._since = doing, now
        if now - self._since < _QUIET_SECONDS or now - self._last < _BETWEEN_SECONDS:
            return
        self._last, self._shown = now, True
        rate = done / (now - self._since)
        left = f"，约剩 {_duration((total - done) / rate)}" if total and rate else ""
        count = f"{done}/{total}" if total else str(done)
        click.echo(f"\r\033[K{doing} {count}，每秒 {rate:.0f} 份{left}", nl=False, err=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
