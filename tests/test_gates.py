"""A document that lost something, shows a tag or is not whole never gets its name."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from word_templates import FACTS, Sheet, lines, package_of, row_table, sheet

from doc_forms.errors import PaperRefused
from doc_forms.gates import check_document, check_part, facts_of
from doc_forms.template import Filled, Template, compile_template

BODY = "word/document.xml"
TEMPLATE = lines("{{ 姓名 }}，{{ 职务 }}", "{{ 备注 }}", "{{ 决定日期 }} {{ 抄送|顿号 }}", *itertools.repeat("末段", 2))


def filled(template: Template, **changes: object) -> Filled:
    return template.fill(sheet(**changes).context())


def refusals(made: Filled, template: Template, facts: list[str]) -> list[str]:
    with pytest.raises(PaperRefused) as caught:
        check_document(made, facts, len(template.package.parts))
    return [f"{fault.code} {fault.message}" for fault in caught.value.faults]


@pytest.fixture(scope="module")
def template() -> Template:
    return compile_template(TEMPLATE, Sheet)


def altered(made: Filled, old: str, new: str) -> Filled:
    """The document with its body made wrong by hand."""
    text = made.parts[BODY].decode()
    assert old in text
    return dataclasses.replace(made, parts={**made.parts, BODY: text.replace(old, new, 1).encode()})


def facts(**changes: object) -> list[str]:
    form = sheet(**{"家庭成员": [], **changes})
    return facts_of(form, form.context())


def test_a_whole_document_passes(template: Template) -> None:
    check_document(filled(template), facts(), len(template.package.parts))


def test_a_value_that_got_lost_is_noticed(template: Template) -> None:
    lost = refusals(altered(filled(template), "周示范", ""), template, facts())
    assert lost == ["gate-lost 填入的内容有缺失（第 3 字一段），没有保存；请检查模板"]


def test_a_line_of_a_value_that_got_lost_is_noticed(template: Template) -> None:
    lost = refusals(altered(filled(template), "第二行", ""), template, facts())
    assert [line.split()[0] for line in lost] == ["gate-lost"]


def test_a_value_that_changed_on_the_way_is_noticed(template: Template) -> None:
    changed = refusals(altered(filled(template, 职务="甲 & 乙"), "甲 &amp; 乙", "甲  乙"), template, facts())
    assert [line.split()[0] for line in changed] == ["gate-lost"]


def test_values_in_another_order_are_noticed(template: Template) -> None:
    made = altered(filled(template), "周示范", "@")
    swapped = altered(altered(made, "示例学院党委组织部部长", "周示范"), "@", "示例学院党委组织部部长")
    assert [line.split()[0] for line in refusals(swapped, template, facts())] == ["gate-lost"]


@pytest.mark.parametrize("tag", ["{{ 姓名 }}", "{% if 备注 %}", "｛｛姓名｝｝", "%}", "}}", "｛% 甲", "{％ if 甲"])
def test_a_tag_that_is_left_is_noticed(template: Template, tag: str) -> None:
    left = refusals(altered(filled(template), "末段", f"末段{tag}"), template, facts())
    assert left[0].startswith("gate-tag 文书中留有没有填写的标记“")


@pytest.mark.parametrize("wrong", ["</w:t>", "<w:t>", "&", "\x01", "&nbsp;"])
def test_xml_that_is_not_well_formed_is_noticed(template: Template, wrong: str) -> None:
    broken = refusals(altered(filled(template), "末段", wrong), template, facts())
    assert broken[0].startswith("gate-xml 生成的文书不完整（word/document.xml：")


def test_a_fact_that_the_template_does_not_print_is_noticed(template: Template) -> None:
    lost = refusals(filled(template), template, facts(家庭成员=FACTS["家庭成员"]))
    assert "gate-unprinted “林示例”没有印在文书上，没有保存；请检查模板或这一项是否适用" in lost
    assert "gate-unprinted “周䶮”没有印在文书上，没有保存；请检查模板或这一项是否适用" in lost


def test_a_fact_is_found_spread_out_or_in_either_form_of_a_date() -> None:
    package = lines("{{ 姓名|撑开 }} {{ 职务 }} {{ 决定日期|点 }}")
    template = compile_template(package, Sheet)
    changes: dict[str, object] = {"姓名": "张三", "备注": None, "抄送": [], "家庭成员": []}
    made = filled(template, **changes)
    check_document(made, facts(**changes), len(package.parts))
    assert "张\u3000三" in made.printed[BODY]


def test_a_row_that_got_lost_is_noticed() -> None:
    template = compile_template(package_of(row_table()), Sheet)
    made = altered(filled(template), "周䶮", "")
    assert [line.split()[0] for line in refusals(made, template, [])] == ["gate-lost"]


@pytest.mark.parametrize("cut", [1, 22, 23, 500])
def test_a_package_that_is_cut_off_is_noticed(template: Template, cut: int) -> None:
    made = filled(template)
    cut_off = dataclasses.replace(made, package=made.package[:-cut])
    assert refusals(cut_off, template, facts()) == ["gate-package 生成的文件包不完整，没有保存"]


def test_a_package_without_one_of_its_members_is_noticed(template: Template) -> None:
    made = filled(template)
    fewer = dataclasses.replace(made, package=template.base.with_members({}))
    assert refusals(fewer, template, facts()) == ["gate-package 生成的文件包不完整，没有保存"]


def test_every_reason_is_told_at_once(template: Template) -> None:
    made = altered(altered(filled(template), "末段", "{{ 甲 }}"), "周示范", "")
    broken = dataclasses.replace(made, package=made.package[:-1])
    assert [line.split()[0] for line in refusals(broken, template, facts())] == [
        "gate-tag",
        "gate-lost",
        "gate-package",
    ]


def test_a_message_about_a_lost_value_does_not_repeat_the_value() -> None:
    with pytest.raises(PaperRefused) as caught:
        check_part(BODY, b"<a/>", ["11010519491231002X"])
    assert "11010519491231002X" not in str(caught.value)
