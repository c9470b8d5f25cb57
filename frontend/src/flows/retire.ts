import { type Hex, isAddressEqual, parseEventLogs, zeroAddress } from "viem";
import type { Order } from "../api/types";
import { readHint } from "../chain/credits";
import { certificateId, type RetirementReport } from "../chain/typedData";
import { readRetirementReport } from "../evidence/report";
import { creditsAbi } from "../generated/abi";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import { type SendStage, sendCall } from "./sendCall";

export interface MintedCertificate {
  certificate: bigint;
  report: RetirementReport;
  transaction: Hex;
  block: bigint;
}

/** Mints the certificate of a co-signed retirement with the person's own wallet. */
export async function mint(
  env: FlowEnvironment,
  order: Order,
  onStage: (stage: SendStage) => void,
): Promise<MintedCertificate> {
  if (!order.report || !order.signatures) throw new FlowStopped("mismatch", text.failure.notCosigned);
  const report = readRetirementReport(order.report);
  if (report.holder.toLowerCase() !== env.account.toLowerCase()) {
    throw new FlowStopped("mismatch", text.failure.otherAccount);
  }
  if (!isAddressEqual(report.minter, zeroAddress) && !isAddressEqual(report.minter, env.account)) {
    throw new FlowStopped("mismatch", text.failure.otherMinter);
  }
  const certificate = BigInt(certificateId(report, env.config.chainId, env.config.credits));
  const hint = await readHint(env.reader, env.config, report.source);
  const call = {
    address: env.config.credits,
    abi: creditsAbi,
    functionName: "mint",
    args: [report, order.signatures, hint],
  } as const;
  const receipt = await sendCall(env, call, onStage);
  const events = parseEventLogs({ abi: creditsAbi, eventName: "CertificateMinted", logs: receipt.logs });
  if (!events.some((event) => event.args.certificate === certificate)) {
    throw new FlowStopped("mismatch", text.failure.noEvent);
  }
  return { certificate, report, transaction: receipt.transactionHash, block: receipt.blockNumber };
}
