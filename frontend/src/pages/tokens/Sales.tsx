import { useState } from "react";
import type { Address } from "viem";
import { readSales, type Sale } from "../../chain/tokenSales";
import { type HeldToken, sameToken } from "../../chain/tokens";
import { useChainQuery } from "../../chain/useChainQuery";
import { Field } from "../../components/Field";
import type { RetiredToken } from "../../flows/retireToken";
import { text } from "../../strings/text";
import { BuyTokenForm } from "./BuyTokenForm";

const words = text.tokens;

interface Props {
  account: Address;
  tokens: readonly HeldToken[];
  onRetired: (retired: RetiredToken) => void;
}

function keyOf({ token }: Sale): string {
  return `${token.adapter.address} ${token.token}`;
}

/** Credits that an adapter buys and retires at once; nothing is shown where none does. */
export function Sales({ account, tokens, onRetired }: Props) {
  const listed = tokens.map(({ adapter, token }) => `${adapter.address} ${token}`).join();
  const query = useChainQuery(["token-sales", account, listed], (client, config) =>
    readSales(client, config, tokens, account),
  );
  const [key, setKey] = useState<string>();
  const sales = query.data ?? [];
  const chosen = sales.find((sale) => keyOf(sale) === key) ?? sales[0];
  if (!chosen) return null;
  return (
    <section className="card" aria-labelledby="buy">
      <h2 id="buy">{words.buyTitle}</h2>
      <p className="soft">{words.buyLead}</p>
      <Field label={words.token}>
        {(control) => (
          <select {...control} value={keyOf(chosen)} onChange={(event) => setKey(event.target.value)}>
            {sales.map((sale) => (
              <option key={keyOf(sale)} value={keyOf(sale)}>
                {words.saleOption(sale.token.symbol, sale.token.listing.project, sale.token.listing.vintage)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <BuyTokenForm
        key={keyOf(chosen)}
        sale={{ ...chosen, token: tokens.find((token) => sameToken(token, chosen.token)) ?? chosen.token }}
        onRetired={onRetired}
      />
    </section>
  );
}
