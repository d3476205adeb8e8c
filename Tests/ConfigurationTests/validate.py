#!/usr/bin/env python3
"""Says of each dashboard file whether it is what a JSON Schema asks for.

    validate.py SCHEMA FILE...

Prints a line for each file: `valid`, or `invalid` and then, each after a tab, what is wrong where:
`/streams/web/idle_after: 10 is not of type 'string'`.

A file is read as an editor reads it, by the core schema of YAML 1.2: `NO`, `1:30` and `2026-11-24`
are text, `0123` is a number, and a key is always text.
"""
import json
import re
import sys

import jsonschema
import yaml

CORE_SCHEMA = {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}


class EditorLoader(yaml.SafeLoader):
    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        return {
            str(key.value): self.construct_object(value, deep=True) for key, value in node.value
        }


def whole_number(loader, node):
    text = node.value
    return int(text, 0) if text.startswith(("0o", "0x")) else int(text)


def number(loader, node):
    return float(node.value.lower().replace(".inf", "inf").replace(".nan", "nan"))


for name, pattern in CORE_SCHEMA.items():
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{name}", re.compile(rf"(?:{pattern})\Z"), None
    )
EditorLoader.add_constructor("tag:yaml.org,2002:int", whole_number)
EditorLoader.add_constructor("tag:yaml.org,2002:float", number)


def matches(validator, pattern, value, schema):
    """`$` is the end of the text, as in JSON Schema; Python's also stands before a line break."""
    if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
        yield jsonschema.ValidationError(f"{value!r} does not match {pattern!r}")


Validator = jsonschema.validators.extend(
    jsonschema.Draft202012Validator, {"pattern": matches}
)


def complaints(validator, path):
    try:
        with open(path, encoding="utf-8") as file:
            value = yaml.load(file, EditorLoader)
    except (yaml.YAMLError, ValueError) as error:
        return ["/: " + " ".join(str(error).split())]
    return [
        "/" + "/".join(map(str, error.absolute_path)) + ": " + error.message
        for error in validator.iter_errors(value)
    ]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    Validator.check_schema(schema)
    validator = Validator(schema)
    for path in sys.argv[2:]:
        found = complaints(validator, path)
        print("\t".join(["invalid", *found]) if found else "valid")


main()
