"""People as the papers know them: who they are, and who was present."""

from __future__ import annotations

from collections.abc import Iterator

from doc_forms.form import (
    Degree,
    EthnicGroup,
    IdentityNumber,
    Line,
    Part,
    PartialDate,
    PersonName,
    PoliticalStatus,
    Problem,
    Schooling,
    Severity,
    Sex,
    YearMonth,
    born_by_identity_number,
    field,
    sex_by_identity_number,
)


class Colleague(Part):
    """A person by name and post: a member of an inspection team, an interviewer, a recorder."""

    name: PersonName = field("姓名", example="周示范")
    post: Line = field("单位及职务", help="写全称", example="党委组织部副部长")


def identity_problems(identity_number: str | None, born: PartialDate | None, sex: str | None) -> Iterator[Problem]:
    """Warn where birth date or sex differ from the identity number.

    A warning only: the birth date that the personnel file was audited to often differs from the card.
    Expects fields of the English names `born` and `sex` in the part that yields these problems.
    """
    if not identity_number:
        return
    stated = born_by_identity_number(identity_number)
    if born and (born.year, born.month) != (stated.year, stated.month):
        message = f"与公民身份号码所载的 {stated.year}.{stated.month:02d} 不一致，请核对档案认定的出生年月"
        yield Problem("born", message, Severity.WARNING)
    if sex and sex != sex_by_identity_number(identity_number):
        yield Problem("sex", "与公民身份号码第 17 位所示性别不一致，请核对", Severity.WARNING)


class Person(Part):
    """The personal facts that inspection papers open with."""

    name: PersonName = field("姓名", example="林示例")
    sex: Sex = field("性别", example="女")
    born: YearMonth = field("出生年月", example="1982.04")
    identity_number: IdentityNumber | None = field(
        "公民身份号码", help="只用于核对，不印在文书上", example="", blank="", printed=False
    )
    ethnic_group: EthnicGroup = field("民族", example="畲族")
    native_place: Line = field("籍贯", help="省名加县市名，不写“省”“市”", example="福建福安")
    political_status: PoliticalStatus = field("政治面貌", example="中共党员")
    joined_party: YearMonth | None = field("入党时间", help="中共党员填写", example="2003.06", blank="")
    started_work: YearMonth = field("参加工作时间", example="2004.07")
    schooling: Schooling = field("学历", example="研究生")
    degree: Degree | None = field("学位", example="教育学硕士", blank="无")
    professional_title: Line | None = field("专业技术职务", example="副教授", blank="无")
    post: Line = field("现任职务", help="写全称，含单位", example="教务处副处长")

    def problems(self) -> Iterator[Problem]:
        """The birth date and sex agree with the identity number, where it is given."""
        yield from identity_problems(self.identity_number, self.born, self.sex)
