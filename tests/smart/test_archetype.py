"""The kind of indicator a phrase asks for, on the nineteen phrases of the method."""

import pytest

from dodai.smart import check, opens_coach, propose_archetype
from tests.smart.cases import SENTENCES

SOURCE = {case["id"]: case["text"] for case in SENTENCES if case["kind"] == "source_example"}
EXPECTED = {
    "SRC01": ("zero_maintain", None),
    "SRC02": ("volume_converted", "deadline_adherence"),
    "SRC03": ("satisfaction", None),
    "SRC04": ("volume_converted", "lead_time"),
    "SRC05": ("rate", None),
    "SRC06": ("rate", None),
    "SRC07": ("satisfaction", None),
    "SRC08": ("volume_converted", "rate"),
    "SRC09": ("zero_maintain", None),
    "SRC10": ("volume_converted", "deadline_adherence"),
    "SRC11": ("deadline_adherence", None),
    "SRC12": ("rubric", None),
    "SRC13": ("lead_time", None),
    "SRC14": ("deadline_adherence", None),
    "SRC15": ("zero_maintain", None),
    "SRC16": ("lead_time", None),
    "SRC17": ("volume_converted", "rate"),
    "SRC18": ("rate", None),
    "SRC19": ("volume_converted", "rate"),
}


@pytest.mark.parametrize("id_", EXPECTED)
def test_a_phrase_leads_to_its_kind_of_indicator(id_):
    proposed = propose_archetype(SOURCE[id_])

    assert (proposed.code, proposed.converts_to) == EXPECTED[id_]


def test_a_count_set_by_others_opens_the_coach():
    opened = {id_ for id_, text in SOURCE.items() if opens_coach(check(text))}

    assert opened == {id_ for id_, (code, _) in EXPECTED.items() if code == "volume_converted"}
