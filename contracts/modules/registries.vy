# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Registries whose retirements are accepted, each with the document that says why
@license AGPL-3.0-only
@notice Off until switched on. Each key has a number, from 1, that certificates store in place of the key in
        16 bits.
"""


from ..interfaces import IRetiredCredits


from snekmate.auth import ownable
uses: ownable


UNIT_MASK: constant(uint256) = 2**72 - 1


# number << 80 | enabled << 72 | ug CO2e of one serial, by key; 0 if never set.
_settings: HashMap[bytes32, uint256]


# keccak256 of the consent or policy document, by key.
_policies: HashMap[bytes32, bytes32]


# Key by number.
_keys: HashMap[uint256, bytes32]


_count: uint256


@external
@view
def registry(key: bytes32) -> IRetiredCredits.Registry:
    settings: uint256 = self._settings[key]
    return IRetiredCredits.Registry(
        enabled=(settings >> 72) & 1 != 0,
        unit_ug=convert(settings & UNIT_MASK, uint72),
        policy=self._policies[key],
    )


@external
def set_registry(key: bytes32, enabled: bool, unit_ug: uint72, policy: bytes32):
    """
    @notice Switches a registry on or off. Certificates already minted stay. Only the owner.
    @param key Registry key, left-aligned ASCII.
    @param unit_ug ug CO2e of one serial number, usually 10^12.
    @param policy keccak256 of the registry's consent or policy document.
    """
    ownable._check_owner()
    assert key != empty(bytes32), "credits: registry is empty"
    assert unit_ug != 0, "credits: unit must be at least 1 ug"
    # Nobody's credits are certified without a document that says on whose consent or on what ground.
    assert policy != empty(bytes32), "credits: policy is empty"
    number: uint256 = self._settings[key] >> 80
    if number == 0:
        # The last one that fits is the 65,535th; nobody switches on more.
        number = convert(convert(self._count + 1, uint16), uint256)
        self._count = number
        self._keys[number] = key
    self._settings[key] = number << 80 | convert(enabled, uint256) << 72 | convert(unit_ug, uint256)
    self._policies[key] = policy
    log IRetiredCredits.RegistrySet(registry=key, enabled=enabled, unit_ug=unit_ug, policy=policy)


@internal
@view
def _enabled(key: bytes32) -> (uint256, uint256):
    """
    @return number, unit_ug of a registry that is switched on.
    """
    settings: uint256 = self._settings[key]
    assert (settings >> 72) & 1 != 0, "credits: registry is not switched on"
    return settings >> 80, settings & UNIT_MASK


@internal
@view
def _key(number: uint256) -> bytes32:
    return self._keys[number]
