"""Measures the product against others that fill Word templates: `python -m benchmarks`."""
