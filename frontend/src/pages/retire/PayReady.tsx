import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { isAddressEqual } from "viem";
import { FailureNotice } from "../../components/FailureNotice";
import type { FlowEnvironment } from "../../flows/environment";
import type { PayStage } from "../../flows/pay";
import type { Prepared } from "../../flows/payPrepare";
import { money } from "../../format";
import { text } from "../../strings/text";
import { PaySteps } from "./PaySteps";

const words = text.pay;

function Confirm({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (to: boolean) => void;
}) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

interface Props {
  /** Null while the wallet is not there; what was agreed stays. */
  environment: FlowEnvironment | null;
  prepared: Prepared;
  plain: boolean;
  onPlain: (plain: boolean) => void;
  onPaid: () => void;
  onFailed: () => void;
}

/** The order is checked and can be paid: confirmation and the one button. */
export function PayReady({ environment, prepared, plain, onPlain, onPaid, onFailed }: Props) {
  const { checked, plan } = prepared;
  const isGift = !isAddressEqual(checked.order.holder, checked.order.payer);
  const [agreed, setAgreed] = useState(false);
  const [given, setGiven] = useState(!isGift);
  const [reached, setReached] = useState<PayStage | null>(null);
  const total = money(checked.order.price, checked.token);
  const paying = useMutation({
    mutationFn: async () => {
      if (!environment) throw new Error("no wallet is connected");
      const flow = await import("../../flows/pay");
      return flow.pay(environment, checked, plan, setReached);
    },
    onSuccess: onPaid,
    // The chain may have moved on halfway, for one by an approval: what is left to do is read anew.
    onError: onFailed,
  });
  return (
    <div className="stack-tight">
      <p className="small">{words.ways[plan.way]}</p>
      <p className="small soft">{words.balance(money(plan.terms.balance, checked.token))}</p>
      {(plan.way === "authorization" || plan.way === "permit" || plain) && (
        <>
          <Confirm label={words.plain} checked={plain} onChange={onPlain} />
          <p className="hint">{words.plainHint}</p>
        </>
      )}
      <Confirm label={words.confirm} checked={agreed} onChange={setAgreed} />
      {isGift && <Confirm label={words.confirmGift} checked={given} onChange={setGiven} />}
      {reached && <PaySteps plan={plan} reached={reached} failed={paying.isError} />}
      {paying.error && <FailureNotice error={paying.error} />}
      <div className="actions">
        <button
          type="button"
          className="button button-primary"
          disabled={!environment || !agreed || !given || paying.isPending}
          onClick={() => paying.mutate()}
        >
          {words.action(total)}
        </button>
      </div>
    </div>
  );
}
