"""The text of a formula → its tree, each node at its column.

Grammar: sums and products of numbers, names, ``name.low`` and ``name.high``, with parentheses and minus.
"""

from __future__ import annotations

from functools import cache

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, UnexpectedInput, VisitError

from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.expression import End, Formula, Name, Negative, Number, Operation
from wellfounded.model.position import Position

LONGEST = 300
MOST_NESTING = 40

_GRAMMAR = r"""
?start: sum
?sum: product | sum (PLUS | MINUS) product -> operation
?product: factor | product (TIMES | OVER) factor -> operation
?factor: MINUS factor -> negative | atom
?atom: NUMBER -> number | NAME ["." END] -> name | "(" sum ")"
PLUS: "+"
MINUS: "-" | "−"
TIMES: "*" | "×"
OVER: "/"
END: /(low|high)\b/
NUMBER: /[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?/
NAME: /[a-z][a-z0-9_]*/
%ignore " "
"""

_SYMBOL = {"−": "-", "×": "*"}


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", maybe_placeholders=True)


class _ToFormula(Transformer[Token, Formula]):
    def __init__(self, position: Position) -> None:
        super().__init__()
        self.start = position

    def _at(self, token: Token) -> Position:
        return self.start.inside(token.start_pos or 0, len(token))

    def number(self, children: list[Token]) -> Formula:
        return Number(float(children[0]), self._at(children[0]))

    def name(self, children: list[Token | None]) -> Formula:
        name, end = children
        assert name is not None
        position = self._at(name)
        if end is None:
            return Name(str(name), None, position)
        length = (end.end_pos or 0) - (name.start_pos or 0)
        return Name(str(name), End(str(end)), Position(position.file, position.line, position.column, length))

    def negative(self, children: list[Token | Formula]) -> Formula:
        sign, operand = children
        assert isinstance(sign, Token) and not isinstance(operand, Token)
        return Negative(operand, self._at(sign))

    def operation(self, children: list[Token | Formula]) -> Formula:
        left, symbol, right = children
        assert isinstance(symbol, Token) and not isinstance(left, Token) and not isinstance(right, Token)
        return Operation(_SYMBOL.get(str(symbol), str(symbol)), left, right, self._at(symbol))


def parse_formula(text: str, position: Position) -> Formula | Diagnostic:
    """The tree of a formula written at ``position``, or what is wrong with it at its column."""
    depth = max((text[:i].count("(") - text[:i].count(")") for i in range(len(text))), default=0)
    if len(text) > LONGEST or depth > MOST_NESTING or text.count("-") + text.count("−") > MOST_NESTING:
        return _wrong(f"this formula is too long or too deep: {len(text)} characters", position)
    try:
        formula: Formula = _ToFormula(position).transform(_parser().parse(text))
    except UnexpectedInput as error:
        column = (
            error.pos_in_stream if error.pos_in_stream is not None and error.pos_in_stream >= 0 else len(text)
        )
        rest = text[column:].split(" ")[0] if column < len(text) else ""
        what = f"`{rest}` does not fit here" if rest else "the formula stops too early"
        return _wrong(f"`{text}` is not a formula: {what}", position.inside(column, max(len(rest), 1)))
    except (VisitError, LarkError) as error:
        return _wrong(f"`{text}` is not a formula: {error}", position)
    return formula


def _wrong(message: str, position: Position) -> Diagnostic:
    help = "a formula has numbers, facts, parameters, `parameter.low` or `.high`, and + - * / ( )"
    return Diagnostic("formula-syntax", message, position, help)
