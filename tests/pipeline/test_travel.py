"""Values come out of a pickle as they went in."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, fields
from typing import Any

import pytest

from matrixsite.dedup.prints import Pending
from matrixsite.ingest.dating import Dates
from matrixsite.ingest.harvest import Harvest
from matrixsite.ingest.harvested import Harvested
from matrixsite.ingest.identity import Identity
from matrixsite.model import CleanEntry
from matrixsite.pipeline import reading, stories  # noqa: F401  # which say that these travel so
from matrixsite.pipeline.travel import travel_by_fields

TRAVELLERS = (Harvest, Harvested, Identity, Dates, CleanEntry, Pending)


@dataclass(frozen=True, slots=True)
class Parcel:
    name: str
    inside: tuple[object, ...] = ()


travel_by_fields(Parcel)


def test_a_value_travels_whole() -> None:
    parcel = Parcel("outer", (Parcel("inner", (1, None, b"x")), "text"))
    assert pickle.loads(pickle.dumps(parcel)) == parcel


@pytest.mark.parametrize("kind", TRAVELLERS, ids=lambda kind: kind.__name__)
def test_what_goes_between_processes_needs_no_python_code_to_be_pickled(
    monkeypatch: pytest.MonkeyPatch, kind: type[Any]
) -> None:
    monkeypatch.delattr(kind, "__getstate__")
    monkeypatch.delattr(kind, "__setstate__")
    value = kind(*range(len(fields(kind))))
    assert pickle.loads(pickle.dumps(value)) == value
