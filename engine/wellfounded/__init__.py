"""Advice with a foundation: facts of a person in, recommendations with their sources out.

``load`` gives a ``KnowledgeBase``; its ``advise`` gives ``Advice``. Everything here is typed, frozen and safe
to share between threads.
"""

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.loading import diagnose, load
from wellfounded.model.advice import Advice
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.errors import (
    ConflictError,
    FactError,
    KnowledgeBaseError,
    LanguageError,
    ReasonerError,
    RecommendationError,
    RecordError,
    SupportError,
    WellfoundedError,
)
from wellfounded.model.valuation import Valuation

__all__ = [
    "Advice",
    "ConflictError",
    "Diagnostic",
    "FactError",
    "KnowledgeBase",
    "KnowledgeBaseError",
    "LanguageError",
    "ReasonerError",
    "RecommendationError",
    "RecordError",
    "SupportError",
    "Valuation",
    "WellfoundedError",
    "diagnose",
    "load",
]
