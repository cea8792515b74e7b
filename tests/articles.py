"""Articles that have nothing in common, one that names a source outside the matrix, and a digest of three."""

from __future__ import annotations

from tests.nights import LONG

WIRE = f"<p>来源：新华社</p><p>{LONG}</p>"
POOL = (
    "市游泳馆改造工程昨天完工，馆内更换了循环水设备，水温常年保持在二十七摄氏度，泳道由六条增加到八条。"
    "馆方介绍，改造后每天分四场开放，持学生证的中小学生半价入场，救生员由十二名增加到二十名。"
    "家长可以在二楼的看台等候，看台新装了暖气和直饮水。"
)
BUS = (
    "公交集团发布消息，因跨江大桥检修，十七路、三十二路和夜班四号线从周六起绕行滨河大道，检修预计持续三周。"
    "绕行期间撤销码头和渔市两个站点，改在滨河公园东门停靠，首末班时间不变，高峰时段各增开六个班次。"
    "乘客可以拨打热线查询车辆到站时间。"
)
TITLE, POOL_TITLE, BUS_TITLE = "图书馆今起延长开放时间", "游泳馆改造完工重新开放", "三条公交线路周六起绕行"
DIGEST = (
    f"<p>一、{TITLE}</p><p>{LONG[:70]}</p><p>二、{POOL_TITLE}</p><p>{POOL[:70]}</p>"
    f"<p>三、{BUS_TITLE}</p><p>{BUS[:70]}</p><p>明天多云，出门带伞。</p>"
)
