"""What a command says when it cannot go on."""


class PublishError(ValueError):
    """A fault in what a command was given, in one sentence for whoever gave it."""
