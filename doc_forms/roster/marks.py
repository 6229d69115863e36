"""Cell styles with our fills: a failing cell keeps its font, border and number format and turns red.

The two colours are used by nothing else, so that a receipt given back can be cleaned of old marks.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from doc_forms.errors import Severity

_COLOURS = {Severity.ERROR: "FFFFC7CD", Severity.WARNING: "FFFFEB9B"}


class Marks:
    """The workbook's styles, to which marked ones are added as they are needed."""

    def __init__(self, styles: bytes | None) -> None:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        self._root = etree.fromstring(styles, parser) if styles else None
        self._formats = self._find("cellXfs")
        self._fills = self._find("fills")
        self._made: dict[tuple[int, Severity | None], int] = {}
        self._ours = self._known_fills()
        self._old = frozenset(self._ours)

    def marked(self, style: str | None, severity: Severity) -> str:
        """Give the number of a style like this one with the fill of the severity."""
        return self._variant(style, severity)

    def plain(self, style: str | None) -> str | None:
        """Give the number of a style like this one without our fill, or None where it has none of ours."""
        if not style or not self._old or not self._is_ours(int(style)):
            return None
        return self._variant(style, None)

    def to_bytes(self) -> bytes | None:
        """Give the styles part, or None where the workbook has none or nothing was added."""
        if self._root is None or not self._made:
            return None
        for group in (self._formats, self._fills):
            if group is not None:
                group.set("count", str(len(group)))
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _variant(self, style: str | None, severity: Severity | None) -> str:
        number = int(style or 0)
        if self._formats is None or self._fills is None or not 0 <= number < len(self._formats):
            return style or "0"
        key = number, severity
        if key not in self._made:
            made = deepcopy(self._formats[number])
            made.set("fillId", str(self._fill(severity) if severity else 0))
            made.set("applyFill", "1")
            self._formats.append(made)
            self._made[key] = len(self._formats) - 1
        return str(self._made[key])

    def _fill(self, severity: Severity) -> int:
        for number, colour in self._ours.items():
            if colour == _COLOURS[severity]:
                return number
        fills = self._fills
        if fills is None:
            return 0
        tag = fills.tag.removesuffix("fills")
        fill = etree.SubElement(fills, f"{tag}fill")
        pattern = etree.SubElement(fill, f"{tag}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{tag}fgColor", rgb=_COLOURS[severity])
        etree.SubElement(pattern, f"{tag}bgColor", indexed="64")
        self._ours[len(fills) - 1] = _COLOURS[severity]
        return len(fills) - 1

    def _is_ours(self, number: int) -> bool:
        if self._formats is None or not 0 <= number < len(self._formats):
            return False
        return int(self._formats[number].get("fillId", "0")) in self._old

    def _known_fills(self) -> dict[int, str]:
        found = {}
        for number, fill in enumerate(self._fills if self._fills is not None else ()):
            colour = fill.find("{*}patternFill/{*}fgColor")
            if colour is not None and colour.get("rgb") in _COLOURS.values():
                found[number] = str(colour.get("rgb"))
        return found

    def _find(self, name: str) -> etree._Element | None:
        return None if self._root is None else self._root.find(f"{{*}}{name}")
