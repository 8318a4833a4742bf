"""What the room of people does when something happens elsewhere."""

from deining.core.actions.members import MemberGone
from deining.core.events import subscribe
from deining.people.models import Person


@subscribe(MemberGone)
def hand_over(event: MemberGone) -> None:
    """Who a leaving colleague looked after goes to the heir, or to nobody; the log has the leaving itself."""
    Person.objects.filter(brand=event.brand_id, owner=event.user_id).update(
        owner=event.heir_id, owner_lent=False
    )
