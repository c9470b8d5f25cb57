import { useEffect } from "react";
import { Link } from "wouter";
import { readHead } from "../chain/events";
import { readNewest } from "../chain/eventsNewest";
import { recordedEvent, recordedQuery } from "../chain/ledger";
import { useChainQuery } from "../chain/useChainQuery";
import { Notice } from "../components/Notice";
import { QueryView } from "../components/QueryView";
import { carbon, day, mass, short } from "../format";
import { useLedger } from "../ledgerContext";
import { text } from "../strings/text";
import { Specimen } from "./home/Specimen";

const words = text.home;
const SHOWN = 5;

function Latest() {
  const query = useChainQuery(["latest"], async (client, config) => {
    const newest = await readNewest(client, recordedQuery(config, {}), await readHead(client), SHOWN);
    return newest.events.map(recordedEvent);
  });
  return (
    <section className="card" aria-labelledby="latest">
      <div className="card-head">
        <h2 id="latest">{words.latest}</h2>
        <p className="hint">{words.latestNote}</p>
      </div>
      <QueryView query={query} failed={text.status.readFailed}>
        {(records) =>
          records.length === 0 ? (
            <p className="soft">{words.nothing}</p>
          ) : (
            <div className="table-frame">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{text.ledger.columns.id}</th>
                    <th scope="col">{text.attestation.account}</th>
                    <th scope="col">{text.ledger.columns.period}</th>
                    <th scope="col" className="end">
                      {text.ledger.columns.total}
                    </th>
                    <th scope="col" className="end">
                      {text.ledger.columns.bounds}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {records.map(({ id, account, footprint }) => (
                    <tr key={id}>
                      <td>
                        <Link className="mono" href={`/attestation/${id}`}>
                          {short(id)}
                        </Link>
                      </td>
                      <td>
                        <Link className="mono" href={`/account/${account}`}>
                          {short(account)}
                        </Link>
                      </td>
                      <td>
                        {text.attestation.between(day(footprint.period_start), day(footprint.period_end))}
                      </td>
                      <td className="end">
                        <strong>{carbon(footprint.central_ug)}</strong>
                      </td>
                      <td className="end soft">{`${mass(footprint.low_ug, "down")} – ${mass(footprint.high_ug, "up")}`}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </QueryView>
    </section>
  );
}

/** What this is, and what to click. */
export default function Home() {
  const { config } = useLedger();
  useEffect(() => {
    document.title = text.brand;
  }, []);
  return (
    <div className="stack">
      <section className="hero">
        <div className="hero-text">
          <p className="eyebrow">{words.eyebrow}</p>
          <h1 className="headline">{words.headline}</h1>
          <p className="lead">{words.lead}</p>
          <div className="actions">
            <Link className="button button-primary" href="/record">
              {words.start}
            </Link>
            <Link className="button" href="/verify">
              {words.check}
            </Link>
          </div>
        </div>
        <Specimen />
      </section>
      {config.devWallet && (
        <Notice>
          <p className="small">{words.local}</p>
        </Notice>
      )}
      <h2 className="visually-hidden">{words.stepsTitle}</h2>
      <ol className="steps-row">
        {words.steps.map(({ title, text: what, link, href }, index) => (
          <li className="card" key={href}>
            <div className="stack-tight">
              <span className="step-number">{index + 1}</span>
              <h3>{title}</h3>
              <p className="soft">{what}</p>
            </div>
            <Link href={href}>{link}</Link>
          </li>
        ))}
      </ol>
      <Latest />
    </div>
  );
}
