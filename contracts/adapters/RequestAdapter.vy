# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Request adapter: certifies Puro TCO2 whose retirement is requested first and finalised or reverted later
@license AGPL-3.0-only
@notice See `IRequestAdapter` for what each function promises.
@dev A token may call anyone while it moves, so every act holds the reentrancy lock, and a request ends before
     anything is paid out or minted for it. What the protocol says of a request is only believed of a request that
     our own holder made over the same amount.
"""


# The public standard: structs, events and documentation.
from ..interfaces import IRequestAdapter
implements: IRequestAdapter


# Listings, and the event of a certificate.
from ..interfaces import ICreditAdapter


# The protocol's token.
from ..interfaces import IPuroToken


# Whether a certificate could be minted at all, before tokens are handed over.
from ..interfaces import IRetiredCredits


# The owner changes only by an accepted offer, so that a typing mistake cannot orphan the adapter.
from snekmate.auth import ownable
initializes: ownable
from snekmate.auth import ownable_2step
initializes: ownable_2step[ownable := ownable]


# What each token stands for.
from ..modules import credit_listings as listings
initializes: listings[ownable := ownable]


# Taking tokens and minting certificates.
from ..modules import token_retirement as retirement
initializes: retirement


# Balances of the holders.
from ethereum.ercs import IERC20


# Left out on purpose: `renounce_ownership`, since nobody could then switch a token off.
exports: (
    ownable_2step.owner,
    ownable_2step.pending_owner,
    ownable_2step.transfer_ownership,
    ownable_2step.accept_ownership,
    listings.listing,
    listings.set_listing,
    retirement.CREDITS,
    retirement.reference_count,
)


interface IRequestHolder:
    def request(token: address, params: IPuroToken.RetirementParams) -> uint256: nonpayable
    def send_back(token: address, to: address) -> uint256: nonpayable


# Status of a request here.
PENDING: constant(uint8) = 1
CERTIFIED: constant(uint8) = 2
TAKEN_BACK: constant(uint8) = 3


# Status of a request at the protocol.
FINALISED: constant(uint256) = 1
REVERTED: constant(uint256) = 2


# The protocol's contract that keeps the requests, for good.
ESCROW: public(immutable(address))


# The `RequestHolder` that each request gets a proxy of, for good.
HOLDER: public(immutable(address))


_requests: HashMap[uint256, IRequestAdapter.Request]


@deploy
def __init__(owner: address, credits: address, escrow: address, holder: address):
    """
    @param owner Lists tokens; in production a Safe behind a timelock.
    @param credits The `RetiredCredits`; its owner approves this contract there with `set_adapter`.
    @param escrow The protocol's contract that keeps the requests, with `retirementRequests(id)`.
    @param holder A `RequestHolder`.
    """
    ownable.__init__()
    ownable_2step.__init__()
    retirement.__init__(credits)
    assert owner != empty(address), "adapter: owner is empty"
    assert escrow.is_contract, "adapter: escrow is not a contract"
    assert holder.is_contract, "adapter: holder is not a contract"
    ownable_2step._transfer_ownership(owner)
    ESCROW = escrow
    HOLDER = holder


@external
@nonreentrant
def request_retirement(
    token: address,
    batches: DynArray[uint256, 16],
    amount_ug: uint72,
    beneficiary: String[64],
    consumption: ICreditAdapter.Consumption,
) -> uint256:
    self._check_open(listings._listed(token, 0).registry)
    number: uint256 = retirement._begin(amount_ug, beneficiary)
    holder: address = create_minimal_proxy_to(HOLDER)
    amount: uint256 = retirement._units(amount_ug)
    held: uint256 = retirement._take(token, holder, amount)
    protocol_request: uint256 = extcall IRequestHolder(holder).request(
        token,
        IPuroToken.RetirementParams(
            tokenIds=batches,
            amount=amount,
            retiringEntityString="GPTX Green AI Ledger",
            beneficiary=msg.sender,
            beneficiaryString=beneficiary,
            retirementMessage=retirement._message(number),
            beneficiaryLocation=consumption.location,
            consumptionCountryCode=consumption.country,
            consumptionPeriodStart=convert(consumption.period_start, uint256),
            consumptionPeriodEnd=convert(consumption.period_end, uint256),
        ),
    )
    assert staticcall IERC20(token).balanceOf(holder) == held, "adapter: tokens were not taken for retirement"
    # Else there could be no text of it to certify.
    assert protocol_request < 2**64, "adapter: number of the protocol is out of range"
    request: IRequestAdapter.Request = IRequestAdapter.Request(
        requester=msg.sender,
        token=token,
        holder=holder,
        status=PENDING,
        amount_ug=amount_ug,
        protocol_request=protocol_request,
        certificate=0,
        beneficiary=beneficiary,
    )
    # Whatever it says, the escrow must know the request as ours.
    _: uint256 = self._answer(request)
    self._requests[number] = request
    log IRequestAdapter.RetirementRequested(
        request=number,
        requester=msg.sender,
        token=token,
        holder=holder,
        amount_ug=amount_ug,
        protocol_request=protocol_request,
        beneficiary=beneficiary,
    )
    return number


@external
@nonreentrant
def finish(request: uint256) -> uint256:
    found: IRequestAdapter.Request = self._existing(request)
    assert found.status == PENDING, "adapter: request has ended"
    assert self._answer(found) == FINALISED, "adapter: request is not finalised"
    self._requests[request].status = CERTIFIED
    certificate: uint256 = retirement._certify(
        found.requester,
        found.token,
        # Also of a token that is switched off by now: the credits are retired.
        listings._stated(found.token, 0),
        found.amount_ug,
        found.beneficiary,
        concat("TCO2 retirement request ", retirement._digits(found.protocol_request)),
        request,
        found.protocol_request,
    )
    self._requests[request].certificate = certificate
    return certificate


@external
@nonreentrant
def take_back(request: uint256) -> uint256:
    found: IRequestAdapter.Request = self._existing(request)
    if found.status == PENDING:
        assert self._answer(found) == REVERTED, "adapter: request is not reverted"
        self._requests[request].status = TAKEN_BACK
    else:
        assert found.status == TAKEN_BACK, "adapter: request is certified"
    amount: uint256 = extcall IRequestHolder(found.holder).send_back(found.token, found.requester)
    log IRequestAdapter.TakenBack(request=request, requester=found.requester, amount=amount)
    return amount


@external
@view
def request(number: uint256) -> IRequestAdapter.Request:
    return self._requests[number]


@external
@view
def protocol_status(number: uint256) -> uint8:
    return convert(self._answer(self._existing(number)), uint8)


@internal
@view
def _check_open(registry: bytes32):
    approved: bool = staticcall IRetiredCredits(retirement.CREDITS).is_adapter(self)
    assert approved, "adapter: is not approved for certificates"
    found: IRetiredCredits.Registry = staticcall IRetiredCredits(retirement.CREDITS).registry(registry)
    assert found.enabled, "adapter: registry is not switched on"


@internal
@view
def _existing(number: uint256) -> IRequestAdapter.Request:
    found: IRequestAdapter.Request = self._requests[number]
    assert found.status != 0, "adapter: no such request"
    return found


@internal
@view
def _answer(request: IRequestAdapter.Request) -> uint256:
    """
    @notice Status of a request at the protocol.
    @dev Reads only the head of the escrow's record, (offset, user, amount, status), so that no text in it can be too
         long to read.
    """
    record: Bytes[128] = raw_call(
        ESCROW,
        abi_encode(request.protocol_request, method_id=method_id("retirementRequests(uint256)")),
        max_outsize=128,
        is_static_call=True,
    )
    _: uint256 = 0
    user: address = empty(address)
    amount: uint256 = 0
    status: uint256 = 0
    _, user, amount, status = abi_decode(record, (uint256, address, uint256, uint256))
    assert user == request.holder, "adapter: escrow has no such request"
    assert amount == retirement._units(request.amount_ug), "adapter: escrow has another amount"
    return status
