"""Demo data: a seeded storyteller that invents ninety days of mentions. The story is `config/demo/`."""

import random
import string
from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from tingfeng.home import config
from tingfeng.mentions.record import DEMO, conform

_BATCH = 10_000
_EVENING = [1, 1, 1, 1, 1, 1, 2, 4, 6, 6, 6, 6, 8, 7, 6, 6, 6, 7, 9, 11, 13, 13, 10, 5]
_MOODS = ("positive", "neutral", "negative")
_URLS = {
    "xiaohongshu": "https://www.xiaohongshu.com/explore/{}",
    "weibo": "https://m.weibo.cn/detail/{}",
    "douyin": "https://www.douyin.com/video/{}",
    "tiktok": "https://www.tiktok.com/@demo/video/{}",
    "instagram": "https://www.instagram.com/p/{}",
    "youtube": "https://www.youtube.com/watch?v={}",
}


def demo_batches(mentions: int | None = None, seed: int | None = None) -> Iterator[pl.DataFrame]:
    """Frames of invented mentions (`SCHEMA`, at most 10 000 rows), oldest first; the same seed tells the same story.

    `mentions` is the approximate size; the default is the story's own.
    """
    rows = list(_Storyteller(mentions, seed).tell())
    for start in range(0, len(rows), _BATCH):
        yield conform(pl.DataFrame(rows[start : start + _BATCH], infer_schema_length=None))


class _Storyteller:
    def __init__(self, mentions: int | None, seed: int | None) -> None:
        self.story = config("demo/story")
        self.phrases = config("demo/phrases")
        self.random = random.Random(self.story["seed"] if seed is None else seed)  # noqa: S311 - a story, no secret
        self.scale = (mentions or self.story["mentions"]) / self.story["mentions"]
        self.start = datetime.combine(self.story["start"], datetime.min.time())
        self.end = self.start + timedelta(days=self.story["days"])
        self.subjects = {subject["key"]: subject for subject in self.story["subjects"]}
        self.posts: dict[tuple[str, str], deque[str]] = defaultdict(lambda: deque(maxlen=30))
        self.newcomers = 0

    def tell(self) -> Iterator[dict[str, Any]]:
        """Plan everything first, then tell it in the order of time, so that nobody answers a post not yet written."""
        plans = [*self._kols(), *self._events()]
        plans += self._ordinary(round(self.scale * self.story["mentions"]) - len(plans))
        for plan in sorted(plans, key=lambda plan: (plan["published_at"], plan["id"])):
            yield self._mention(plan)

    def _kols(self) -> Iterator[dict[str, Any]]:
        for kol in self.story["kols"]:
            author = {"author_id": kol["id"], "author_name": kol["name"], "author_handle": kol["handle"]}
            for _ in range(round(kol["posts"] * self.scale)):
                day = self.random.randrange(self.story["days"])
                post = self._plan(kol["platform"], day, kol["subject"], "kolpost", comment=False)
                yield post | {"as": author | {"author_followers": kol["followers"]}, "fame": 60}
                for _ in range(self.random.randint(0, 2 * self.story["kol_replies"])):
                    reply = self._plan(kol["platform"], day, kol["subject"], "kol", comment=True)
                    moment = post["published_at"] + timedelta(seconds=int(self.random.expovariate(1 / 54_000)))
                    yield reply | {"published_at": moment, "id": self._id(kol["platform"], moment), "under": post["id"]}

    def _events(self) -> Iterator[dict[str, Any]]:
        brands = {key: each["share"] for key, each in self.subjects.items() if each["field"] != "kol"}
        for event in self.story["events"]:
            for day in range(event["days"]):
                size = max(event["floor"], event["daily"] * event["fade"] ** day) * self.scale
                for _ in range(round(size * self._noise())):
                    yield self._event_plan(event, event["from"] + day, event.get("subject") or self._pick(brands))

    def _event_plan(self, event: dict[str, Any], day: int, subject: str) -> dict[str, Any]:
        plan = self._plan(self._pick(event["platforms"]), day, subject, event["key"])
        plan |= {"language": self._pick(event["languages"]), "mood": self._mood(event["mood"])}
        if event.get("new_authors") and plan["language"] != "zh" and self.random.random() < 0.7:
            self.newcomers += 1
            name = f"{self.random.choice(self.phrases['names']['en'])}{self.newcomers}"
            plan["as"] = {"author_id": f"demo-new-{self.newcomers}", "author_name": name}
        return plan

    def _ordinary(self, count: int) -> Iterator[dict[str, Any]]:
        platforms = {key: each["share"] for key, each in self.story["platforms"].items()}
        subjects = {key: each["share"] for key, each in self.subjects.items()}
        days = {day: self._noise() * (1.2 if day % 7 in (4, 5) else 1) for day in range(self.story["days"])}
        for day in self.random.choices(list(days), list(days.values()), k=max(count, 0)):
            subject = self._pick(subjects)
            yield self._plan(self._pick(platforms), day, subject, self.subjects[subject]["field"])

    def _plan(
        self, platform: str, day: int, subject: str, topic: str, *, comment: bool | None = None
    ) -> dict[str, Any]:
        people = self.story["platforms"][platform]
        moment = self._moment(day, people["offset"])
        return {
            "platform": platform,
            "id": self._id(platform, moment),
            "published_at": moment,
            "subject": subject,
            "topic": topic,
            "language": self._pick(people["languages"]),
            "mood": self._mood(self.subjects[subject]["mood"]),
            "comment": self.random.random() < people["comments"] if comment is None else comment,
        }

    def _mention(self, plan: dict[str, Any]) -> dict[str, Any]:
        platform, comment, topic = plan["platform"], plan["comment"], plan["topic"]
        text = self._text(plan["language"], plan["mood"], plan["subject"], topic)
        tags = [] if comment or self.random.random() < 0.4 else self._hashtags(topic)
        parent = self._parent(plan)
        titled = platform == "youtube" and not comment
        return {
            "platform": platform,
            "id": plan["id"],
            "kind": "comment" if comment else "video" if platform in {"douyin", "tiktok", "youtube"} else "post",
            "parent_id": parent,
            "root_id": parent,
            "url": _URLS[platform].format(parent or plan["id"]),
            "published_at": plan["published_at"],
            "collected_at": self.end + timedelta(hours=12),
            "title": text if titled else None,
            "text": " ".join([*([] if titled else [text]), *(f"#{tag}" for tag in tags)]),
            "hashtags": "|".join(tags),
            "source": DEMO,
            **self._author(platform, plan["language"]),
            **self._numbers(platform, plan.get("fame", 1), comment=comment),
            **plan.get("as", {}),
        }

    def _parent(self, plan: dict[str, Any]) -> str | None:
        earlier = self.posts[plan["platform"], plan["subject"]]
        if not plan["comment"]:
            earlier.append(plan["id"])
            return None
        return plan.get("under") or (self.random.choice(earlier) if earlier else None)

    def _text(self, language: str, mood: str, subject: str, topic: str) -> str:
        words = self.phrases[topic]
        script = "en" if language == "en" else "zh"
        lists = {name: words.get(name, {}).get(script) or [""] for name in ("thing", "place")}
        rival = self.random.choice(self.story["rivals"].get(subject, [subject]))
        pattern = self.random.choice(words[mood][language])
        if mood == "positive" and rival != subject and self.random.random() < self.story["rival_chance"]:
            pattern += {"en": ", better than {y}", "zh": "，比{y}好"}[script]
        body = pattern.format(
            x=self.random.choice(self.subjects[subject][script]),
            y=self.random.choice(self.subjects[rival][script]),
            thing=self.random.choice(lists["thing"]),
            place=self.random.choice(lists["place"]),
            day=self.random.choice(self.phrases["day"][script]),
        )
        opening, closing = (self.random.choice(self.phrases[part][language]) for part in ("opening", "closing"))
        return f"{opening}{body}{closing}"

    def _hashtags(self, topic: str) -> list[str]:
        choice = self.phrases["hashtags"][topic]
        return sorted(self.random.sample(choice, k=self.random.randint(1, min(2, len(choice)))))

    def _author(self, platform: str, language: str) -> dict[str, Any]:
        script = "en" if language == "en" else "zh"
        number = int(self.random.lognormvariate(5, 1.5)) % 4_000
        followers = round(self.random.lognormvariate(5.5, 1.8)) if self.random.random() < 0.6 else None
        name = f"{self.phrases['names'][script][number % 12]}{number or ''}"
        return {
            "author_id": f"demo-{platform}-{script}-{number}",
            "author_name": name,
            "author_handle": name if script == "en" else None,
            "author_followers": followers,
            "region": self.random.choice(self.phrases["regions"][script]) if self.random.random() < 0.7 else None,
        }

    def _numbers(self, platform: str, fame: int, *, comment: bool) -> dict[str, int | None]:
        median = self.story["platforms"][platform]["likes"] * (0.2 if comment else 1)
        likes = round(self.random.lognormvariate(0, 1.3) * median * fame)
        if comment:
            return {"likes": likes}
        views = round(likes * self.random.uniform(15, 60)) if platform not in {"weibo", "xiaohongshu"} else None
        saves = round(likes * self.random.uniform(0.05, 0.6)) if platform not in {"weibo", "youtube"} else None
        return {
            "likes": likes,
            "comments": round(likes * self.random.uniform(0.02, 0.25)),
            "shares": round(likes * self.random.uniform(0, 0.15)) if platform != "instagram" else None,
            "saves": saves,
            "views": views,
        }

    def _moment(self, day: int, offset: int) -> datetime:
        hour = self.random.choices(range(24), _EVENING)[0]
        local = self.start + timedelta(days=day, hours=hour, seconds=self.random.randrange(3600))
        return local - timedelta(hours=offset)

    def _id(self, platform: str, moment: datetime) -> str:
        """An id of the platform's form; where the platform's ids carry their time, so does this one."""
        seconds, noise = int(moment.replace(tzinfo=UTC).timestamp()), self.random.getrandbits(22)
        if platform == "xiaohongshu":
            return f"{seconds:08x}{'0' * 8}{self.random.getrandbits(32):08x}"
        if platform == "weibo":
            return str((seconds - 515_483_463) << 22 | noise)
        if platform == "instagram":
            return str((seconds * 1000 - 1_314_220_021_721) << 23 | noise)
        if platform == "youtube":
            return "".join(self.random.choices(string.ascii_letters + string.digits, k=11))
        return str(seconds << 32 | self.random.getrandbits(32))

    def _mood(self, weights: list[float]) -> str:
        return self.random.choices(_MOODS, weights)[0]

    def _pick(self, weights: dict[str, float]) -> str:
        return self.random.choices(list(weights), list(weights.values()))[0]

    def _noise(self) -> float:
        return self.random.uniform(0.8, 1.25)
