"""The two papers of the benchmark."""
