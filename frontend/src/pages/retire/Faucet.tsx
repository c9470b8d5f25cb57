import { useMutation } from "@tanstack/react-query";
import { FailureNotice } from "../../components/FailureNotice";
import type { PaymentToken } from "../../config";
import type { FlowEnvironment } from "../../flows/environment";
import { explain } from "../../flows/failure";
import { text } from "../../strings/text";

interface Props {
  environment: FlowEnvironment;
  token: PaymentToken;
  /** Why the order cannot be paid; test money helps only where money is missing. */
  error: unknown;
  onDone: () => void;
}

/** Test money for who has too little of it, on local chains only. */
export function Faucet({ environment, token, error, onDone }: Props) {
  const taking = useMutation({
    mutationFn: async () => {
      const flow = await import("../../flows/payFaucet");
      return flow.takeTestMoney(environment, token);
    },
    onSuccess: onDone,
  });
  const isShort = error !== null && explain(error).kind === "no-funds";
  if (!environment.config.devWallet || !isShort) return null;
  return (
    <div className="stack-tight">
      {taking.error && <FailureNotice error={taking.error} />}
      <div className="actions">
        <button type="button" className="button" disabled={taking.isPending} onClick={() => taking.mutate()}>
          {text.pay.faucet(token.symbol)}
        </button>
      </div>
      <p className="hint">{text.pay.faucetNote}</p>
    </div>
  );
}
