"""What a condition may ask, so that its answer can be both yes and no.

Everything that a form hands to its template is text, also numbers and 是 or 否. So a field that always prints
something is always "filled", 9 is more than 10, and a word that the field cannot hold is never met. Each
would print wrongly without a word; here it is told when the template is compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jinja2 import nodes

from doc_forms.form import NO_LINE, FieldSpec, Part

Path = tuple[str, ...]

_YES_NO = ("是", "否")
_ORDER = {"lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
_MANY = 6


@dataclass(frozen=True)
class Scope:
    """What a name stands for: a part's path, or a value's path (part is None)."""

    path: Path
    part: type[Part] | None
    is_list: bool = False
    is_picture: bool = False
    spec: FieldSpec | None = None
    """The field; None for `loop`, what is counted in it, and an item of a list."""
    is_number: bool = False
    """Whether it is a number that a loop counts."""


Resolve = Callable[[nodes.Node], Scope | str]
"""Gives what a name stands for, or a message where there is no such name (told elsewhere)."""


def condition_faults(node: nodes.Node, resolve: Resolve) -> Iterator[str]:
    """Yield what makes a condition answer otherwise than its writer means."""
    if isinstance(node, nodes.And | nodes.Or | nodes.Not):
        for child in node.iter_child_nodes():
            yield from condition_faults(child, resolve)
    elif isinstance(node, nodes.Compare):
        yield from _compared(node, resolve)
    elif isinstance(node, nodes.Name | nodes.Getattr):
        scope = resolve(node)
        if isinstance(scope, Scope) and scope.spec and not scope.is_list:
            yield from _always_filled(scope.spec, written(node))


def _always_filled(spec: FieldSpec, name: str) -> Iterator[str]:
    if spec.note.choices == _YES_NO and (spec.required or spec.computed or spec.blank):
        yield f'“{spec.title}”总是“是”或“否”，不会是空的；请写成 {name} == "是"'
    elif spec.blank not in ("", NO_LINE):
        yield f'“{spec.title}”没有填时印“{spec.blank}”，不会是空的；请写成 {name} != "{spec.blank}"'


def _compared(node: nodes.Compare, resolve: Resolve) -> Iterator[str]:
    sides = [node.expr, *(operand.expr for operand in node.ops)]
    found = [resolve(side) for side in sides if isinstance(side, nodes.Name | nodes.Getattr)]
    scopes = [scope for scope in found if isinstance(scope, Scope)]
    fields = [scope for scope in scopes if scope.path]
    constants = [constant.value for side in sides for constant in _constants(side)]
    counted = [scope for scope in scopes if scope.is_number]
    if not fields:
        words = [value for value in constants if isinstance(value, str)]
        if words and (counted or len(words) < len(constants)):
            yield f"“{words[0]}”应写成数字，不加引号"
        return
    title = fields[0].path[-1]
    orders = [_ORDER[operand.op] for operand in node.ops if operand.op in _ORDER]
    if orders or counted:
        sign = f"不能用“{orders[0]}”比大小" if orders else "不能与序数比较"
        yield f"“{title}”是文字，{sign}；大小只能是 loop.index 这样的序数与数字相比"
    yield from _many_compared(node, resolve)
    for value in constants:
        if isinstance(value, str):
            yield from _unknown_choice(fields, value)
        elif not orders:
            yield f'“{title}”是文字，要与加了引号的文字比较，如 {title} == "{value}"'


def _many_compared(node: nodes.Compare, resolve: Resolve) -> Iterator[str]:
    """A list is no text; only a list of texts may be asked whether something is in it."""
    asked = [(node.expr, "eq"), *((operand.expr, operand.op) for operand in node.ops)]
    for side, how in asked:
        scope = resolve(side) if isinstance(side, nodes.Name | nodes.Getattr) else None
        if not isinstance(scope, Scope) or not scope.path or not (scope.is_list or scope.part):
            continue
        if how not in ("in", "notin") or scope.part:
            yield f"“{scope.path[-1]}”有多项内容，不能这样比较；请比较其中的字段"


def _unknown_choice(fields: list[Scope], value: str) -> Iterator[str]:
    for scope in fields:
        spec = scope.spec
        if spec and spec.note.choices and value not in (*spec.note.choices, spec.blank, ""):
            listed = "、".join(spec.note.choices[:_MANY]) + ("等" if len(spec.note.choices) > _MANY else "")
            yield f"“{spec.title}”不会是“{value}”，只会是：{listed}"


def _constants(node: nodes.Node) -> Iterator[nodes.Const]:
    if isinstance(node, nodes.Const):
        yield node
    elif isinstance(node, nodes.List | nodes.Tuple):
        for item in node.items:
            yield from _constants(item)


def written(node: nodes.Name | nodes.Getattr) -> str:
    """Give a name as it stands in the tag."""
    if isinstance(node, nodes.Name):
        return node.name
    return f"{written(node.node)}.{node.attr}" if isinstance(node.node, nodes.Name | nodes.Getattr) else node.attr
