"""What only the national approval form (干部任免审批表) and its exchange file ask about a person (article 33).

With the other facts of `Candidate` every element of an exchange file has its place; the names in the comments are
those of the file (.lrmx).
"""

from __future__ import annotations

from collections.abc import Iterator

from doc_forms.form import Day, Line, Part, Picture, Problem, Severity, Text, YearMonth

from .._resume import read_resume, resume_faults
from ._fact import fact, facts


class Education(Part):
    """Full-time and in-service education; where a degree has no school of its own, the line stays empty."""

    full_time_schooling: Line | None = fact("全日制学历", "", "大学")  # QuanRiZhiJiaoYu_XueLi
    full_time_degree: Line | None = fact("全日制学位", "", "文学学士")  # QuanRiZhiJiaoYu_XueWei
    full_time_school: Line | None = fact(  # QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi
        "全日制毕业院校系", "学校和院系", "示例师范大学文学院"
    )
    full_time_major: Line | None = fact(  # QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi
        "全日制专业", "专业；学位另有院校的写全", "汉语言文学专业"
    )
    in_service_schooling: Line | None = fact("在职学历", "", "研究生")  # ZaiZhiJiaoYu_XueLi
    in_service_degree: Line | None = fact("在职学位", "", "教育学硕士")  # ZaiZhiJiaoYu_XueWei
    in_service_school: Line | None = fact(  # ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi
        "在职毕业院校系", "学校和院系", "示例大学教育学院"
    )
    in_service_major: Line | None = fact(  # ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi
        "在职专业", "专业；学位另有院校的写全", "高等教育学专业"
    )


class ForeignElement(Part):
    """An element of an exchange file that has no place here: kept, so that it goes back as it came."""

    name: Line | None = fact("元素", "", "DaoLingTiXing")
    text: Text | None = fact("内容")
    follows: Line | None = fact("前一元素", "在交换文件中跟在哪个元素之后", "MinZu")
    relative: Line | None = fact("所属亲属", "写在某位亲属之下的，是该亲属的姓名；没有姓名的是称谓", "")


class ApprovalFacts(Part):
    """The rest of the form: what a person writes of themselves, and what the office writes about the matter."""

    photo: Picture | None = fact("照片", "近期正面免冠照片")  # ZhaoPian
    birthplace: Line | None = fact("出生地", "省名加县市名，不写“省”“市”", "福建建阳")  # ChuShengDi
    joined_as_written: Line | None = fact(  # RuDangShiJian, where it is not a month
        "入党时间写法", "民主党派写简称，双重党籍写 1998.06；民盟；其余不填", "民盟"
    )
    health: Line | None = fact("健康状况", "", "健康")  # JianKangZhuangKuang
    expertise: Line | None = fact("熟悉专业有何专长", "", "高等教育管理")  # ShuXiZhuanYeYouHeZhuanChang
    new_post_as_written: Line | None = fact(  # NiRenZhiWu, where it says more than the post
        "拟任职务写法", "不填的印拟任职务", "计算机科学与工程学院副院长（试用期一年）"
    )
    resume: Text | None = fact(  # JianLi
        "简历",
        "不填的由任职经历得出；每段一行，如 2004.07--2008.09  单位及职务；现任的不写截止年月；套入的另起一行（其间…）",
    )
    awards: Text | None = fact("奖惩情况", "没有的写“无”", "无")  # JiangChengQingKuang
    assessments: Text | None = fact(  # NianDuKaoHeJieGuo
        "年度考核结果", "不填的由年度考核得出", "2023年合格，2024年优秀，2025年合格"
    )
    reason: Text | None = fact("任免理由", "", "因工作需要，符合任职条件。")  # RenMianLiYou
    reporting_unit: Line | None = fact("呈报单位", "不填的印组织部全称", "")  # ChengBaoDanWei
    age_on: Day | None = fact("计算年龄时间", "不填的按填表时间", "2026-09-22")  # JiSuanNianLingShiJian
    filled_on: Day | None = fact("填表时间", "", "2026-09-20")  # TianBiaoShiJian
    filled_by: Line | None = fact("填表人", "", "吴试行")  # TianBiaoRen
    retires: YearMonth | None = fact("到龄年月", "延迟退休改革后填写，不印在表上", "2044.04")  # DaoLingNianYue
    former_limit: Line | None = fact("改革前任职年龄界限", "不印在表上")  # GaiGeQianRenZhiNianLingJieXian
    elements: list[ForeignElement] = facts("其他元素", "由程序从交换文件读入，写回时原样带上")

    def problems(self) -> Iterator[Problem]:
        """The 简历 can be read by its lines and runs in time."""
        yield from super().problems()
        for message in resume_faults(read_resume(self.resume or "")):
            yield Problem("resume", message, Severity.WARNING)
