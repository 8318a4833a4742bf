"""What people fill in about themselves, their brand and their colleagues."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from deining.config import config
from deining.core.models import Brand, User
from deining.core.queries.brands import free_slug
from deining.core.roles import Role


def time_zone_choices() -> list[tuple[str, str]]:
    """Every zone with a place in its name, in the order of the alphabet, and UTC."""
    return [
        (name, name.replace("_", " "))
        for name in sorted(available_timezones())
        if "/" in name or name == "UTC"
    ]


class PasswordField(forms.CharField):
    """A new password, checked against the house's rules and never sent back to the page."""

    def __init__(self, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        super().__init__(
            widget=widget,
            strip=False,
            help_text=_(
                "At least ten characters. Three words that have nothing to do with each other do well."
            ),
            **options,
        )


class YouForm(forms.Form):
    """Somebody who gets an account."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = PasswordField(label=_("Password"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password"):
            person = User(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
            try:
                validate_password(cleaned["password"], person)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return cleaned


class NewcomerForm(YouForm):
    """Somebody who was invited: the address is the invited one."""

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].disabled = True
        self.initial["email"] = email


class StartCodeForm(forms.Form):
    """The code that `./deining run` printed."""

    code = forms.CharField(
        label=_("Start code"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Four groups of five letters and digits, such as ABCDE-FGHJK-LMNPQ-RSTUV."),
    )


class BrandForm(forms.Form):
    """A brand's settings. An empty short name means: choose one."""

    name = forms.CharField(label=_("Name of your brand"), max_length=120)
    slug = forms.CharField(
        label=_("Short name"),
        max_length=60,
        required=False,
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use small letters, digits and dashes only."))
        ],
        help_text=_("Part of the address of its pages. Leave it empty and we choose one."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zone_choices, help_text=_("Where your days begin and end.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of your audience"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )

    @classmethod
    def of(cls, brand: Brand | None, data: Any = None) -> "BrandForm":
        """The form of an existing brand, or a fresh one with this installation's defaults."""
        if brand is None:
            initial = {"time_zone": config().time_zone, "languages": ["nl"]}
        else:
            initial = {
                "name": brand.name,
                "slug": brand.slug,
                "time_zone": brand.time_zone,
                "languages": brand.languages.split(","),
            }
        return cls(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("name") and "slug" in cleaned and not cleaned["slug"]:
            cleaned["slug"] = self.initial.get("slug") or free_slug(cleaned["name"])
        return cleaned


class InviteForm(forms.Form):
    """Who to ask, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=())

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.initial.setdefault("role", Role.EDITOR.value)


class ProfileForm(forms.Form):
    """What somebody chooses about themselves."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(
        label=_("Appearance"), choices=lambda: User._meta.get_field("theme").choices or []
    )
