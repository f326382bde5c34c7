"""Where in a knowledge base the parts of a new rule go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from wellfounded.authoring.insert import can_take, has
from wellfounded.authoring.reading import AnswerError, text_of
from wellfounded.load.files import SCENARIOS, File
from wellfounded.model.content import Content
from wellfounded.model.record import Record
from wellfounded.model.suggest import allowed, did_you_mean

_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. -]*")


class Place(Record, frozen=True):
    """``file`` is a name inside the knowledge base's folder; it may be one that is not there yet."""

    file: str
    id: str
    is_new: bool


def place_of(written: str, files: Sequence[File], may_be_new: bool = True) -> Place:
    """``FILE/ID`` → the file of a rule and its id. Raises ``AnswerError``."""
    *above, id = written.split("/")
    if not above or not id or not all(_PART.fullmatch(part) for part in above):
        raise AnswerError(
            f"`{text_of(written)}` has to be FILE/ID, such as watering/evening: "
            "the rule `evening` in the file watering.yaml"
        )
    wanted = "/".join(above).removesuffix(".yaml").removesuffix(".yml")
    if wanted.endswith(".scenarios"):
        raise AnswerError(f"`{wanted}` is a file of scenarios, and rules do not stand in those")
    # Whoever writes the whole path means that file; a name alone is that of a file of rules.
    fitting = [file.name for file in files if _stem(file.name) == wanted]
    fitting = fitting or [name for name in with_rules(files) if _stem(name).endswith(f"/{wanted}")]
    if len(fitting) > 1:
        raise AnswerError(f"there are several files `{wanted}`: {', '.join(fitting)}; write the folder too")
    if fitting:
        return Place(fitting[0], id, is_new=False)
    if not may_be_new:
        first = files[0].name
        raise AnswerError(f"there is no other file than {first} here; write {_stem(first)}/{id}")
    if any(file.name.startswith(f"{wanted}/") for file in files):
        within = [_stem(name) for name in with_rules(files) if name.startswith(f"{wanted}/")]
        known = f" {allowed(within)}, or" if within else ""
        raise AnswerError(
            f"`{wanted}` is a folder; name a file in it:{known} a new one, as in {wanted}/{id}/{id}"
        )
    return Place(f"{wanted}.yaml", id, is_new=True)


def with_rules(files: Sequence[File]) -> list[str]:
    """The names of the files that have rules."""
    return [file.name for file in files if has(file, "rules")]


def similar_file(place: Place, files: Sequence[File]) -> str:
    """A question about a file that may have been meant, where the one named is new."""
    names = [PurePosixPath(_stem(name)).name for name in with_rules(files)]
    return did_you_mean(PurePosixPath(_stem(place.file)).name, names) if place.is_new else ""


def scenarios_of(file: str, scenario_files: Sequence[File]) -> str:
    """The file of scenarios beside a file of rules."""
    names = [f"{_stem(file)}{ending}" for ending in SCENARIOS]
    there = {one.name for one in scenario_files}
    return next((name for name in names if name in there), names[0])


def home_of_parameters(files: Sequence[File], rule_file: str) -> str:
    """The file that has parameters: the rule's own, or the first one; without any, the rule's own."""
    return _home([file.name for file in files if can_take(file, "parameters")], rule_file)


def home_of_claims(files: Sequence[File], content: Content, section: str, rule_file: str) -> str:
    """The file with the last claims of a section; else the rule's own if it has claims, or the first."""
    able = {file.name for file in files if can_take(file, "claims")}
    same = [claim.position.file for claim in content.claims.values() if claim.section == section]
    fitting = [name for name in same if name in able]
    return fitting[-1] if fitting else _home([file.name for file in files if file.name in able], rule_file)


def _home(able: Sequence[str], rule_file: str) -> str:
    return able[0] if able and rule_file not in able else rule_file


def _stem(name: str) -> str:
    return name.removesuffix(".yaml").removesuffix(".yml")
