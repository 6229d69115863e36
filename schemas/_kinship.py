"""The four kinships of article 43, and which of them a relative is by the word that the person goes by."""

from __future__ import annotations

from typing import Annotated

from doc_forms.form import choice

SPOUSE, DIRECT, COLLATERAL, IN_LAW = "夫妻关系", "直系血亲关系", "三代以内旁系血亲关系", "近姻亲关系"

Kinship = Annotated[
    str,
    *choice(
        "亲属关系",
        (SPOUSE, DIRECT, COLLATERAL, IN_LAW),
        {"夫妻": SPOUSE, "直系血亲": DIRECT, "三代以内旁系血亲": COLLATERAL, "旁系血亲": COLLATERAL, "近姻亲": IN_LAW},
    ),
]

_WORDS = {
    SPOUSE: "丈夫 妻子 配偶 爱人 夫 妻",
    DIRECT: (
        "父亲 母亲 父 母 养父 养母 儿子 女儿 长子 次子 三子 长女 次女 三女 独生子 独生女 子 女 养子 养女 "
        "祖父 祖母 爷爷 奶奶 外祖父 外祖母 外公 外婆 姥姥 姥爷 曾祖父 曾祖母 "
        "孙子 孙女 外孙 外孙女 外孙子"
    ),
    COLLATERAL: (
        "哥哥 弟弟 姐姐 妹妹 兄 弟 姐 妹 胞兄 胞弟 胞姐 胞妹 大哥 二哥 大姐 二姐 "
        "伯父 叔父 叔叔 伯伯 姑姑 姑母 舅舅 舅父 姨妈 姨母 小姨 "
        "侄子 侄女 侄儿 外甥 外甥女 "
        "堂兄 堂弟 堂姐 堂妹 堂哥 表兄 表弟 表姐 表妹 表哥"
    ),
    IN_LAW: (
        "岳父 岳母 公公 婆婆 儿媳 女婿 亲家 亲家公 亲家母 "
        "大伯子 小叔子 大姑子 小姑子 大舅子 小舅子 大姨子 小姨子 内兄 内弟 妻兄 妻弟 妻姐 妻妹 "
        "嫂子 嫂嫂 弟媳 弟妹 姐夫 妹夫 连襟 妯娌 "
        "伯母 婶婶 婶母 姑父 姑丈 舅妈 舅母 姨父 姨丈 侄媳 侄女婿 外甥媳妇 外甥女婿 堂嫂 表嫂 堂姐夫 表姐夫"
    ),
}
"""Words in common use, by their kinship.

Near in-laws as the national rules of recusal list them: the spouse's parents and siblings and their spouses, the
children's spouses and their parents, the spouses of collateral relatives within three generations.
"""
_KINSHIPS = {word: kinship for kinship, words in _WORDS.items() for word in words.split()}


def kinship_of(relation: str) -> str | None:
    """Give the kinship that a word like 岳父 stands for; None for a word that is not known, never a guess."""
    return _KINSHIPS.get(relation.strip())
