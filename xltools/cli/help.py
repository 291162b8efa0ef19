"""Commands whose help is in both languages: plain, and the same at every width of the terminal."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

from xltools.cli.language import Say
from xltools.diagnostics.text import Language, Text

WIDTH = 80
_OWN_WORDS = (
    Text("用法：", "Usage:"),
    Text("选项：", "Options:"),
    Text("参数：", "Arguments:"),
    Text("命令：", "Commands:"),
    Text("[选项]", "[OPTIONS]"),
    Text("命令 [参数]...", "COMMAND [ARGS]..."),
    Text("[必填]", "[required]"),
    Text("[默认：", "[default:"),
)
"""What typer writes into a page by itself."""
_OWN_OPTIONS: dict[str, Text] = {
    "--help": Text("显示本页后退出。", "Show this page and exit."),
    "--install-completion": Text("为当前 shell 安装补全。", "Install completion for the current shell."),
    "--show-completion": Text(
        "显示当前 shell 的补全脚本。", "Show the completion script of the current shell."
    ),
}
"""The options that typer adds by itself."""
_TYPES = re.compile(r"(?<=[A-Z]) <(?:str|list\[str\])>")
_BRACES = re.compile(r"\{([A-Z]+)\}")
"""Python types and braces that typer writes after and around the name of an argument."""


class _TextValue:
    """The value of a parameter as it was typed.

    All parameters are texts, lists of texts or flags. Typer 0.29 sends even those through pydantic,
    whose import takes longer than a check; other versions do not look at this.
    """

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002 - called with these names
        many = param.nargs == -1 or getattr(param, "multiple", False)
        return list(value or ()) if many else value


class HelpCommand(TyperCommand):
    """A command whose help page is in the language of the app (the context's ``obj``)."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, typer's own ones with a help text of ours."""
        return _prepared(super().get_params(ctx), ctx.find_root().obj)

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return _translated(super().get_help(ctx), ctx.find_root().obj)


class HelpGroup(TyperGroup):
    """A group of commands whose help page is in the language of the app (the context's ``obj``)."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, typer's own ones with a help text of ours."""
        return _prepared(super().get_params(ctx), ctx.find_root().obj)

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return _translated(super().get_help(ctx), ctx.find_root().obj)


def context_settings(language: Language) -> dict[str, Any]:
    """What every page of an app in this language has in common."""
    return {"obj": language, "terminal_width": WIDTH, "max_content_width": WIDTH}


def help_page(say: Say, short: Text, long: Text, lines: tuple[str, ...]) -> dict[str, Any]:
    """What makes a function a command with a help page: the line in lists, the text, the examples."""
    return {
        "cls": HelpCommand,
        "short_help": say(short.zh, short.en),
        "help": say(long.zh, long.en),
        "epilog": examples(say, *lines),
    }


def examples(say: Say, *lines: str) -> str:
    """The end of a help page: worked examples, line by line as they stand."""
    return "\n".join(("\b", say("例：", "Example:"), *(f"  {line}" for line in lines)))


def _prepared(params: list[Any], language: Language) -> list[Any]:
    for param in params:
        param._runtime_param = _TextValue()
        for name in _OWN_OPTIONS.keys() & set(param.opts):
            param.help = _OWN_OPTIONS[name].in_language(language)
    return params


def _translated(page: str, language: Language) -> str:
    for word in _OWN_WORDS:
        page = page.replace(word.en, word.in_language(language))
    return _BRACES.sub(r"\1", _TYPES.sub("", page))
