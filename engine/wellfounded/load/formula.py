"""The text of a formula → its tree, each node at its column.

Grammar: sums and products of numbers, names, ``name.low`` and ``name.high``, with parentheses and minus.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import accumulate

from lark import Lark, Token, Transformer, Tree
from lark.exceptions import LarkError, UnexpectedInput, VisitError
from msgspec.structs import replace

from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.expression import End, Formula, Name, Negative, Number, Operation, extent
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
NAME: /[A-Za-z_][A-Za-z0-9_]*/
%ignore " "
"""

_SYMBOL = {"−": "-", "×": "*"}


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", maybe_placeholders=True)


class _ToFormula(Transformer[Token, Formula]):
    def __init__(self, text: str, position: Position) -> None:
        super().__init__()
        self.text = text
        self.whole = position

    def _at(self, token: Token, until: Token | None = None) -> Position:
        start, end = token.start_pos or 0, (until or token).end_pos or 0
        return _inside(self.text, self.whole, start, end - start)

    def number(self, children: list[Token]) -> Formula:
        return Number(float(children[0]), self._at(children[0]))

    def name(self, children: list[Token | None]) -> Formula:
        name, end = children
        assert name is not None
        return Name(str(name), None if end is None else End(str(end)), self._at(name, end))

    def negative(self, children: list[Token | Formula]) -> Formula:
        sign, operand = children
        assert isinstance(sign, Token) and not isinstance(operand, Token)
        negative = Negative(operand, self._at(sign))
        if isinstance(operand, Number):  # a number below zero, which has a unit where it stands alone
            return Number(-operand.value, extent(negative))
        return negative

    def operation(self, children: list[Token | Formula]) -> Formula:
        left, symbol, right = children
        assert isinstance(symbol, Token) and not isinstance(left, Token) and not isinstance(right, Token)
        return Operation(_SYMBOL.get(str(symbol), str(symbol)), left, right, self._at(symbol))


def parse_formula(text: str, position: Position) -> Formula | Diagnostic:
    """The tree of a formula written at ``position``, or what is wrong with it at its column."""
    if len(text) > LONGEST or _depth(text) > MOST_NESTING or text.count("-") + text.count("−") > MOST_NESTING:
        return _wrong(f"this formula is too long or too deep: {len(text)} characters", position)
    try:
        formula: Formula = _ToFormula(text, position).transform(_tree(text))
    except UnexpectedInput as error:
        return _unexpected(text, error, position)
    except (VisitError, LarkError) as error:
        return _wrong(f"`{text}` is not a formula: {error}", position)
    return formula


@lru_cache(maxsize=1000)
def _tree(text: str) -> Tree[Token]:
    """What the grammar makes of a text; many formulas are no more than the same few names."""
    return _parser().parse(text)


def _depth(text: str) -> int:
    """How many parentheses are open at most before the last character."""
    return max(accumulate(((sign == "(") - (sign == ")") for sign in text[:-1]), initial=0))


def _unexpected(text: str, error: UnexpectedInput, position: Position) -> Diagnostic:
    if not text.strip():
        return _wrong("this formula is empty", position)
    token = getattr(error, "token", None)
    column = error.pos_in_stream or 0
    if text.count("(") > text.count(")"):
        what, column, length = "a parenthesis is not closed", text.index("("), 1
    elif token is not None and token.type == "$END":
        what, column, length = "it stops too early", max(len(text.rstrip()) - 1, 0), 1
    else:
        rest = text[column:].split(" ")[0]
        what, length = f"`{rest}` does not fit here", max(len(rest), 1)
    problem = _wrong(f"`{text}` is not a formula: {what}", _inside(text, position, column, length))
    return replace(problem, help="write decimals with a point") if text[column] == "," else problem


def _inside(text: str, whole: Position, offset: int, length: int) -> Position:
    """A part of a formula; the whole of it where it is folded over lines, so that columns do not count on."""
    return whole.inside(offset, length) if whole.length == len(text) else whole


def _wrong(message: str, position: Position) -> Diagnostic:
    help = "a formula has numbers, facts, parameters, `parameter.low` or `.high`, and + - * / ( )"
    return Diagnostic("formula-syntax", message, position, help)
