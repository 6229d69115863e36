"""Finished documents as pictures of their pages: LibreOffice lays them out, PDFium draws them."""

from doc_forms.pages.drawing import PageSize, draw_page, join_pdfs, page_sizes
from doc_forms.pages.program import LayoutProgram

__all__ = ["LayoutProgram", "PageSize", "draw_page", "join_pdfs", "page_sizes"]
