"""Pictures as data: read from a file beside the data or from base64, refused where they are none or broken."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from pictures_made import jpeg, png

from doc_forms.errors import DataRefused
from doc_forms.form import Part, Picture, field, picture_bytes, picture_facts
from doc_forms.form.reading import locate_in, read


class Holder(Part):
    """Somebody with a picture."""

    photo: Picture | None = field("照片", blank="")


def told(value: object, folder: Path | None = None) -> str:
    """What is said of a value that is refused."""
    with pytest.raises(DataRefused) as refused:
        read(Holder, {"照片": value}, locate_in("数据.json"), folder)
    (fault,) = refused.value.faults
    assert fault.place.field == "照片"
    return fault.message


@pytest.mark.parametrize(("data", "ending"), [(jpeg(32, 40), "jpeg"), (png(30, 41), "png")])
def test_the_structure_says_what_a_picture_is_and_how_large(data: bytes, ending: str) -> None:
    facts = picture_facts(data)
    assert (facts.ending, facts.width) == (ending, 32 if ending == "jpeg" else 30)


@pytest.mark.parametrize("name", ["照片/林示例.jpg", "照片\\林示例.jpg", "照片/林示例.JPG"])
def test_a_picture_is_read_from_the_file_beside_the_data(name: str, tmp_path: Path) -> None:
    (tmp_path / "照片").mkdir()
    (tmp_path / "照片" / name.replace("\\", "/").rpartition("/")[2]).write_bytes(jpeg())
    made, _ = read(Holder, {"照片": name}, locate_in("数据.json"), tmp_path)
    assert made.photo
    assert picture_bytes(made.photo) == jpeg()


def test_a_picture_given_as_base64_is_kept_without_line_ends() -> None:
    plain = base64.b64encode(png()).decode()
    for text in (plain, f"\n  {plain[:40]}\r\n{plain[40:]} ", f"data:image/png;base64,{plain}"):
        assert read(Holder, {"照片": text}, locate_in("x"))[0].data() == {"照片": plain}


@pytest.mark.parametrize("data", [jpeg(64, 64), png(64, 64)])
def test_a_picture_that_is_cut_off_anywhere_is_refused(data: bytes) -> None:
    for length in range(8, len(data) - 1, 7):
        with pytest.raises(ValueError, match=r"^照片已损坏或不完整，请换一份$"):
            picture_facts(data[:length])


def test_a_png_with_a_wrong_bit_is_refused() -> None:
    broken = bytearray(png())
    broken[50] ^= 1
    assert told(base64.b64encode(bytes(broken)).decode()) == "照片已损坏或不完整，请换一份"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (base64.b64encode(b"BM" + bytes(100)).decode(), "照片不是 JPEG 或 PNG 图片，请用看图软件另存为 .jpg 后再用"),
        (base64.b64encode(jpeg(7, 40)).decode(), "照片为 7×40 像素，应在 16 到 6000 之间，请调整后再用"),
        (base64.b64encode(jpeg(16, 6001)).decode(), "照片为 16×6001 像素，应在 16 到 6000 之间，请调整后再用"),
        (base64.b64encode(jpeg() + bytes(2 << 20)).decode(), "照片超过 2 MB，请缩小后再用"),
        ("张三的照片", "不是照片的内容，也不是以 .jpg 或 .png 结尾的文件名，请核对"),
        (12, "应为照片的文件名，如 照片/林示例.jpg"),
    ],
    ids=["bmp", "narrow", "tall", "heavy", "words", "number"],
)
def test_what_is_no_fit_picture_is_refused_in_one_line(value: object, said: str) -> None:
    assert told(value) == said


@pytest.mark.parametrize("name", ["../别处.jpg", "/etc/别处.jpg", "C:\\照片\\别处.jpg", "照片/../../别处.png"])
def test_a_picture_outside_the_folder_of_the_data_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "别处.jpg").write_bytes(jpeg())
    assert told(name, tmp_path / "数据") == "照片要放在数据文件旁边或其下的文件夹里，写成 照片/林示例.jpg 这样"


def test_a_picture_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert told("没有.jpg", tmp_path) == (
        "找不到或无法读取这个照片文件，请放在数据文件旁边（或其下的文件夹里），并核对文件名"
    )
    assert told("没有.jpg") == "这里不能写文件名，请放入照片本身"
