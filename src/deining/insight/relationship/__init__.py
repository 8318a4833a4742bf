"""Who wants a relationship: a calibrated probability for each person, fitted on the brand's own past (spec
P3).

```python
from deining.insight import relationship
found = relationship.find(events, tz="Europe/Amsterdam")
print(found.share, found.share_low, found.share_high, found.people.slice(0, 10))
```

The model, its sources and its limits: docs/relationship.md.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deining.insight.relationship.events import UnusableEvents
    from deining.insight.relationship.finding import Found, find
    from deining.insight.relationship.fitting import fit
    from deining.insight.relationship.model import Model, UnreadableModel
    from deining.insight.relationship.notes import Note
    from deining.insight.relationship.sentences import note_sentence, percent, sentence
    from deining.insight.relationship.state import advance, states
    from deining.insight.relationship.trajectory import history

__all__ = [
    "Found",
    "Model",
    "Note",
    "UnreadableModel",
    "UnusableEvents",
    "advance",
    "find",
    "fit",
    "history",
    "note_sentence",
    "percent",
    "sentence",
    "states",
]

_MODULES = {
    "Found": "finding",
    "Model": "model",
    "Note": "notes",
    "UnreadableModel": "model",
    "UnusableEvents": "events",
    "advance": "state",
    "find": "finding",
    "fit": "fitting",
    "history": "trajectory",
    "note_sentence": "sentences",
    "percent": "sentences",
    "sentence": "sentences",
    "states": "state",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for only then: whoever needs a sentence need not load numpy and Arrow."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
