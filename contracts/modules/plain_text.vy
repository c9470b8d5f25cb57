# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Text for people and for parsers: escapes, amounts and dates
@license AGPL-3.0-only
@notice Names come from registries and are kept as they were written there, so nothing is refused when a
        certificate is minted ("AT&T" and "Müller" are lawful names). Instead every text is made harmless where
        it is shown. That costs no gas and holds for whatever the council let pass.
"""


MAX_TEXT: constant(uint256) = 96            # longest text of a certificate
MAX_ESCAPED: constant(uint256) = 6 * MAX_TEXT


# What would end a JSON string, an XML text or an XML attribute, or start a tag or an entity in one.
SPECIAL: constant(uint256[6]) = [34, 38, 39, 60, 62, 92]  # " & ' < > \


# Hangul fillers, Mongolian vowel separator and byte order mark: letters and spaces that are not seen.
UNSEEN: constant(uint256[6]) = [4_447, 4_448, 6_158, 12_644, 65_279, 65_440]


@internal
@pure
def _escape(text: String[MAX_TEXT], before: String[4], after: String[1]) -> String[MAX_ESCAPED]:
    """
    @notice `text` with each special character as `before`, two hexadecimal digits, `after`, and a question mark
            for each byte that is not part of a visible UTF-8 character (see `_character_bytes`).
    @param before "&#x" with `after` ";" for XML, "\\u00" with "" for JSON.
    """
    result: String[MAX_ESCAPED] = ""
    # Zeros at the end complete a character that is cut off, and make it invalid.
    data: Bytes[MAX_TEXT + 4] = concat(convert(text, Bytes[MAX_TEXT]), x"00000000")
    skip: uint256 = 0
    for i: uint256 in range(len(text), bound=MAX_TEXT):
        if skip != 0:
            skip -= 1
            continue
        size: uint256 = self._character_bytes(convert(slice(data, i, 4), uint256))
        if size == 0:
            result = convert(concat(result, "?"), String[MAX_ESCAPED])
        elif size == 1 and convert(slice(data, i, 1), uint256) in SPECIAL:
            digits: String[2] = self._hex(convert(slice(data, i, 1), uint256))
            result = convert(concat(result, before, digits, after), String[MAX_ESCAPED])
        else:
            result = convert(concat(result, slice(text, i, size)), String[MAX_ESCAPED])
            skip = size - 1
    return result


@internal
@pure
def _character_bytes(window: uint256) -> uint256:
    """
    @notice Bytes of the UTF-8 character that `window`, four bytes of text, starts with; 0 if it starts with none
            or with one that must not be shown: control characters, which JSON and XML forbid, and those that turn
            the writing direction around or take no room, with which a name can be made to look like another.
            The two joiners that Persian, Indic and other scripts need (U+200C and U+200D) are shown.
    @dev Well-formed sequences as in table 3-7 of the Unicode standard.
    """
    lead: uint256 = window >> 24
    second: uint256 = (window >> 16) & 255
    third: uint256 = (window >> 8) & 255
    if lead < 128:
        return 0 if lead < 32 or lead == 127 else 1
    # Continuation bytes, shorter than need be, or above U+10FFFF.
    if lead < 194 or lead > 244 or second & 192 != 128:
        return 0
    if lead < 224:
        point: uint256 = (lead & 31) << 6 | second & 63
        # U+0080..U+009F controls, U+00AD soft hyphen, U+034F grapheme joiner, U+061C Arabic letter mark.
        return 0 if point < 160 or point == 173 or point == 847 or point == 1_564 else 2
    if third & 192 != 128:
        return 0
    if lead < 240:
        point: uint256 = (lead & 15) << 12 | (second & 63) << 6 | third & 63
        # Shorter than need be, U+D800..U+DFFF surrogates, U+FFFE and U+FFFF no characters.
        if point < 2_048 or (point >= 55_296 and point <= 57_343) or point >= 65_534:
            return 0
        # U+200B no width, U+200E and U+200F marks, U+2028..U+202E separators and embeddings, U+2060..U+206F joiners,
        # isolates and shaping marks.
        if point == 8_203 or point == 8_206 or point == 8_207 or (point >= 8_232 and point <= 8_238):
            return 0
        if point >= 8_288 and point <= 8_303:
            return 0
        return 0 if point in UNSEEN else 3
    point: uint256 = (lead & 7) << 18 | (second & 63) << 12
    # U+E0000..U+E0FFF tags and selectors, which are never seen.
    return 0 if window & 192 != 128 or point < 65_536 or point > 1_114_111 or point == 917_504 else 4


@internal
@pure
def _hex(byte: uint256) -> String[2]:
    return concat(slice("0123456789abcdef", byte >> 4, 1), slice("0123456789abcdef", byte & 15, 1))


@internal
@pure
def _ascii(key: bytes32) -> String[32]:
    """
    @notice The bytes of a left-aligned key up to its first zero byte.
    """
    size: uint256 = 0
    for i: uint256 in range(32):
        if (convert(key, uint256) >> (8 * (31 - i))) & 255 == 0:
            break
        size = i + 1
    return convert(slice(key, 0, size), String[32])


@internal
@pure
def _amount(amount_ug: uint256) -> String[85]:
    """
    @notice An amount in its largest fitting unit with up to three decimals, rounded down so that it never
            states more than there is.
    """
    unit: String[3] = " ug"
    scale: uint256 = 1
    if amount_ug >= 10**12:
        unit = " t"
        scale = 10**12
    elif amount_ug >= 10**9:
        unit = " kg"
        scale = 10**9
    elif amount_ug >= 10**6:
        unit = " g"
        scale = 10**6
    thousandths: uint256 = amount_ug * 1_000 // scale
    whole: String[78] = uint2str(thousandths // 1_000)
    decimals: uint256 = thousandths % 1_000
    if decimals == 0:
        return concat(whole, unit)
    digits: String[3] = slice(uint2str(1_000 + decimals), 1, 3)
    if decimals % 100 == 0:
        return concat(whole, ".", slice(digits, 0, 1), unit)
    if decimals % 10 == 0:
        return concat(whole, ".", slice(digits, 0, 2), unit)
    return concat(whole, ".", digits, unit)


@internal
@pure
def _date(unix: uint256) -> String[85]:
    """
    @notice UTC date as YYYY-MM-DD.
    @dev Days to civil date as in https://howardhinnant.github.io/date_algorithms.html#civil_from_days, whose years
         start on 1 March so that the leap day is the last one.
    """
    days: uint256 = unix // 86_400 + 719_468
    era: uint256 = days // 146_097
    day_of_era: uint256 = days % 146_097
    year_of_era: uint256 = (
        day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year: uint256 = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month: uint256 = (5 * day_of_year + 2) // 153
    day: uint256 = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month: uint256 = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    year: uint256 = year_of_era + era * 400 + (1 if month <= 2 else 0)
    return concat(
        uint2str(year), "-", slice(uint2str(100 + month), 1, 2), "-", slice(uint2str(100 + day), 1, 2)
    )
