"""Small worlds of entries that joining is tried on, and the pieces that they are made of."""

from __future__ import annotations

from opencc import OpenCC

from matrixsite.dedup.prints import Pending
from tests.dedup.memory import BRIDGE, ORCHARD, TITLE, Memory, piece

RED = "半山腰柿子园迎来采摘尾声"
STARS = "少年观星夜课在天文台开讲"
LINES, ROWS = BRIDGE.split("\n"), ORCHARD.split("\n")
TRADITIONAL = OpenCC("s2t").convert
ROUND_UP = "\n".join([TITLE, *LINES[:2], RED, *ROWS[:2]])
FIRST = piece("a1", BRIDGE, TITLE)
WIDTH = BRIDGE.replace("九米", "9米")

COUNTED = (  # a text full of numbers, as silent corrections are found by
    "全长18.5公里的滨水步道贯通，沿线设驿站6处、饮水点12个、长椅240张。\n"
    "步道串起3座旧码头，由南向北依次是柳荫渡、石埠渡和芦花渡，均立有说明牌。\n"
    "每处驿站备有雨伞30把、药箱1个，早上6时开门，晚上10时关门，节假日照常。\n"
    "骑行者须在标线内通行，限速15公里，与步行者相遇时减速让行，不得并排。\n"
    "沿线新栽乌桕700株、水杉450株，都挂了牌，认养者可以在亭子里登记。\n"
    "夜间灯光分三档，十点以后只留脚灯，免得惊扰芦苇丛里过夜的水鸟。\n"
    "管护队共有46人，分成4班轮值，发现栏杆松动，当天就要报修并围挡。"
)


PROGRAMME = "清溪夜读，每晚九点，陪你走过寻常的日子，也记下不寻常的片刻。"


def world(*entries: Pending, batch: int = 500) -> Memory:
    memory = Memory()
    memory.add(entries, batch)
    return memory
