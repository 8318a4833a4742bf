"""Who wants a relationship: a calibrated probability for each person, fitted on the brand's own past (spec
P3).

```python
from deining.insight import relationship
found = relationship.find(events, tz="Europe/Amsterdam")
print(found.share, found.share_low, found.share_high, found.people.slice(0, 10))
```

The model, its sources and its limits: docs/relationship.md.
"""

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
