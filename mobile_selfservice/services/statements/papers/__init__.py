"""The printed forms: Typst layouts that get their words as data, never as code."""
