# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The year of a moment
@license AGPL-3.0-only
"""


# Days from 1 March of year 0 to 1 January 1970, in the Gregorian calendar.
DAYS_BEFORE_EPOCH: constant(uint256) = 719_468


@internal
@pure
def _year(timestamp: uint256) -> uint256:
    """
    @notice The year in UTC of a moment in Unix seconds.
    @dev Counts in years that begin in March, so that the leap day is the last; of 400 years, 97 are leap years.
    """
    days: uint256 = timestamp // 86_400 + DAYS_BEFORE_EPOCH
    day_of_era: uint256 = days % 146_097
    leaps: uint256 = day_of_era // 1_460 - day_of_era // 36_524 + day_of_era // 146_096
    year_of_era: uint256 = (day_of_era - leaps) // 365
    day_of_year: uint256 = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    year: uint256 = days // 146_097 * 400 + year_of_era
    # January and February, days 306 and later, are of the next year.
    return year + 1 if day_of_year >= 306 else year
