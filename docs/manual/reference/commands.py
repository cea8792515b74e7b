"""Every command and every option, as `--help` has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docs.manual.reference.tables import code, table, words

_SAID = {
    "zh-CN": {
        "title": "命令",
        "lead": "`matrixsite --help` 的全部内容。每个命令都接受 `-h`；没有 `-c` 时读当前文件夹的 feeds.yaml。",
        "codes": "退出码",
        "code_head": ("退出码", "意思"),
        "head": ("参数", "说明", "默认"),
        "required": "必填",
    },
    "en": {
        "title": "Commands",
        "lead": "All that `matrixsite --help` says. Every command takes `-h`; without `-c` it reads ./feeds.yaml.",
        "codes": "Exit codes",
        "code_head": ("exit code", "meaning"),
        "head": ("argument", "what it does", "default"),
        "required": "required",
    },
}
_CODES = {
    "zh-CN": (
        "完成",
        "完成，但失败的订阅源超过 `fetch.alert`（加 `--strict` 时：有任何一个失败）；`check` 发现网站有错",
        "设置或编辑文件有误，什么也没有做",
        "失败；旧网站仍在线上",
        "另一次运行尚未结束",
    ),
    "en": (
        "done",
        "done, but more feeds than `fetch.alert` fail (with `--strict`: any); `check` found the site broken",
        "settings or editors' files are wrong, nothing was done",
        "it failed; the old site stands",
        "another run has not ended",
    ),
}


def commands_page(language: str) -> str:
    """The page of all commands."""
    said = _SAID[language]
    codes = table(
        said["code_head"], ((f"**{number}**", meaning) for number, meaning in enumerate(_CODES[language]))
    )
    parts = [f"# {said['title']}", str(said["lead"]), f"## {said['codes']}", codes]
    for name, command in every_command():
        parts += [
            f"## {name}",
            words(command.help or ""),
            code(_usage(name, command)),
            _parameters(command, said),
        ]
    return "\n\n".join(filter(None, parts)) + "\n"


def every_command() -> Iterator[tuple[str, Any]]:
    """Each command that does something, with its full name: `matrixsite store backup`."""
    import typer

    from matrixsite.cli import load_commands
    from matrixsite.cli.app import app

    load_commands()
    yield from _below("matrixsite", typer.main.get_command(app))


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    if commands := getattr(command, "commands", None):
        for inner in commands.values():
            if not inner.hidden:
                yield from _below(f"{name} {inner.name}", inner)
    else:
        yield name, command


def _usage(name: str, command: Any) -> str:
    arguments = [_shown(one) for one in command.params if one.param_type_name == "argument"]
    return " ".join([name, *(["[OPTIONS]"] if len(arguments) < len(command.params) else []), *arguments])


def _parameters(command: Any, said: Any) -> str:
    return table(
        said["head"],
        (
            (code(_shown(one)), words(one.help or ""), said["required"] if one.required else _default(one))
            for one in command.params
        ),
    )


def _shown(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    if parameter.is_flag:
        return names
    return f"{names} {parameter.metavar or ('N' if isinstance(parameter.default, int) else 'TEXT')}"


def _default(parameter: Any) -> str:
    value = parameter.default
    return code(str(value)) if value not in (None, "", False, (), []) and not callable(value) else ""
