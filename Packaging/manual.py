"""The manual page: manual.py EXECUTABLE YYYY-MM-DD > mismatch.1.

Made of what the executable says of itself (--experimental-dump-help). The generator of swift-argument-parser drops
letters beyond ASCII and the lists in longer texts, so that it does not serve.
"""

import json
import re
import subprocess
import sys
from datetime import date


def escaped(text):
    """A line of text that roff takes as text."""
    text = text.replace("\\", "\\e")
    return "\\&" + text if text[:1] in (".", "'") else text


def prose(text):
    """Paragraphs, a sentence to a line; an indented pair of lines is an entry of a list."""
    lines, in_list = [], False
    for paragraph in re.split(r"\n\s*\n", text.strip("\n")):
        lines.append(".Pp")
        for line in paragraph.split("\n"):
            if re.match(r"  \S", line):
                if not in_list:
                    lines[-1] = ".Bl -tag -width Ds"
                lines.append(".It Cm " + escaped(line.strip()))
                in_list = True
            else:
                lines += [escaped(part) for part in re.split(r"(?<=[.;:]) (?=[A-Z0-9])", line.strip())]
    return lines[1:] + ([".El"] if in_list else [])


def words(argument):
    """An argument as mdoc has it: `Fl o , Fl -output Ar folder`."""
    value = "" if argument["kind"] == "flag" else " Ar " + argument["valueName"]
    if argument["kind"] == "positional":
        return value.strip() + (" ..." if argument["isRepeating"] else "")
    names = [("-" if name["kind"] == "long" else "") + name["name"] for name in argument["names"]]
    return " , ".join("Fl " + name for name in names) + value + (" ..." if argument["isRepeating"] else "")


def arguments(command):
    """The list of a command's own arguments; help and version are said once, at the top."""
    shown = [a for a in command.get("arguments", []) if a["shouldDisplay"] and a["valueName"] not in ("help", "version")]
    if not shown:
        return []
    lines = [".Bl -tag -width Ds"]
    for argument in shown:
        lines += [".It " + words(argument)] + prose(argument.get("abstract", ""))
        if "defaultValue" in argument:
            lines.append("Default: " + escaped(argument["defaultValue"]) + ".")
    return lines + [".El"]


def synopsis(command):
    """How a command is called."""
    lines = [".Nm mismatch Cm " + command["commandName"]]
    for argument in command["arguments"]:
        if argument["shouldDisplay"] and argument["valueName"] not in ("help", "version"):
            lines.append((".Op " if argument["isOptional"] else ".") + words(argument))
    return lines


def flattened(command):
    """A command, and those below it: the default one is the command itself."""
    below = [c for c in command.get("subcommands", []) if c["commandName"] != "help"]
    if not below:
        return [command]
    default = next(c for c in below if c["commandName"] == command["defaultSubcommand"])
    others = [{**c, "commandName": f"{command['commandName']} {c['commandName']}"} for c in below if c is not default]
    return [{**command, "arguments": default["arguments"]}, *others]


def page(tool, day):
    """The lines of the page."""
    shown = [c for c in tool["subcommands"] if c["shouldDisplay"] and c["commandName"] != "help"]
    commands = [command for c in shown for command in flattened(c)]
    lines = [f".Dd {day:%B} {day.day}, {day.year}", ".Dt MISMATCH 1", ".Os", ".Sh NAME", ".Nm mismatch"]
    lines += [".Nd " + escaped(tool["abstract"].rstrip(".")), ".Sh SYNOPSIS"]
    for command in commands:
        lines += synopsis(command)
    lines += [".Nm mismatch", ".Fl -version", ".Nm mismatch Cm help", ".Op Ar command"]
    lines += [".Sh DESCRIPTION"] + prose(tool["discussion"]) + [".Sh COMMANDS"]
    for command in commands:
        lines += [".Ss " + command["commandName"]] + prose(command["abstract"])
        lines += [".Pp"] + prose(command["discussion"]) if command.get("discussion") else []
        listed = arguments(command)
        lines += [".Pp", "Arguments and options:"] + listed if listed else []
    lines += [".Sh EXAMPLES", ".Bd -literal", "mismatch inspect provision.csv demand.csv", "mismatch check job.yaml"]
    return lines + ["mismatch run job.yaml -o out", ".Ed"]


if __name__ == "__main__":
    dump = subprocess.run([sys.argv[1], "--experimental-dump-help"], check=True, capture_output=True).stdout
    print("\n".join(page(json.loads(dump)["command"], date.fromisoformat(sys.argv[2]))))
