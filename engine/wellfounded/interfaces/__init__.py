"""The ways in and out: thin, with no logic of their own. Input and output happen here and in ``load``."""
