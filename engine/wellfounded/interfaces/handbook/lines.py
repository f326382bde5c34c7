"""What lines of the handbook are made of: the audit's, but every name leads to the page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wellfounded.interfaces.audit_lines import AuditLines
from wellfounded.interfaces.handbook.addresses import address
from wellfounded.interfaces.handbook.words import words
from wellfounded.interfaces.line import Line, Look, Run, filled, runs
from wellfounded.interfaces.page import Bullet
from wellfounded.model.content import Content, Lifecycle, Rule
from wellfounded.model.text import Text
from wellfounded.model.thing import Kind, Thing
from wellfounded.prose.reading import Reading, Said
from wellfounded.prose.rules import Prose
from wellfounded.review.audit import Audit
from wellfounded.review.ledger import AuditedClaim
from wellfounded.review.uses import topics


class HandbookLines(AuditLines):
    """Makes the lines of the handbook in one language; ``handbook`` has its words, ``words`` the audit's."""

    by_id = False

    def __init__(self, audit: Audit, content: Content, names: Mapping[Thing, str]) -> None:
        super().__init__(audit)
        self.content = content
        self.names = names
        self.handbook = words(audit.language)
        self.prose = Prose(content, audit.language)
        self.topics = topics(content)
        self._named: Mapping[Kind, Callable[[str], Line]] = {
            Kind.RECOMMENDATION: self.recommendation,
            Kind.RULE: self.rule,
            Kind.CLAIM: self.claim,
            Kind.REFERENCE: lambda id: self.reference(int(id)),
            Kind.FACT: self.fact,
            Kind.PARAMETER: self.parameter,
        }

    def leads_to(self, kind: Kind, id: str) -> str:
        name = self.names.get(Thing(kind, id))
        return "" if name is None else f"/{address(self.audit.language, name)}"

    def thing(self, thing: Thing) -> Line:
        """A thing by its name, which leads to its page."""
        return self._named[thing.kind](thing.id)

    def text(self, text: Text) -> tuple[Run, ...]:
        """A text of the knowledge base, with what depends on a person in brackets."""
        return self.said(self.prose.text(text))

    def said(self, said: Iterable[Said]) -> tuple[Run, ...]:
        return tuple(
            Run(
                run.text,
                "" if run.about is None else self.leads_to(run.about.kind, run.about.id),
                language="" if run.own else self.audit.language,
            )
            for run in said
            if run.text
        )

    def bullet(self, reading: Reading) -> Bullet:
        """A reading as a bullet with bullets under it."""
        return Bullet(self.said(reading.says), tuple(map(self.bullet, reading.under)))

    def claim(self, id: str) -> Run:
        return Run(f"“{self.says(id)}”", self.leads_to(Kind.CLAIM, id), language=self.audit.language)

    def reference(self, number: int) -> Run:
        return Run(f"[{number}]", self.leads_to(Kind.REFERENCE, str(number)))

    def recommendation(self, id: str) -> tuple[Run, ...]:
        return self._titled(self.topics[id][0].title, Kind.RECOMMENDATION, id)

    def rule(self, id: str) -> tuple[Run, ...]:
        return self._titled(self.content.rules[id].title, Kind.RULE, id)

    def named_rule(self, id: str) -> tuple[Run, ...]:
        return self._title(self.content.rules[id].title, Kind.RULE, id)

    def _titled(self, title: Text, kind: Kind, id: str) -> tuple[Run, ...]:
        return filled("{title} ({id})", title=self._title(title, kind, id), id=self.id(id))

    def _title(self, title: Text, kind: Kind, id: str) -> tuple[Run, ...]:
        to = self.leads_to(kind, id)
        return tuple(Run(run.text, to, run.look, self.audit.language) for run in self.text(title))

    def fact(self, id: str) -> tuple[Run, ...]:
        return self.said(self.prose.names.fact(id))

    def parameter(self, id: str) -> tuple[Run, ...]:
        """What a parameter is of, and its number."""
        parameter = self.content.parameters[id]
        number = self.said(self.prose.names.parameter(parameter))
        return filled("{label}: {number}", label=self.text(parameter.label), number=number)

    def named_parameter(self, id: str) -> tuple[Run, ...]:
        return self._title(self.content.parameters[id].label, Kind.PARAMETER, id)

    def named_work(self, id: str) -> Line:
        return self.leading(next(e.formatted for e in self.audit.further_evidence if e.work == id))

    def marked(self, line: Line, rules: Iterable[Rule]) -> Line:
        """A line, with the status behind it if none of the rules is active."""
        statuses = [rule.status for rule in rules]
        return line if Lifecycle.ACTIVE in statuses else self._with_status(line, statuses[0])

    def _with_status(self, line: Line, status: Lifecycle) -> Line:
        return (*runs(line), *runs(" · "), Run(self.handbook[f"is_{status}"], look=Look.OPEN))

    def explained(self, claim: AuditedClaim) -> tuple[Run, ...]:
        return filled("{says} ({cited})", says=self.claim(claim.id), cited=self.cited(claim))

    def kind(self, kind: Kind, id: str, status: Lifecycle = Lifecycle.ACTIVE) -> Line:
        """What a page is about, for under its title: the kind, the id, and whether it is in force."""
        named = filled("{kind} {id}", kind=self.handbook[kind], id=self.id(id))
        return named if status is Lifecycle.ACTIVE else self._with_status(named, status)
