"""What a command says instead of doing its work."""


class PublishError(ValueError):
    """What was asked cannot be done: one line that names what was found, what is expected and, where one is likely,
    the slip. The command line prints it and ends with 2."""
