"""Exchange files for tests: people generated or invented, with small photos."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from pictures_made import jpeg

from doc_forms.exchange import ExchangePerson, ExchangeRelative, Extra, elements_of
from doc_forms.exchange.texts import tidy

JPEG = jpeg()

_TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn"), include_characters="\n<>&\"'，。·①㛃䶮"), max_size=40
).map(lambda text: tidy(text)[0])
_WORD = st.text(string.ascii_letters, min_size=3, max_size=12).map(lambda text: f"Ziding{text}")


def _extras(after: list[str]) -> st.SearchStrategy[tuple[Extra, ...]]:
    one = st.builds(
        lambda place, name, text: Extra(place, f"<{name}>{text}</{name}>"),
        st.sampled_from(after),
        _WORD,
        st.text(string.ascii_letters + "职务 \n", min_size=1, max_size=20),
    )
    order = {name: number for number, name in enumerate(after)}
    return st.lists(one, max_size=3).map(lambda found: tuple(sorted(found, key=lambda extra: order[extra.after])))


def _part(kind: type[ExchangePerson | ExchangeRelative]) -> dict[str, st.SearchStrategy[str]]:
    return {name: _TEXT for name in elements_of(kind) if name not in ("family", "photo")}


def _places(kind: type[ExchangePerson | ExchangeRelative]) -> list[str]:
    return ["", *(element.name for element in elements_of(kind).values() if not element.newer)]


RELATIVES = st.builds(ExchangeRelative, **_part(ExchangeRelative), extras=_extras(_places(ExchangeRelative))).filter(
    lambda relative: not relative.blank
)
PEOPLE = st.builds(
    ExchangePerson,
    **_part(ExchangePerson),
    family=st.lists(RELATIVES, max_size=3).map(tuple),
    photo=st.sampled_from([b"", JPEG]),
    extras=_extras(_places(ExchangePerson)),
)
"""Any person that a file can hold."""

LIN = ExchangePerson(
    name="林示例",
    sex="女",
    born="198604",
    ethnic_group="畲族",
    native_place="福建福安",
    birthplace="福建建阳",
    joined_party="200606",
    started_work="200907",
    health="健康",
    professional_title="副教授",
    full_time_schooling="大学",
    full_time_degree="理学学士",
    full_time_school="示例师范大学数学学院",
    full_time_degree_school="数学与应用数学专业",
    post="计算机科学与工程学院党政办公室主任",
    new_post="计算机科学与工程学院副院长（试用期一年）",
    leaves="计算机科学与工程学院党政办公室主任",
    resume="2005.09--2009.07  示例师范大学数学学院数学与应用数学专业学习\n2009.07--         示范县第一中学教师",
    honours="无",
    ratings="2023年合格，2024年优秀，2025年合格",
    family=(ExchangeRelative("丈夫", "陈建川", "198411", "群众", "示例市第二医院主治医师"),),
    filled_on="20260920",
    identity_number="35098119860412122X",
    photo=JPEG,
)


def lrm_of(person: ExchangePerson, **changed: Any) -> bytes:
    """Write a person as the older format has him."""
    person = replace(person, **changed)
    schooling = [person.full_time_schooling, person.full_time_degree, "", ""]
    schools = [person.full_time_school, person.full_time_degree_school, "", ""]
    columns = [[getattr(one, name) for one in person.family] for name in elements_of(ExchangeRelative)]
    family = ["@".join([*column, *[""] * (13 - len(column))]) for column in columns]
    values = [person.name, person.sex, person.born, person.ethnic_group, person.native_place, person.joined_party]
    values += [person.health, person.birthplace, person.started_work, "#".join(schooling), "#".join(schools)]
    values += [person.professional_title, "", "", "", "", person.speciality, person.resume.replace("\n", "\r\n")]
    values += [person.honours, person.ratings, *family, person.post, person.new_post, person.leaves, person.reason]
    values += [person.submitted_by, person.aged_on, person.filled_by, person.filled_on]
    return '","'.join(values).join('""').encode("gbk")
