"""Random expressions, each as weir's text and as the SQL that means the same.

weir's null rules are made explicit: a condition in SQL is never null, and a number that isn't
finite is.
"""

from dataclasses import dataclass

from events import FIELDS, NAMES, SITES

# How tightly a text binds.
OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, VALUE = range(8)
ORDERS = ["<", "<=", ">", ">="]


@dataclass(frozen=True)
class Term:
    weir: str
    sql: str
    level: int = VALUE

    def within(self, level, dice=None):
        """The text where something that binds so tightly stands around it."""
        extra = dice is not None and dice.random() < 0.1
        return f"({self.weir})" if self.level < level or extra else self.weir


@dataclass(frozen=True)
class Value:
    """Of any type: what of it is a number, a text, a truth value. SQL's null where it is none."""

    weir: str
    number: str = None
    text: str = None
    truth: str = None
    level: int = VALUE

    def within(self, level):
        return f"({self.weir})" if self.level < level else self.weir

    @property
    def parts(self):
        return self.number, self.text, self.truth

    @property
    def there(self):
        return "(" + " OR ".join(f"{part} IS NOT NULL" for part in self.parts if part) + ")"


def field_value(field):
    c = field.column
    return Value(field.name, f"{c}_n", f"{c}_s", f"{c}_b")


def number_value(term):
    field = next((field for field in FIELDS if field.name == term.weir), None)
    return field_value(field) if field else Value(term.weir, number=term.sql, level=term.level)


def text_value(term):
    return Value(term.weir, text=term.sql, level=term.level)


def number_literal(x):
    text = f"{x:g}" if isinstance(x, float) else str(x)
    return Term(text, f"CAST('{text}' AS DOUBLE)")


def text_literal(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return Term(f'"{escaped}"', "'" + text.replace("'", "''") + "'")


class Expressions:
    def __init__(self, dice, has_functions):
        self.dice = dice
        self.has_functions = has_functions

    # Numbers ---------------------------------------------------------------------------------

    def field(self, **wanted):
        return self.dice.choice(
            [f for f in FIELDS if all(getattr(f, k) == v for k, v in wanted.items())]
        )

    def number_field(self):
        mostly = self.dice.choice([FIELDS[:4], [f for f in FIELDS if f.has_numbers], FIELDS])
        field = self.dice.choice(mostly)
        return Term(field.name, f"{field.column}_n")

    def literal(self):
        values = [0, 1, 2, 3, 10, 20, 100, 2**53, 0.5, 2.5, 0.1, 1e3, 1e-3, 1e15]
        return number_literal(self.dice.choice(values))

    def number(self, depth=2):
        kind = self.dice.randrange(8 if depth else 2)
        if kind == 0:
            return self.literal()
        if kind < 3:
            return self.number_field()
        if kind == 3:
            inner = self.number(depth - 1)
            return Term("-" + inner.within(SIGN, self.dice), f"(-{inner.sql})", SIGN)
        if kind == 4 and self.has_functions:
            return self.function(depth - 1)
        return self.arithmetic(depth - 1)

    def arithmetic(self, depth):
        op = self.dice.choice("+-*/%")
        level = SUM if op in "+-" else PRODUCT
        a, b = self.number(depth), self.number(depth)
        # From the left: what stands on the right of its own kind is in parentheses.
        left, right = a.within(level, self.dice), b.within(level + 1, self.dice)
        blank = self.dice.choice([" ", " ", ""])
        return Term(f"{left}{blank}{op}{blank}{right}", f"finite({a.sql} {op} {b.sql})", level)

    def function(self, depth):
        a, b, c = (self.number(depth) for _ in range(3))
        whole = f"{a.weir}, {b.weir}"
        either = f"{a.sql} IS NULL OR {b.sql} IS NULL"
        text = self.text_field()
        condition = self.condition(depth)
        return self.dice.choice(
            [
                Term(f"abs({a.weir})", f"abs({a.sql})"),
                Term(f"floor({a.weir})", f"floor({a.sql})"),
                Term(f"ceil({a.weir})", f"ceil({a.sql})"),
                Term(f"trunc({a.weir})", f"trunc({a.sql})"),
                Term(f"round({a.weir})", f"round({a.sql})"),
                Term(f"sqrt({a.weir})", f"IF({a.sql} >= 0, sqrt(IF({a.sql} >= 0, {a.sql}, 0)), NULL)"),
                Term(f"least({whole})", f"IF({either}, NULL, least({a.sql}, {b.sql}))"),
                Term(f"greatest({whole})", f"IF({either}, NULL, greatest({a.sql}, {b.sql}))"),
                Term(f"coalesce({whole}, {c.weir})", f"coalesce({a.sql}, {b.sql}, {c.sql})"),
                Term(
                    f"if({condition.weir}, {whole})", f"IF({condition.sql}, {a.sql}, {b.sql})"
                ),
                Term(f"length({text.weir})", f"CAST(length({text.sql}) AS DOUBLE)"),
            ]
        )

    # Texts -----------------------------------------------------------------------------------

    def text_field(self):
        field = self.field()
        return Term(field.name, f"{field.column}_s")

    def text(self):
        field, part = self.text_field(), text_literal(self.dice.choice(["b", "o", "-", "é", "ö"]))
        start, length = self.dice.randrange(5), self.dice.randrange(4)
        return self.dice.choice(
            [
                Term(f"lower({field.weir})", f"lower({field.sql})"),
                Term(
                    f"substring({field.weir}, {start}, {length})",
                    f"substring({field.sql}, {start + 1}, {length})",
                ),
                Term(
                    f'replace({field.weir}, {part.weir}, "xy")',
                    f"replace({field.sql}, {part.sql}, 'xy')",
                ),
            ]
        )

    def text_literal(self):
        return text_literal(self.dice.choice(NAMES + SITES + ["1", "a", "true", "device-150"]))

    # Conditions ------------------------------------------------------------------------------

    def condition(self, depth=2):
        if depth and self.dice.random() < 0.6:
            return self.joined(depth - 1)
        kind = self.dice.randrange(12)
        if kind == 0:
            field = self.field()
            return Term(f"exists({field.name})", f"({field.column}_t IS NOT NULL)")
        if kind == 1:
            return self.bare()
        if kind < 4:
            return self.membership()
        if kind == 4:
            return self.dice.choice([Term("true", "true"), Term("false", "false")])
        if kind == 5 and self.has_functions:
            return self.search()
        return self.comparison()

    def bare(self):
        field = self.field()
        return Term(field.name, f"coalesce({field.column}_b, false)")

    def tallied(self):
        """What `count` takes: not a bare field, which could mean two things."""
        condition = self.condition()
        names = [field.name for field in FIELDS]
        return condition if condition.weir not in names else Term("true", "true")

    def joined(self, depth):
        a, b = self.condition(depth), self.condition(depth)
        op = self.dice.choice(["and", "or", "not"])
        if op == "not":
            return Term("not " + a.within(NOT, self.dice), f"(NOT {a.sql})", NOT)
        level = AND if op == "and" else OR
        left, right = a.within(level, self.dice), b.within(level + 1, self.dice)
        return Term(f"{left} {op} {right}", f"({a.sql} {op.upper()} {b.sql})", level)

    def search(self):
        field, part = self.text_field(), text_literal(self.dice.choice(["o", "a", "é", "-1", ""]))
        function = self.dice.choice(["contains", "starts_with", "ends_with"])
        found = f"coalesce({function}({field.sql}, {part.sql}), false)"
        return Term(f"{function}({field.weir}, {part.weir})", found)

    def membership(self):
        subject = field_value(self.field())
        literals = [
            self.dice.choice([number_value(self.literal()), text_value(self.text_literal())])
            for _ in range(self.dice.randint(1, 4))
        ]
        if self.dice.random() < 0.3:
            subject = number_value(self.arithmetic(1))
            literals = [number_value(self.literal()) for _ in literals]
        either = " OR ".join(compared(subject, "==", literal) for literal in literals)
        values = ", ".join(literal.weir for literal in literals)
        return Term(f"{subject.within(SUM)} in [{values}]", f"({either})", COMPARISON)

    def comparison(self):
        op = self.dice.choice(["==", "!=", *ORDERS])
        a, b = self.operands(op)
        if self.dice.random() < 0.3:
            a, b = b, a
        # Comparisons don't chain, and there is none on either side.
        text = f"{a.within(SUM)} {op} {b.within(SUM)}"
        return Term(text, compared(a, op, b), COMPARISON)

    def operands(self, op):
        field = self.field()
        number = self.field(has_numbers=True)
        kind = self.dice.randrange(9)
        if kind < 3:
            return field_value(number), number_value(self.literal())
        if kind < 5:
            return number_value(self.arithmetic(1)), number_value(self.number(1))
        if kind == 5 and op in ("==", "!="):
            truth = self.dice.choice(["true", "false"])
            return field_value(field), Value(truth, truth=truth)
        if kind == 6:
            return field_value(field), field_value(self.field())
        if kind == 7:
            return field_value(field), number_value(self.arithmetic(1))
        if kind == 8 and self.has_functions:
            return text_value(self.text()), text_value(self.text_literal())
        return field_value(field), text_value(self.text_literal())


def compared(a, op, b):
    """Values of different types are not equal, and have no order; nor have truth values. Objects
    and arrays are no values here, as if they were null."""
    kinds = 2 if op in ORDERS else 3
    pairs = [(x, y) for x, y in list(zip(a.parts, b.parts))[:kinds] if x and y]
    sign = "=" if op in ("==", "!=") else op
    holds = " OR ".join(f"coalesce({x} {sign} {y}, false)" for x, y in pairs) or "false"
    return f"({a.there} AND {b.there} AND NOT ({holds}))" if op == "!=" else f"({holds})"
