"""Word templates: compiled once, filled many times. The only place that knows docxtpl, python-docx and Jinja."""

from doc_forms.template.combined import CombinedTemplate
from doc_forms.template.compiled import Filled, Template, compile_template

__all__ = ["CombinedTemplate", "Filled", "Template", "compile_template"]
