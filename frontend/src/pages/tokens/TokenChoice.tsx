import { type HeldToken, sameToken } from "../../chain/tokens";
import { Hash } from "../../components/Hash";
import { carbon, keyText } from "../../format";
import { text } from "../../strings/text";

const words = text.tokens;

interface Props {
  tokens: readonly HeldToken[];
  chosen: HeldToken | undefined;
  onChoose: (token: HeldToken) => void;
}

function protocolOf({ adapter }: HeldToken): string {
  return words.protocols[adapter.name] ?? adapter.name;
}

/** Every token that can be retired now, those in the wallet first. One that the wallet has none of cannot be chosen. */
export function TokenChoice({ tokens, chosen, onChoose }: Props) {
  const heldFirst = [...tokens].sort((one, other) => Number(other.heldUg > 0n) - Number(one.heldUg > 0n));
  return (
    <fieldset>
      <legend className="visually-hidden">{words.chooseTitle}</legend>
      <div className="choice-list">
        {heldFirst.map((held) => (
          <label className="choice" key={`${held.adapter.address} ${held.token}`}>
            <input
              type="radio"
              name="token"
              disabled={held.heldUg === 0n}
              checked={chosen !== undefined && sameToken(chosen, held)}
              onChange={() => onChoose(held)}
            />
            <span className="project">
              <span className="project-head">
                <span className="break">{held.symbol}</span>
                <span className="number">
                  {held.heldUg > 0n ? `${words.held} ${carbon(held.heldUg, "down")}` : words.heldNothing}
                </span>
              </span>
              <span className="project-facts">
                <span className="mono">{held.listing.project}</span>
                <span>{`${words.registry}: ${keyText(held.listing.registry)}`}</span>
                <span>{`${words.vintage}: ${held.listing.vintage}`}</span>
                <span>{protocolOf(held)}</span>
              </span>
            </span>
          </label>
        ))}
      </div>
      <p className="hint">{words.readFrom}</p>
      {chosen && (
        <p className="small">
          {words.token} <Hash value={chosen.token} path="address" /> {words.adapter}{" "}
          <Hash value={chosen.adapter.address} path="address" />
        </p>
      )}
    </fieldset>
  );
}
