import { getAddress, isAddress } from "viem";
import { Notice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { short } from "../format";
import { explore } from "../strings/exploreText";
import { AccountPanels } from "./account/AccountPanels";

const words = explore.account;

/** Everything of one account, all of it read from the chain. */
export default function AccountPage({ address }: { address: string }) {
  const account = isAddress(address, { strict: false }) ? getAddress(address) : null;
  return (
    <>
      <PageHead
        title={words.title}
        eyebrow={words.eyebrow}
        headline={`${words.title} ${account ? short(account) : ""}`}
      />
      {account ? (
        <AccountPanels account={account} />
      ) : (
        <Notice kind="bad">
          <p>{words.malformed}</p>
        </Notice>
      )}
    </>
  );
}
