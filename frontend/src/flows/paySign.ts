import {
  type Hex,
  isAddressEqual,
  parseSignature,
  recoverTypedDataAddress,
  type TypedDataDefinition,
} from "viem";
import { signTypedData } from "viem/actions";
import type { SignedPayments } from "../chain/paymentToken";
import { permitTypes } from "../chain/tokenPermit";
import { deskAbi } from "../generated/deskAbi";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import type { CheckedOrder } from "./payCheck";
import type { ContractCall } from "./sendCall";

const RECEIVE_TYPES = {
  ReceiveWithAuthorization: [
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "validAfter", type: "uint256" },
    { name: "validBefore", type: "uint256" },
    { name: "nonce", type: "bytes32" },
  ],
};

interface Parts {
  v: number;
  r: Hex;
  s: Hex;
}

/** Has the wallet sign and looks at what it signed: a contract wallet's signature is no (v, r, s) of the account. */
async function sign(env: FlowEnvironment, definition: TypedDataDefinition): Promise<Parts> {
  const wallet = await env.wallet();
  const signature = await signTypedData(wallet, { ...definition, account: wallet.account } as never);
  const signer = await recoverTypedDataAddress({ ...definition, signature }).catch(() => null);
  if (signer === null || !isAddressEqual(signer, env.account)) {
    throw new FlowStopped("mismatch", text.pay.failure.unusableSignature);
  }
  const { r, s, yParity } = parseSignature(signature);
  return { v: 27 + yParity, r, s };
}

/** The payment itself signed (EIP-3009): good for this order alone, because its id is the nonce. */
export async function authorizedOpening(
  env: FlowEnvironment,
  checked: CheckedOrder,
  signed: SignedPayments,
): Promise<ContractCall> {
  const { id, desk, order, signature } = checked;
  const validBefore = order.quote_until + 1n;
  const { v, r, s } = await sign(env, {
    domain: signed.domain,
    types: RECEIVE_TYPES,
    primaryType: "ReceiveWithAuthorization",
    message: { from: order.payer, to: desk, value: order.price, validAfter: 0n, validBefore, nonce: id },
  });
  return {
    address: desk,
    abi: deskAbi,
    functionName: "open_with_authorization",
    args: [order, signature, 0n, validBefore, v, r, s],
  };
}

/** The approval signed (EIP-2612), for the price and until the quote ends. */
export async function permittedOpening(
  env: FlowEnvironment,
  checked: CheckedOrder,
  signed: SignedPayments,
): Promise<ContractCall> {
  const { desk, order, signature } = checked;
  const deadline = order.quote_until;
  const { v, r, s } = await sign(env, {
    domain: signed.domain,
    types: permitTypes,
    primaryType: "Permit",
    message: {
      owner: order.payer,
      spender: desk,
      value: order.price,
      nonce: signed.permitNonce ?? 0n,
      deadline,
    },
  });
  return {
    address: desk,
    abi: deskAbi,
    functionName: "open_with_permit",
    args: [order, signature, deadline, v, r, s],
  };
}
