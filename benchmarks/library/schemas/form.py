"""A form of sixty cells (thirty labels, thirty values) and two tables that grow by a row for each item."""

from __future__ import annotations

from doc_forms.form import About, Form, Line, Part, PersonName, YearMonth, field


class Relative(Part):
    """A member of the family."""

    kinship: Line = field("称谓")
    name: PersonName = field("姓名")
    born: YearMonth = field("出生年月")
    post: Line = field("单位及职务")


class Service(Part):
    """A time of service."""

    begun: YearMonth = field("起")
    ended: YearMonth = field("止")
    place: Line = field("单位")
    post: Line = field("职务")


class Sheet(Form):
    """A person's form."""

    about = About(title="登记表", articles=(), file_name="登记表_{姓名}")

    name: PersonName = field("姓名")
    born: YearMonth = field("出生年月")
    joined: YearMonth = field("入党时间")
    began: YearMonth = field("参加工作时间")
    field_01: Line = field("项目01")
    field_02: Line = field("项目02")
    field_03: Line = field("项目03")
    field_04: Line = field("项目04")
    field_05: Line = field("项目05")
    field_06: Line = field("项目06")
    field_07: Line = field("项目07")
    field_08: Line = field("项目08")
    field_09: Line = field("项目09")
    field_10: Line = field("项目10")
    field_11: Line = field("项目11")
    field_12: Line = field("项目12")
    field_13: Line = field("项目13")
    field_14: Line = field("项目14")
    field_15: Line = field("项目15")
    field_16: Line = field("项目16")
    field_17: Line = field("项目17")
    field_18: Line = field("项目18")
    field_19: Line = field("项目19")
    field_20: Line = field("项目20")
    field_21: Line = field("项目21")
    field_22: Line = field("项目22")
    field_23: Line = field("项目23")
    field_24: Line = field("项目24")
    field_25: Line = field("项目25")
    field_26: Line = field("项目26")
    relatives: list[Relative] = field("家庭成员", at_least=0)
    services: list[Service] = field("任职经历", at_least=0)
