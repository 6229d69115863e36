"""What is so for every kind that is found, without naming one: a new pair of files is tested by being there."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doc_forms import Office, Severity
from doc_forms.errors import DataRefused
from doc_forms.form import Part
from doc_forms.form.reading import locate_in, read
from doc_forms.identity import PART, identity_of
from doc_forms.library import Kind, Library
from doc_forms.lint import lint_template
from doc_forms.making import Maker
from doc_forms.packages import open_template, template_from_bytes
from doc_forms.workbook import workbook_of

LIBRARY = Library()
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
STEMS = LIBRARY.stems
FILES = [file for stem in STEMS for file in sorted(EXAMPLES.glob(f"{stem}*.json"))]
Step = str | int
Path_ = tuple[Step, ...]


def kind_of(file: Path) -> Kind:
    """The longest stem that the example's name begins with."""
    return LIBRARY.kind(max((stem for stem in STEMS if file.stem.startswith(stem)), key=len))


def example(stem: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((EXAMPLES / f"{stem}.json").read_text("utf-8"))
    return values


@pytest.fixture(scope="module")
def makers() -> dict[str, Maker]:
    return {stem: Maker.open(LIBRARY.kind(stem)) for stem in STEMS}


def test_the_library_holds_the_eleven_papers_of_the_main_job() -> None:
    assert set(STEMS) >= {
        "appointment_notice",
        "assessment_ballot",
        "assessment_summary",
        "inspection_report",
        "interview_record",
        "opinion_form",
        "recommendation_ballot",
        "recommendation_interview",
        "recommendation_summary",
        "resignation_approval",
        "resignation_reply",
    }


@pytest.mark.parametrize("stem", STEMS)
def test_every_kind_has_an_example_and_articles_of_the_regulation(stem: str) -> None:
    kind = LIBRARY.kind(stem)
    assert (EXAMPLES / f"{stem}.json").is_file()
    assert kind.articles
    assert all(1 <= number <= 55 for number in kind.articles)


@pytest.mark.parametrize("stem", [stem for stem in STEMS if LIBRARY.kind(stem).form.about.roster])
def test_every_example_roster_is_merged_whole(stem: str, tmp_path: Path) -> None:
    report = Office().merge(stem, EXAMPLES / f"{stem}.xlsx", tmp_path)
    assert report.rows == report.made > 0
    assert not [fault for fault in report.faults if fault.severity is Severity.ERROR]
    assert "example-filled" not in {fault.code for fault in report.faults}  # its example row is the schema's


@pytest.mark.parametrize("stem", STEMS)
def test_no_template_has_anything_to_mend(stem: str) -> None:
    kind = LIBRARY.kind(stem)
    findings = lint_template(open_template(kind.template), kind)
    assert [str(fault) for fault in findings if fault.severity is not Severity.NOTE] == []


def test_templates_and_filled_examples_meet_the_schemas(
    tmp_path: Path, makers: dict[str, Maker], validate: Callable[..., None]
) -> None:
    filled = []
    for number, file in enumerate(FILES):
        kind = kind_of(file)
        form, _ = read(kind.form, json.loads(file.read_text("utf-8")), locate_in(file.name), EXAMPLES)
        path = tmp_path / f"{number}_{file.stem}.docx"
        path.write_bytes(makers[kind.stem].make(makers[kind.stem].draft(form)))
        filled.append(path)
    validate(*(LIBRARY.kind(stem).template for stem in STEMS), *filled)


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_every_example_is_filled_and_read_back(file: Path, makers: dict[str, Maker], tmp_path: Path) -> None:
    kind = kind_of(file)
    form, _ = read(kind.form, json.loads(file.read_text("utf-8")), locate_in(file.name), EXAMPLES)
    maker = makers[kind.stem]
    data = maker.make(maker.draft(form))
    path = tmp_path / "paper.docx"
    path.write_bytes(data)
    text = "".join("".join(node.itertext()) for node in docx.Document(str(path)).element.body)
    assert "{{" not in text
    made = template_from_bytes(data, "paper.docx")
    assert made.parts.keys() == {*maker.template.parts, PART, *maker.template.fill(form.context()).pictures}
    identity = identity_of(made)
    assert identity
    assert identity.kind == kind.stem
    assert identity.data == (None if kind.form.about.published else form.data())
    assert form.data() == read(kind.form, form.data(), locate_in(file.name), EXAMPLES)[0].data()


WITH_WORKBOOK = [stem for stem in STEMS if LIBRARY.kind(stem).form.about.workbook]


@pytest.mark.parametrize("stem", WITH_WORKBOOK)
def test_every_workbook_says_what_the_paper_says(stem: str) -> None:
    form, _ = read(LIBRARY.kind(stem).form, example(stem), locate_in("x"), EXAMPLES)
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(form)))
    assert tuple(book.sheetnames) == form.about.workbook
    for title in form.about.workbook:
        items = form.context()[title]
        *_, heading = list(book[title].values)[: -len(items)]
        for row, item in zip(list(book[title].values)[-len(items) :], items, strict=True):
            shown = {name: "" if value is None else str(value) for name, value in zip(heading, row, strict=True)}
            assert shown == {name: item[name] for name in shown}


@pytest.mark.parametrize("stem", STEMS)
def test_every_required_field_that_is_missing_is_named(stem: str) -> None:
    kind, whole = LIBRARY.kind(stem), example(stem)
    for spec in kind.form.fields():
        if not spec.required:
            continue
        values = {title: value for title, value in whole.items() if title != spec.title}
        with pytest.raises(DataRefused) as refused:
            read(kind.form, values, locate_in("数据.json"), EXAMPLES)
        assert f"“{spec.title}”" in str(refused.value)


def leaves(part: type[Part], values: dict[str, Any], above: Path_ = ()) -> Iterator[Path_]:
    """Paths of the free texts of an example (fields whose type is plain text)."""
    for spec in part.fields():
        value = values.get(spec.title)
        if spec.shape == "list" and spec.part and value:
            for number, item in enumerate(value):
                yield from leaves(spec.part, item, (*above, spec.title, number))
        elif spec.shape == "group" and spec.part and value:
            yield from leaves(spec.part, value, (*above, spec.title))
        elif spec.shape == "value" and isinstance(value, str) and spec.note.name in ("文字", "姓名"):
            yield (*above, spec.title)


def with_value(values: dict[str, Any], path: Path_, value: str) -> dict[str, Any]:
    changed = copy.deepcopy(values)
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return changed


def is_free(kind: Kind, values: dict[str, Any], path: Path_) -> bool:
    """Whether the field takes any text (a name that other fields refer to does not)."""
    try:
        read(kind.form, with_value(values, path, "示例文字甲乙丙丁戊己庚辛"), locate_in("x"), EXAMPLES)
    except DataRefused:
        return False
    return True


TEXTS = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.sampled_from(list("&<>\"'“”‘’—…·、，。；：（）〔〕①Ⅲ±\N{GRINNING FACE}𬭚㛃䶮ab Z09")),
    ),
    min_size=1,
    max_size=60,
)


@pytest.mark.parametrize("stem", STEMS)
def test_any_text_comes_out_as_it_went_in(stem: str, makers: dict[str, Maker]) -> None:
    kind, whole, maker = LIBRARY.kind(stem), example(stem), makers[stem]
    free = [path for path in leaves(kind.form, whole) if is_free(kind, whole, path)]
    assert free

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def fill(data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(free))
        try:
            form, _ = read(kind.form, with_value(whole, path, data.draw(TEXTS)), locate_in("x"), EXAMPLES)
        except DataRefused:
            return  # not a text of this type, e.g. a person's name with a digit: said to the clerk
        maker.make(maker.draft(form))  # the gates read every value back

    fill()
