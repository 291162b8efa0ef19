"""What every HTML page of the tool has in common: one file that loads and runs nothing."""

from __future__ import annotations

from html import escape
from typing import Literal

LanguageTag = Literal["zh-CN", "en"]


def html_page(title: str, language: LanguageTag, style: str, body: str, version: str) -> str:
    """The whole page around ``body``, which is markup; ``version`` is that of xltools."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        # Even if something slipped through: this page may load and run nothing.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="xltools {escaped(version)}">\n'
        f"<title>{escaped(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def escaped(text: str) -> str:
    """Safe between tags and in attributes alike."""
    return escape(text, quote=True)
