"""The tag language by list: what is not allowed here is refused when the template is compiled.

A template is data from outside, and a sandbox bounds neither time nor memory. So a tag may name fields of
its kind, loop over its lists, ask `loop.*`, compare, join conditions with and/or/not, and use the filters
below. Nothing else compiles: no calls, no arithmetic, no ranges, no macros, no includes.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from doc_forms.errors import Fault, Place
from doc_forms.form import Part, PartialDate
from doc_forms.template.conditions import Path, Scope, condition_faults
from doc_forms.template.scan import Tag

_COUNTED = Scope((), None, is_number=True)
_LOOP_NAMES = {
    **dict.fromkeys(("index", "index0", "revindex", "length"), _COUNTED),
    **dict.fromkeys(("first", "last"), Scope((), None)),
}
_DEEPEST_LOOP = 3
_LONGEST_TAG = 500
"""Characters; what is longer nests deeper than Jinja compiles."""
_TOO_MUCH = f"标记太长或套得太深，请拆开（一个标记不超过 {_LONGEST_TAG} 字）"
_JOIN = "顿号"
_PLAIN_NODES = (nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Const)


def _chinese_date(text: str) -> str:
    date = _date(text)
    return date.chinese if date else text


def _dotted_date(text: str) -> str:
    date = _date(text)
    return date.dotted if date else text


def _date(text: str) -> PartialDate | None:
    """The date that the text is; None for what a blank prints (／) and for other words, which stay as they are."""
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def _spread(name: str) -> str:
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name  # noqa: PLR2004 - two-character names


def _unbroken(number: str) -> str:
    return number.replace("-", UNBROKEN_HYPHEN)


UNBROKEN_HYPHEN = "\u2011"
"""Prints like a hyphen, and no line ends behind it."""
FILTERS: dict[str, Callable[..., str]] = {
    "年月日": _chinese_date,
    "点": _dotted_date,
    "撑开": _spread,
    "不断行": _unbroken,
    _JOIN: "、".join,
}
"""年月日: 1978年3月; 点: 1978.03; 撑开: a two-character name set to three; 不断行: a telephone number that no
line end parts; 顿号: a list joined with 、."""


def make_environment() -> ImmutableSandboxedEnvironment:
    """Give a Jinja environment that holds our filters and nothing of its own."""
    environment = ImmutableSandboxedEnvironment(autoescape=True, keep_trailing_newline=True)
    environment.filters = dict(FILTERS)
    environment.globals = {}
    environment.tests = {}
    return environment


_PARSER = make_environment()
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_FULL_WIDTH = "＝！＜＞（），．｜"
"""Signs that a Chinese input method gives where a tag needs those of the other width."""


def _strange_sign(source: str) -> str:
    """What a person cannot see, or takes for the sign beside it on the keyboard; empty where there is none."""
    for sign in _QUOTED.sub("", source):
        if unicodedata.category(sign) == "Cf":
            return f"里有看不见的字符（U+{ord(sign):04X}），请删去后重新键入"
        if sign in _FULL_WIDTH:
            return f"里有全角符号“{sign}”，请改为半角"
    return ""


@dataclass
class Usage:
    """What a template does with each field: the paths that it prints and those that it asks about."""

    printed: set[Path] = field(default_factory=set)
    pictures: set[Path] = field(default_factory=set)
    """Those of the printed ones that are pictures."""
    tested: set[Path] = field(default_factory=set)


class Checker:
    """Checks the tags of one part against a form, in reading order."""

    def __init__(self, form: type[Part], usage: Usage) -> None:
        self._usage = usage
        self._root = Scope((), form)
        self._loops: list[tuple[str, Scope]] = []
        self._open: list[tuple[Tag, str]] = []

    def check(self, tags: Iterable[Tag], part: str) -> Iterator[Fault]:
        """Yield every fault, each at its tag's place."""
        for tag in tags:
            place = Place(part=part, spot=tag.spot)
            for message in self._bounded(tag):
                yield Fault("tag-refused", message, place)
        for tag, word in self._open:
            yield Fault("tag-unended", f"“{{% {tag.text} %}}”没有对应的 end{word}", Place(part=part, spot=tag.spot))

    def _bounded(self, tag: Tag) -> Iterable[str]:
        """Check one tag; one that is endless or nested beyond any sense is not even read."""
        try:
            return list(self._check(tag)) if len(tag.text) <= _LONGEST_TAG else [_TOO_MUCH]
        except RecursionError:
            return [_TOO_MUCH]

    def _check(self, tag: Tag) -> Iterator[str]:
        if tag.kind == "comment":
            return
        if tag.kind == "print":
            yield from self._expression(f"{{{{ {tag.text} }}}}", tag, self._usage.printed)
            return
        if tag.kind == "picture":
            yield from self._picture(tag)
            return
        word = tag.text.split(None, 1)[0]
        if word in ("for", "if"):
            yield from self._opening(tag, word)
        elif word in ("elif", "else"):
            yield from self._middle(tag, word)
        elif word in ("endfor", "endif") and tag.text == word:
            yield from self._ending(tag, word.removeprefix("end"))
        else:
            yield f"“{{% {tag.text} %}}”不是可用的标记；可用 for、if、elif、else"

    def _picture(self, tag: Tag) -> Iterator[str]:
        node = self._parse(f"{{{{ {tag.text} }}}}")
        output = node.body[0] if isinstance(node, nodes.Template) and len(node.body) == 1 else None
        named = output.nodes[0] if isinstance(output, nodes.Output) and len(output.nodes) == 1 else nodes.Const("")
        scope = self._resolve(named)
        if isinstance(scope, str):
            yield scope
        elif not scope.is_picture or scope.is_list:
            yield f"“{tag.text}”不是一张照片，不能用作图片的替换文字"
        else:
            self._usage.printed.add(scope.path)
            self._usage.pictures.add(scope.path)

    def _opening(self, tag: Tag, word: str) -> Iterator[str]:
        self._open.append((tag, word))
        if word == "if":
            yield from self._expression(f"{{% {tag.text} %}}{{% endif %}}", tag, self._usage.tested)
            return
        node = self._parse(f"{{% {tag.text} %}}{{% endfor %}}")
        loop = node.body[0] if isinstance(node, nodes.Template) and node.body else None
        plain = isinstance(loop, nodes.For) and not loop.test and not loop.recursive
        if not isinstance(loop, nodes.For) or not isinstance(loop.target, nodes.Name) or not plain:
            yield node if isinstance(node, str) else f"“{tag.text}”应写成“for 人 in 家庭成员”这样"
            self._loops.append(("", Scope((), None)))
            return
        scope = self._resolve(loop.iter)
        if isinstance(scope, str):
            yield scope
            scope = Scope((), None)
        elif not scope.is_list:
            yield f"“{'.'.join(scope.path)}”不是可以逐项列出的内容"
        else:
            self._usage.tested.add(scope.path)
        self._loops.append((loop.target.name, Scope(scope.path, scope.part, is_picture=scope.is_picture)))
        if len(self._loops) > _DEEPEST_LOOP:
            yield f"循环套得太深（最多 {_DEEPEST_LOOP} 层）"

    def _middle(self, tag: Tag, word: str) -> Iterator[str]:
        if not self._open or self._open[-1][1] != "if":
            yield f"“{word}”前面没有 if"
            return
        yield from self._same_place(self._open[-1][0], tag)
        if word == "elif":
            yield from self._expression(f"{{% {tag.text[2:]} %}}{{% endif %}}", tag, self._usage.tested)

    def _ending(self, tag: Tag, word: str) -> Iterator[str]:
        if not self._open or self._open[-1][1] != word:
            yield f"“end{word}”没有对应的 {word}"
            return
        opening, _ = self._open.pop()
        if word == "for":
            self._loops.pop()
        yield from self._same_place(opening, tag)

    @staticmethod
    def _same_place(opening: Tag, tag: Tag) -> Iterator[str]:
        if opening.level != tag.level or opening.holder is not tag.holder:
            where = {"p": "同一单元格或正文", "tr": "同一表格", "tc": "同一行"}.get(opening.level, "同一段")
            ends = f"“{{%{tag.level} {tag.text} %}}”与{opening.spot}的“{opening.text}”不成对"
            if opening.level == tag.level == "" and opening.spot == tag.spot:
                yield f"{ends}：一端在超链接、内容控件、修订等之内，另一端在外，请移到一起"
            else:
                yield f"{ends}：两端要写法相同并在{where}里"

    def _parse(self, source: str) -> nodes.Template | str:
        try:
            return _PARSER.parse(source)
        except TemplateSyntaxError:
            shown = source.partition("{% end")[0]
            return f"“{shown}”{_strange_sign(shown) or '写法不对，请检查括号、引号和拼写'}"

    def _expression(self, source: str, tag: Tag, uses: set[Path]) -> Iterator[str]:
        node = self._parse(source)
        if isinstance(node, str):
            yield node
            return
        inner = node.body[0] if node.body else node
        roots = [inner.test] if isinstance(inner, nodes.If) else getattr(inner, "nodes", [])
        for root in roots:
            yield from self._walk(root, tag, uses)
        if isinstance(inner, nodes.If):
            yield from condition_faults(inner.test, self._resolve)

    def _walk(self, node: nodes.Node, tag: Tag, uses: set[Path]) -> Iterator[str]:
        if isinstance(node, nodes.Name | nodes.Getattr):
            yield from self._name(node, uses)
        elif isinstance(node, nodes.Filter):
            yield from self._filter(node, tag, uses)
        elif isinstance(node, _PLAIN_NODES):
            if isinstance(node, nodes.Const) and tag.kind == "print":
                yield f"“{tag.text}”不是字段"
            for child in node.iter_child_nodes():
                yield from self._walk(child, tag, uses)
        elif isinstance(node, nodes.List | nodes.Tuple) and tag.kind == "block":
            for child in node.items:
                yield from self._walk(child, tag, uses)
        else:
            yield f"“{tag.text}”用了不允许的写法；标记里只能写字段、比较、and、or、not 和规定的过滤器"

    def _filter(self, node: nodes.Filter, tag: Tag, uses: set[Path]) -> Iterator[str]:
        if node.name not in FILTERS or node.args or node.kwargs or node.node is None:
            yield f"没有过滤器“{node.name}”；可用：{'、'.join(FILTERS)}"
            return
        if node.name != _JOIN:
            yield from self._walk(node.node, tag, uses)
            return
        scope = self._resolve(node.node)
        if isinstance(scope, str):
            yield scope
        elif not scope.is_list or scope.part is not None or scope.is_picture:
            yield f"“{_JOIN}”只用于一串文字，“{'.'.join(scope.path)}”不是"
        else:
            uses.add(scope.path)

    def _name(self, node: nodes.Name | nodes.Getattr, uses: set[Path]) -> Iterator[str]:
        scope = self._resolve(node)
        if isinstance(scope, str):
            yield scope
        elif uses is self._usage.printed and scope.part is not None and scope.path:
            last = scope.path[-1]
            yield f"“{last}”是一组内容，不能直接印出；请写它的字段，如“{last}.{scope.part.fields()[0].title}”"
        elif uses is self._usage.printed and scope.is_picture:
            yield f"“{scope.path[-1]}”是照片，不能印成文字；请在模板里放一张图片，把它的替换文字写成这个标记"
        elif uses is self._usage.printed and scope.is_list:
            yield f"“{scope.path[-1]}”有多项，请用循环逐项写出，或写成“{scope.path[-1]}|{_JOIN}”"
        elif scope.path:
            uses.add(scope.path)

    def _resolve(self, node: nodes.Node) -> Scope | str:
        """Give what a name stands for, or the fault's message."""
        if isinstance(node, nodes.Name):
            if node.name == "loop" and self._loops:
                return Scope((), None)
            for name, scope in reversed(self._loops):
                if name == node.name:
                    return scope
            return self._member(self._root, node.name)
        if not isinstance(node, nodes.Getattr):
            return "这里只能写字段名"
        if isinstance(node.node, nodes.Name) and node.node.name == "loop" and self._loops:
            return _LOOP_NAMES.get(node.attr) or f"没有“loop.{node.attr}”"
        holder = self._resolve(node.node)
        return holder if isinstance(holder, str) else self._member(holder, node.attr)

    def _member(self, holder: Scope, title: str) -> Scope | str:
        if holder.part is None or holder.is_list:
            return f"“{'.'.join(holder.path)}”里没有“{title}”" if holder.path else f"没有字段“{title}”"
        titles = {spec.title: spec for spec in holder.part.fields()}
        if title not in titles:
            names = [*titles, *(name for name, _ in self._loops)]
            close = difflib.get_close_matches(title, names, n=1, cutoff=0.4)
            hint = f"，是否为“{close[0]}”？" if close else ""
            inside = f"“{'.'.join(holder.path)}”里" if holder.path else ""
            return f"{inside}没有字段“{title}”{hint}"
        spec = titles[title]
        return Scope((*holder.path, title), spec.part, spec.shape == "list", spec.note.picture, spec)
