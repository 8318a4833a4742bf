"""Where imports keep files: uploads until they are in the ledger, reports of rejected rows after that."""

import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from deining.channels.imports.models import Import
from deining.core.models import Brand


def uploads_of(brand_id: int) -> Path:
    """The folder of a brand's uploaded files."""
    return Path(settings.DATA_DIR) / "uploads" / str(brand_id)


def new_upload(brand: Brand) -> Path:
    """A place nobody can guess for one more file; its folder is made when needed."""
    folder = uploads_of(brand.pk)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / secrets.token_hex(16)


def reports_of(brand_id: int) -> Path:
    """The folder of a brand's lists of rejected rows."""
    return Path(settings.DATA_DIR) / "import-reports" / str(brand_id)


def report_of(run: Import) -> Path:
    """The rejected rows of one import, as CSV; there when it had any."""
    return reports_of(run.brand_id) / f"{run.pk}.csv"


def forget_upload(run: Import) -> None:
    """Remove the uploaded file. A file that was only pointed at on the server is nobody's to remove."""
    if run.is_upload and run.path:
        Path(run.path).unlink(missing_ok=True)


def forget_brand(brand_id: int) -> None:
    """Remove all files that imports of this brand left."""
    for folder in (uploads_of(brand_id), reports_of(brand_id)):
        shutil.rmtree(folder, ignore_errors=True)


def lies_within(path: Path, folders: Sequence[Path]) -> bool:
    """Whether the path, with every link followed, lies in one of these folders."""
    real = path.resolve()
    return any(real.is_relative_to(folder.resolve()) for folder in folders)
