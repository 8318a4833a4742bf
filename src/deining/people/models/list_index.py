"""An index that holds the whole of what the list of people asks, for the embedded database only."""

from typing import Any

from django.db import models
from django.db.backends.ddl_references import Statement


class EmbeddedIndex(models.Index):
    """Made on SQLite, left out on PostgreSQL (which scans well and refuses long keys).

    SQLite reads a row that an index does not hold whole at the price of a jump: 200,000 people in 200 to
    350 ms, against 40 to 80 ms from the index alone: docs/decisions/060-one-index-for-the-list.md.
    """

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **kwargs: Any) -> Statement:
        if schema_editor.connection.vendor != "sqlite":
            return Statement("SELECT 1")
        return super().create_sql(model, schema_editor, using, **kwargs)

    def remove_sql(self, model: Any, schema_editor: Any, **kwargs: Any) -> Any:
        if schema_editor.connection.vendor != "sqlite":
            return Statement("SELECT 1")
        return super().remove_sql(model, schema_editor, **kwargs)
