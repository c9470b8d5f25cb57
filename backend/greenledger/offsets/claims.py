"""Words that would turn coverage into a claim about a product.

Directive (EU) 2024/825 (Annex I, 4c of Directive 2005/29/EC) bans claims that a product has a neutral,
reduced or positive impact on the environment because emissions were offset. We state numbers, and that there
is evidence of a retirement.
"""

from __future__ import annotations

import re

_THING = r"(?:carbon|climate|co2e?|co₂e?|ghg|greenhouse[ -]gas|emissions?)"
_CLAIM = re.compile(
    rf"""
    \b{_THING}[ \-\u2010-\u2015]?(?:neutral(?:ity)?|positive|negative|compensated)\b
    | \bnet[ \-\u2010-\u2015]?zero\b
    | \bzero[ \-\u2010-\u2015](?:carbon|emissions?|footprint)\b
    | \bemissions?[ \-\u2010-\u2015]free\b
    | \bclimate[ \-\u2010-\u2015]?friendly\b | \beco[ \-\u2010-\u2015]?friendly\b
    | \b(?:fully|completely|entirely|100\ ?%)\ (?:offset|compensated|neutrali[sz]ed)\b
    | \boffset\ (?:complete|completely|in\ full|entirely)\b
    | \b(?:klima|co2|co₂)[ \-\u2010-\u2015]?neutral\w*
    | \bneutre\ en\ carbone\b | \bcarbono\ neutr[oa]l?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def claims_in(text: str) -> tuple[str, ...]:
    """The forbidden phrases in a text, as they stand there."""
    return tuple(match.group(0) for match in _CLAIM.finditer(text))
