# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Certificate art: the ERC-721 metadata of a certificate, built on chain
@license AGPL-3.0-only
@notice Built from the certificate alone, so that it needs no server and shows nothing the chain does not hold.
@dev Without state and without calls, so a reentrancy lock would guard nothing.
"""


# The public standard, and the struct it shows.
from .interfaces import ICertificateArt
from .interfaces import IRetiredCredits
implements: ICertificateArt


# Escapes, amounts and dates.
from .modules import plain_text as text


# Both layers of the data URI.
from .modules import base64_words as base64


# Width of the bar that shows how much is allocated, in user units.
BAR_WIDTH: constant(uint256) = 560


@external
@pure
def token_uri(certificate: IRetiredCredits.Certificate) -> String[15_389]:
    return concat("data:application/json;base64,", base64._encode(self._json(certificate)))


@internal
@pure
def _json(certificate: IRetiredCredits.Certificate) -> Bytes[base64.MAX_INPUT]:
    amount: String[85] = text._amount(convert(certificate.amount_ug, uint256))
    project: String[text.MAX_ESCAPED] = text._escape(certificate.project, "\\u00", "")
    return convert(
        concat(
            '{"name":"', "VOID: " if certificate.voided else "", amount, " CO2e retired, ", project,
            '","description":"Evidence of a retirement of carbon credits at a registry for the named beneficiary.',
            " It conveys no unit, cannot be transferred and is not tradable.",
            '","attributes":[{"trait_type":"Status","value":"', "Void" if certificate.voided else "Valid",
            '"},{"trait_type":"Amount","value":"', amount, " CO2e",
            '"},{"trait_type":"Amount in ug CO2e","value":"', uint2str(certificate.amount_ug),
            '"},{"trait_type":"Allocated in ug CO2e","value":"', uint2str(certificate.allocated_ug),
            '"},{"trait_type":"Project","value":"', project,
            '"},{"trait_type":"Vintage","value":"', uint2str(certificate.vintage),
            '"},{"trait_type":"Registry","value":"', text._escape(text._ascii(certificate.registry), "\\u00", ""),
            '"},{"trait_type":"Serials","value":"', text._escape(certificate.serials, "\\u00", ""),
            '"},{"trait_type":"Beneficiary","value":"', text._escape(certificate.beneficiary, "\\u00", ""),
            '"},{"trait_type":"Retired on","value":"', text._date(convert(certificate.retired_at, uint256)),
            '"}],"image":"data:image/svg+xml;base64,', base64._encode(self._svg(certificate)), '"}',
        ),
        Bytes[base64.MAX_INPUT],
    )


@internal
@pure
def _svg(certificate: IRetiredCredits.Certificate) -> Bytes[base64.MAX_INPUT]:
    amount: String[85] = text._amount(convert(certificate.amount_ug, uint256))
    allocated: String[85] = text._amount(convert(certificate.allocated_ug, uint256))
    bar: uint256 = BAR_WIDTH * convert(certificate.allocated_ug, uint256) // convert(certificate.amount_ug, uint256)
    return convert(
        concat(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 640 400' fill='#eafaf1'",
            " font-family='ui-sans-serif,system-ui,Helvetica,Arial,sans-serif'>",
            "<defs><linearGradient id='g' x2='1' y2='1'><stop stop-color='", "#2a1416" if certificate.voided else "#06251d",
            "'/><stop offset='1' stop-color='", "#6b2b2f" if certificate.voided else "#11694a",
            "'/></linearGradient></defs>",
            "<rect width='640' height='400' rx='24' fill='url(#g)'/>",
            "<g fill='none' stroke='#6fe0ac' stroke-opacity='.28'>",
            "<circle cx='548' cy='88' r='56'/><circle cx='548' cy='88' r='84'/><circle cx='548' cy='88' r='112'/>",
            "<rect x='12.5' y='12.5' width='615' height='375' rx='16'/></g>",
            "<path d='M520 120c-8-44 20-68 62-66 2 42-20 72-62 66zm0 0l34-38' fill='#6fe0ac' fill-opacity='.85'",
            " stroke='#0b4030' stroke-width='3'/>",
            "<text x='40' y='60' font-size='13' letter-spacing='3' fill='#6fe0ac'>",
            "VOID, TAKEN BACK" if certificate.voided else "CERTIFICATE OF RETIRED CREDITS", "</text>",
            "<text x='40' y='122' font-size='50' font-weight='700'>", amount,
            "<tspan font-size='20' font-weight='400' fill='#a8dcc3'> CO2e</tspan></text>",
            "<g font-size='11' letter-spacing='1.5' fill='#8fd0b1'><text x='40' y='160'>BENEFICIARY</text>",
            "<text x='40' y='218'>PROJECT</text><text x='290' y='218'>REGISTRY</text>",
            "<text x='420' y='218'>VINTAGE</text><text x='510' y='218'>RETIRED ON</text>",
            "<text x='40' y='272'>SERIALS</text></g>",
            self._line(40, 184, 560, certificate.beneficiary),
            self._line(40, 240, 240, certificate.project),
            self._line(290, 240, 120, text._ascii(certificate.registry)),
            self._line(420, 240, 80, uint2str(certificate.vintage)),
            self._line(510, 240, 100, text._date(convert(certificate.retired_at, uint256))),
            self._line(40, 294, 560, certificate.serials),
            "<rect x='40' y='318' width='560' height='6' rx='3' fill-opacity='.18'/>",
            "<rect x='40' y='318' width='", uint2str(bar), "' height='6' rx='3' fill='#6fe0ac'/>",
            "<text x='40' y='346' font-size='13'>Allocated ", allocated, " of ", amount, "</text>",
            "<text x='40' y='370' font-size='11' fill='#a8dcc3'>Evidence of a retirement. It conveys no unit, ",
            "cannot be transferred and is not tradable.</text></svg>",
        ),
        Bytes[base64.MAX_INPUT],
    )


@internal
@pure
def _line(x: uint256, baseline: uint256, width: uint256, content: String[text.MAX_TEXT]) -> String[1_100]:
    """
    @notice One line of text, in smaller type the more bytes it has, so that it stays within `width`. What is wider
            all the same is cut off and does not run into its neighbour; the JSON has it in full.
    @dev A letter of these fonts is about 0.6 times as wide as its size.
    """
    size: uint256 = min(17, width * 10 // (6 * max(len(content), 1)))
    return concat(
        "<svg x='", uint2str(x), "' y='", uint2str(baseline - 20), "' width='", uint2str(width), "' height='28'>",
        "<text y='20' font-size='", uint2str(size), "'>", text._escape(content, "&#x", ";"), "</text></svg>",
    )
