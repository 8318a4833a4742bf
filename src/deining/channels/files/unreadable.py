"""The one error of the file readers: this file cannot be read, and what to do about it."""

from deining.channels.files.reasons import say


class UnreadableFile(Exception):
    """A whole file (or all of them) cannot be read.

    `code` and `params` are for machines and translation; `str()` is the sentence in the reader's language.
    """

    def __init__(self, code: str, params: dict[str, object] | None = None, *, lang: str = "en") -> None:
        self.code = code
        self.params: dict[str, object] = params or {}
        self.lang = lang
        super().__init__(self.sentence(lang))

    def sentence(self, lang: str) -> str:
        """What happened, to which file, what to do; in "nl" or "en"."""
        return say(self.code, self.params, lang)
