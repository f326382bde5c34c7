"""The version of the engine; the package takes it from here."""

VERSION = "0.1.0"
