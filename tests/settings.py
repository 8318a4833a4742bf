"""Settings of the test suite: the real ones, on a data folder of its own that goes away with the run."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="deining-tests-")
os.mkdir(os.path.join(_folder, "static"))  # whitenoise warns when there is none
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DEINING_DATA_DIR"] = _folder
os.environ["DEINING_LANGUAGE"] = "en"
for _name in [name for name in os.environ if name.startswith("DEINING_")]:
    if _name not in {"DEINING_DATA_DIR", "DEINING_DATABASE_URL", "DEINING_LANGUAGE"}:
        del os.environ[_name]

from deining.translations import compile_changed  # noqa: E402

compile_changed()

from deining.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
