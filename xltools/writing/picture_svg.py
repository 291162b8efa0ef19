"""A picture as SVG: text stays text, so that it needs no font of ours and can be read aloud."""

from __future__ import annotations

from xltools.layout.report_pictures import Picture
from xltools.layout.styles import BLUE, FAINT, INK
from xltools.layout.text_size import text_width
from xltools.writing.html_page import escaped

_WIDTH, _MARGIN = 720, 24
_BAR, _STEP = 22, 36
_HEAD, _FOOT = 64, 40
_TITLE_SIZE, _SIZE, _SMALL = 20, 15, 13
_GAP = 10
_FONT = "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'Source Han Sans SC', SimHei, sans-serif"


def render_svg(picture: Picture) -> str:
    """The text of a file of its own, with title and source in it."""
    height = _HEAD + _STEP * len(picture.bars) + _FOOT
    middle = _WIDTH / 2
    title = _text(middle, 38, picture.title, f'text-anchor="middle" font-size="{_TITLE_SIZE}"')
    source = _text(
        middle, height - 14, picture.source, f'text-anchor="middle" font-size="{_SMALL}" fill="{FAINT}"'
    )
    return "\n".join([*_opened(picture, height), title, *_bars(picture, _HEAD), source, "</svg>", ""])


def inline_svg(picture: Picture, names: str, style: str) -> str:
    """The drawing alone, to stand in a page; ``names`` tells its ids from those of others."""
    height = _STEP * len(picture.bars) + _MARGIN
    looks = f' style="{style}"'
    return "\n".join([*_opened(picture, height, names, looks), *_bars(picture, _MARGIN), "</svg>"])


def _opened(picture: Picture, height: int, names: str = "", more: str = "") -> list[str]:
    """The start tag, what is read aloud, and white paper."""
    title, told = f"{names}title", f"{names}told"
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}"'
        f' viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="{title} {told}" lang="zh-CN"'
        f' font-family="{_FONT}" font-size="{_SIZE}" fill="{INK}"{more}>',
        f'<title id="{title}">{escaped(picture.title)}</title>',
        f'<desc id="{told}">{escaped(picture.told)}</desc>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
    ]


def _bars(picture: Picture, head: int) -> list[str]:
    """The bars with their labels and figures, the first one ``head`` from the top, and the axis."""
    left = _MARGIN + max(_width(bar.label) for bar in picture.bars) + _GAP
    room = _WIDTH - _MARGIN - left - _GAP - max(_width(bar.figure) for bar in picture.bars)
    lines = []
    for number, bar in enumerate(picture.bars):
        top = head + _STEP * number
        base = top + _BAR - 5.5
        length = round(room * bar.share, 1)
        lines += [
            _text(left - _GAP, base, bar.label, 'text-anchor="end"'),
            f'<rect x="{left}" y="{top}" width="{length}" height="{_BAR}" fill="{BLUE}"/>',
            _text(left + length + _GAP, base, bar.figure, 'font-weight="bold"'),
        ]
    bottom = head + _STEP * len(picture.bars) - 7
    return [*lines, f'<path d="M{left} {head - 7}V{bottom}" stroke="{INK}"/>']


def _text(x: float, y: float, words: str, looks: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" {looks}>{escaped(words)}</text>'


def _width(words: str) -> float:
    """About how wide words are, in pixels."""
    return text_width(words) * _SIZE * 0.56
