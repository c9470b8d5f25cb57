"""What a quantity is to the mapping: one table from dimension and words to a role.

The first rule that fits wins. A name with a word that no rule and no list knows is not understood.
"""

from __future__ import annotations

from dataclasses import dataclass

from greenledger.validation.names import Quantity
from greenledger.validation.words import STAGES, word_set

DEVICE_UNITS = {"device", "server"}
COUNTED = ("request", "image", "token", "video", "user", "page")  # what a figure may be per
COMPONENTS = frozenset(
    {"cpu", "ram", "dram", "memory", "host", "network", "storage", "device", "cooling", "disk"}
)
IDLE = frozenset({"idle", "standby", "overhead"})
WITH_PUE = frozenset({"pue", "facility", "wall", "datacenter", "datacentre", "dc"})
_MARKET = frozenset({"market", "contractual", "contract", "supplier", "ppa", "net"})
_OFFSITE = frozenset(
    {"offsite", "off", "ewif", "source", "indirect", "generation", "grid", "electricity", "upstream"}
)
_EMBODIED = frozenset(
    {
        "embodied",
        "manufacturing",
        "manufacture",
        "te",
        "baseboard",
        "pcf",
        "cradle",
        "gate",
        "production",
        "footprint",
    }
)
_LIFE = frozenset({"lifetime", "lifespan", "life", "el", "amortisation", "amortization", "depreciation"})
_USE = frozenset({"utilisation", "utilization", "load", "util", "duty", "usage", "factor"})
_WHOLE = frozenset(
    {"system", "cluster", "it", "datacenter", "datacentre", "facility", "total", "supercomputer", "pod"}
)
_OTHER_EMISSIONS = frozenset({"scope1", "scope2", "scope3", "scope", "1", "2", "3", "other"})
_ACHIEVED = frozenset({"achieved", "sustained", "performance"})
_OPERATIONAL = frozenset({"operational", "use", "operations"})
# Whose length is what a task is counted in, not how long the work took.
_MEDIA = frozenset({"audio", "speech", "video", "recording", "recordings", "footage", "media"})
_INPUT = frozenset({"input", "context", "prefill", "read"})
_OUTPUT = frozenset({"output", "generated", "decode", "new", "seq", "length"})

# Words that any name may carry without a change of meaning.
_HARMLESS = STAGES | word_set(
    "energy electricity power electric electrical total sum combined time duration wall clock elapsed",
    "wallclock board max maximum peak tdp thermal design rated nameplate carbon emission emissions intensity",
    "ci ef grid factor water wue pue eue effectiveness incl including included include with after before",
    "gross net location based local regional national climate gwp mix system main cluster fleet facility it",
    "ai model llm job jobs phase work workload evaluation eval development research experiment experiments",
    "session released expected annual reserved resources equipment direct site onsite on scope2 dense device",
    "server request image token param batch video output input throughput speed compute arithmetic floating",
    "point accelerated cloud provider",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A role for quantities of `dimension` that have any of `words` (if given), per any of `per` (if given).

    `alone`: no words at all may remain.
    """

    role: str
    dimension: str
    words: frozenset[str] = frozenset()
    per: frozenset[str] | None = None
    every: frozenset[str] = frozenset()
    alone: bool = False

    def fits(self, quantity: Quantity) -> bool:
        if quantity.dimension != self.dimension or not self.every <= quantity.words:
            return False
        if self.alone and quantity.words:
            return False
        if self.words and not self.words & quantity.words:
            return False
        return quantity.per is None if self.per is None else quantity.per in self.per


def _of(*words: str) -> frozenset[str]:
    return frozenset(words)


_COUNTED = frozenset(COUNTED)
_EACH = frozenset(DEVICE_UNITS)

RULES: tuple[Rule, ...] = (
    # energy
    Rule("energy-per-unit", "energy", per=_COUNTED),
    Rule("embodied-share-energy", "energy", _EMBODIED),
    Rule("idle-energy", "energy", IDLE),
    Rule("energy", "energy"),
    Rule("energy-per-device", "energy", per=_EACH),
    Rule("idle-share", "share", IDLE),
    Rule("idle-share", "number", IDLE, every=_of("share")),
    # power
    Rule("power-per-device", "power", per=_of("device")),
    Rule("power-per-server", "power", per=_of("server")),
    Rule("power-per-server", "power", _of("server")),
    Rule("power-per-device", "number", _of("tdp")),
    Rule("component-power", "power", COMPONENTS - {"device"}),
    Rule("power-whole", "power", _WHOLE | {"energy", "electricity"}),
    Rule("power-per-device", "power"),
    # time
    Rule("life", "time", _LIFE),
    Rule("device-time", "time", _of("device")),
    Rule("server-time", "time", _of("server")),
    Rule("media-time", "time", _MEDIA),
    Rule("media-time", "time", _MEDIA, _COUNTED),
    Rule("time-per-unit", "time", per=_COUNTED),
    Rule("time-per-unit", "time", _of("latency")),
    Rule("wall-time-per-device", "time", per=_EACH),
    Rule("wall-time", "time"),
    # what the grid and the site add
    Rule("residual-intensity", "mass-per-energy", _of("residual")),
    Rule("market-intensity", "mass-per-energy", _MARKET),
    Rule("plain-intensity", "number", _of("intensity", "ci")),
    Rule("intensity", "mass-per-energy"),
    Rule("grid-water", "water-per-energy", _OFFSITE),
    Rule("wue", "water-per-energy"),
    Rule(
        "coverage",
        "share",
        _of("contractual", "coverage", "renewable", "cfe", "matched", "ppa", "free", "green"),
    ),
    Rule("coverage", "number", _of("coverage", "renewable", "cfe", "matched")),
    Rule("coverage", "number", every=_of("carbon", "free", "share")),
    Rule("pue", "number", _of("pue", "eue", "effectiveness")),
    # masses and water that are stated as such
    Rule("carbon-per-unit", "mass", per=_COUNTED),
    Rule("embodied-per-device", "mass", _EMBODIED, _of("device")),
    Rule("embodied-per-server", "mass", _EMBODIED, _of("server")),
    Rule("embodied-per-device", "mass", _EMBODIED, every=_of("device")),
    Rule("embodied-per-server", "mass", _EMBODIED, every=_of("server")),
    Rule("embodied-per-device", "mass", per=_of("device")),
    Rule("embodied-per-server", "mass", per=_of("server")),
    Rule("embodied", "mass", _EMBODIED),
    Rule("other-carbon", "mass", _OTHER_EMISSIONS),
    Rule("carbon", "mass", _OPERATIONAL),
    Rule("carbon", "mass"),
    Rule("water-per-unit", "water", per=_COUNTED),
    Rule("water", "water"),
    # arithmetic
    Rule("mfu", "flop", _of("utilization", "utilisation", "efficiency")),
    Rule("achieved", "flop", _ACHIEVED),
    Rule("achieved", "flop", _ACHIEVED, _of("device")),
    Rule("flop-per-token", "flop", per=_of("token")),
    Rule("peak", "flop", _of("peak", "rated", "theoretical", "device", "dense")),
    Rule("peak", "flop", per=_of("device")),
    Rule("flop", "flop"),
    Rule("mfu", "number", _of("mfu", "hfu", "efficiency")),
    Rule("mfu", "share", _of("mfu", "hfu", "efficiency")),
    Rule("mfu", "number", every=_of("flop", "utilization")),
    Rule("token-rate", "rate", _of("token")),
    Rule("unit-rate", "rate", _COUNTED),
    # shares
    Rule("life-use", "share", _LIFE),
    Rule("life-use", "number", _LIFE, every=_of("utilisation")),
    Rule("life-use", "number", _LIFE, every=_of("utilization")),
    Rule("life-use", "number", _LIFE, every=_of("share")),
    Rule("embodied-share", "share", _EMBODIED),
    Rule("embodied-share", "number", _EMBODIED, every=_of("share")),
    Rule("use", "share", _USE),
    Rule("use", "number", _USE),
    # counts
    Rule("devices-per-server", "number", _of("device"), _of("server")),
    Rule("params", "number", _of("param"), every=_of("active")),
    Rule("total-params", "number", _of("param"), every=_of("total")),
    Rule("params", "number", _of("param")),
    Rule("cached-tokens", "number", _of("cached", "cache"), every=_of("token")),
    Rule("reasoning-tokens", "number", _of("reasoning", "thinking"), every=_of("token")),
    Rule("input-tokens", "number", _INPUT, every=_of("token")),
    Rule("output-tokens", "number", _OUTPUT, every=_of("token")),
    Rule("tokens", "number", _of("token")),
    Rule("cached-tokens", "number", _of("cached", "cache"), _COUNTED, _of("token")),
    Rule("reasoning-tokens", "number", _of("reasoning", "thinking"), _COUNTED, _of("token")),
    Rule("input-tokens", "number", _INPUT, _COUNTED, _of("token")),
    Rule("output-tokens", "number", _of("token"), _COUNTED),
    Rule("batch", "number", _of("batch", "concurrency", "concurrent")),
    Rule("servers", "number", _of("server")),
    Rule("devices", "number", _of("device")),
    Rule("requests", "number", _of("request")),
    Rule("images", "number", _of("image")),
    Rule("videos", "number", _of("video")),
    Rule("repeats", "number", _of("runs", "trials", "repeats", "repetitions", "seeds")),
    Rule("year", "number", _of("year")),
    Rule("functional-units", "number", _of("functional")),
    Rule("reserved", "number", _of("reserved", "rr")),
    Rule("available", "number", _of("tor", "available")),
    Rule("available", "number", every=_of("resources", "total")),
    Rule("devices", "number", alone=True),
)
_ROLE_WORDS: dict[str, frozenset[str]] = {}
for _rule in RULES:
    _ROLE_WORDS[_rule.role] = _ROLE_WORDS.get(_rule.role, frozenset()) | _rule.words | _rule.every


def role_of(quantity: Quantity) -> str | None:
    """The role of a quantity, or None if no rule fits or a word is unknown."""
    for rule in RULES:
        if rule.fits(quantity):
            known = _HARMLESS | _ROLE_WORDS[rule.role]
            if rule.dimension == "energy":
                known |= COMPONENTS | WITH_PUE | _WHOLE
            return rule.role if quantity.words <= known else None
    return None
