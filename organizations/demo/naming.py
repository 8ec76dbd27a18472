"""What synthetic organisations are called, and their codes."""

from __future__ import annotations

from governance.kit.creditcode import check_character, organisation_check
from organizations.models import Category, Nature

_LIFE, _CHARITY, _AFFAIRS = Category.LIFE_SERVICES, Category.CHARITY, Category.COMMUNITY_AFFAIRS
_CULTURE, _RURAL = Category.CULTURE_SPORT, Category.RURAL_TECHNOLOGY
# Teams of communities, each name with its category and the service category of Tianyuan; charities come first.
CHARITIES = (
    ("爱心互助会", _CHARITY, "charity_relief"), ("慈善志愿服务队", _CHARITY, "charity_relief"),
    ("暖心帮扶社", _CHARITY, "public_welfare"), ("公益微心愿服务队", _CHARITY, "public_welfare"),
)  # fmt: skip
TEAMS = (
    ("夕阳红文体队", _CULTURE, "culture_and_sport"), ("邻里互助社", _LIFE, "convenience"),
    ("红白理事会", _AFFAIRS, "social_affairs"), ("广场舞队", _CULTURE, "culture_and_sport"),
    ("道德评议会", _AFFAIRS, "social_affairs"), ("平安巡防队", _AFFAIRS, "social_affairs"),
    ("便民维修服务队", _LIFE, "convenience"), ("老年协会", _LIFE, "public_welfare"),
    ("书画社", _CULTURE, "culture_and_sport"), ("民情议事会", _AFFAIRS, "residents_rights"),
    ("腰鼓队", _CULTURE, "culture_and_sport"), ("助老送餐队", _LIFE, "convenience"),
    ("环境保护志愿队", _AFFAIRS, "public_welfare"), ("合唱队", _CULTURE, "culture_and_sport"),
    ("儿童之家服务队", _LIFE, "public_welfare"), ("矛盾调解工作室", _AFFAIRS, "residents_rights"),
    ("太极拳队", _CULTURE, "culture_and_sport"), ("巾帼志愿队", _LIFE, "public_welfare"),
    ("理发缝补服务队", _LIFE, "convenience"), ("楼栋长联谊会", _AFFAIRS, "residents_rights"),
    ("读书会", _CULTURE, "culture_and_sport"), ("退役军人志愿队", _AFFAIRS, "public_welfare"),
    ("健身气功队", _CULTURE, "culture_and_sport"), ("物业监督小组", _AFFAIRS, "residents_rights"),
    ("乒乓球队", _CULTURE, "culture_and_sport"), ("家政互助社", _LIFE, "convenience"),
    ("钓鱼协会", _CULTURE, "culture_and_sport"), ("亲子成长营", _LIFE, "public_welfare"),
    ("京剧票友社", _CULTURE, "culture_and_sport"), ("心灵驿站", _LIFE, "public_welfare"),
    ("门球队", _CULTURE, "culture_and_sport"), ("文明劝导队", _AFFAIRS, "social_affairs"),
)  # fmt: skip
VILLAGE_TEAMS = (
    ("红白理事会", _AFFAIRS, "social_affairs"), ("文艺宣传队", _CULTURE, "culture_and_sport"),
    ("种植技术互助组", _RURAL, "convenience"), ("老年协会", _LIFE, "public_welfare"),
    ("乡贤议事会", _AFFAIRS, "residents_rights"), ("广场舞队", _CULTURE, "culture_and_sport"),
    ("养殖技术互助组", _RURAL, "convenience"), ("道德评议会", _AFFAIRS, "social_affairs"),
    ("龙狮队", _CULTURE, "culture_and_sport"), ("邻里互助社", _LIFE, "convenience"),
    ("巾帼志愿队", _LIFE, "public_welfare"), ("护林护河队", _AFFAIRS, "social_affairs"),
    ("农机服务队", _RURAL, "convenience"), ("篮球队", _CULTURE, "culture_and_sport"),
    ("留守儿童关爱队", _LIFE, "public_welfare"), ("平安巡防队", _AFFAIRS, "social_affairs"),
    ("锣鼓队", _CULTURE, "culture_and_sport"), ("果蔬技术互助组", _RURAL, "convenience"),
    ("矛盾调解工作室", _AFFAIRS, "residents_rights"), ("秧歌队", _CULTURE, "culture_and_sport"),
)  # fmt: skip
_TYPES = {Nature.ASSOCIATION: "1", Nature.FOUNDATION: "3"}  # all others are service bodies


def credit_code(nature: str, division: str, number: int) -> str:
    """Return a code with right check characters; its organisation code begins with YA, which is given to nobody."""
    body = f"YA{number:06}"
    seventeen = f"5{_TYPES.get(Nature(nature), '2')}{division[:6]}{body}{organisation_check(body)}"
    return seventeen + check_character(seventeen)
