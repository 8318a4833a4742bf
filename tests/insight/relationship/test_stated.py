"""What people say beside what they show: thirty answers help, three do no harm (simulated truth)."""

import numpy as np
import pyarrow as pa
import pytest

from deining.insight import relationship
from deining.insight.relationship.logistic import logit, sigmoid
from deining.insight.relationship.stated import recalibrate
from tests.insight.relationship.community import make_community

LOG = make_community(400, 1400)
FOUND = relationship.find(LOG)


def answers(wish: dict[str, bool]) -> pa.Table:
    return pa.table({"person": list(wish), "stated": list(wish.values())})


def log_loss(truth: np.ndarray, log_odds: np.ndarray) -> float:
    """Expected loss per person when the true chance is `truth` (bits of surprise, natural)."""
    p = np.clip(sigmoid(log_odds), 1e-9, 1 - 1e-9)
    return float(-(truth * np.log(p) + (1 - truth) * np.log1p(-p)).mean())


def gain(asked: int, intercept: float, slope: float, rounds: int = 300) -> float:
    """Mean improvement in loss over the shown score when `asked` random people answer, by simulation."""
    rng = np.random.default_rng(11)
    gains = []
    for _ in range(rounds):
        shown = rng.normal(-1.8, 1.6, 400)
        truth = sigmoid(intercept + slope * shown)
        sample = rng.choice(400, asked, replace=False)
        wish = (rng.random(asked) < truth[sample]).astype(float)
        moved = recalibrate(shown[sample], wish).mean
        gains.append(log_loss(truth, shown) - log_loss(truth, moved[0] + moved[1] * shown))
    return float(np.mean(gains))


@pytest.mark.parametrize(("intercept", "slope"), [(1.2, 1.0), (-1.0, 0.8), (0.8, 0.5)])
def test_thirty_answers_help_when_people_say_something_else_than_they_show(
    intercept: float, slope: float
) -> None:
    assert gain(30, intercept, slope) > 0.02


@pytest.mark.parametrize(("intercept", "slope"), [(0.0, 1.0), (1.2, 1.0), (-1.0, 0.8), (0.8, 0.5)])
def test_three_answers_do_no_harm(intercept: float, slope: float) -> None:
    assert gain(3, intercept, slope) > -0.01


def test_without_answers_the_layer_is_shown() -> None:
    assert FOUND.layer == "shown"
    assert FOUND.share == FOUND.shown_share


def test_answers_move_the_layer_and_the_distance_is_told() -> None:
    rng = np.random.default_rng(5)
    rows = FOUND.people.to_pylist()
    asked = [rows[place] for place in rng.choice(len(rows), 60, replace=False)]
    truth = {
        row["person"]: bool(rng.random() < sigmoid(logit(np.array([row["shown"]])) + 1.5)[0]) for row in asked
    }
    found = relationship.find(LOG, stated=answers(truth))
    assert found.layer == "stated"
    assert found.shown_share == pytest.approx(FOUND.shown_share)
    assert found.share > found.shown_share  # type: ignore[operator]
    assert found.share_low < found.share < found.share_high  # type: ignore[operator]
    (gap,) = [note for note in found.notes if note.code == "stated_gap"]
    assert gap.params["answers"] == 60
    assert int(gap.params["stated"]) > int(gap.params["shown"])
    assert found.model.to_json() == relationship.Model.from_json(found.model.to_json()).to_json()


def test_few_answers_are_said_to_be_few_and_strangers_to_be_strangers() -> None:
    person = LOG["person"][0].as_py()
    found = relationship.find(LOG, stated=answers({person: True, "an outsider": True}))
    assert {"stated_few", "stated_unknown"} <= {note.code for note in found.notes}
    nobody = relationship.find(LOG, stated=answers({"an outsider": True}))
    assert nobody.layer == "shown"
    assert "stated_none" in {note.code for note in nobody.notes}


def test_an_absent_answer_is_no_answer_and_a_repeated_one_counts_once() -> None:
    person = LOG["person"][0].as_py()
    stated = pa.table({"person": [person, person, "person 1"], "stated": [True, False, None]})
    (gap,) = [n for n in relationship.find(LOG, stated=stated).notes if n.code == "stated_gap"]
    assert gap.params == {"answers": 1, "stated": 50, "shown": gap.params["shown"]}


def test_answers_that_are_not_yes_or_no_are_refused_by_name() -> None:
    with pytest.raises(relationship.UnusableEvents, match="stated"):
        relationship.find(LOG, stated=pa.table({"person": ["fan"], "stated": ["perhaps"]}))
