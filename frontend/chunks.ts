/**
 * What goes into one file because every page loads it. Left alone, the build cuts a file wherever the sets of pages that
 * use two modules differ, and forty small files of a public page are 5 KiB larger, gzip, than two.
 */

/** What shows the first sight of a page, before all else. Imports nothing that is not in here. */
const FIRST = ["src/firstSight/(entry|show)\\.", "src/strings/language\\."];

/**
 * What runs before the texts of the reader's language are loaded. A file runs as a whole, so that nothing which shows a
 * text may be in this one.
 */
const BOOT = [
  "src/(config|storage|pages/loaders|strings/loaded|status/backend|firstSight/(turns|inTurn))\\.",
  "vite/(preload-helper|modulepreload)",
  "rolldown/runtime",
];

/** The frame of every page: interface library, routing, transport, configuration. */
const FRAME = [
  "node_modules/(preact|react|react-dom|wouter|regexparam|use-sync-external-store)/",
  "viem/_esm/clients/(createClient|transports/(http|createTransport))\\.",
  "viem/_esm/utils/(rpc|promise|internal)/",
  "viem/_esm/utils/(buildRequest|uid|stringify|getVersion|wait)\\.",
  "viem/_esm/errors/(base|request|rpc|utils|version|transport)\\.",
  "viem/_esm/actions/public/(getBlockNumber|getChainId)\\.",
  "src/(App|start|format|amounts|ids|ledgerContext)\\.",
  "src/(status/|reads/(store|useRead)\\.|chain/(client|explorerLinks)\\.)",
  "src/strings/(enFrame|enPublic|publicText)\\.",
  "src/components/(Banners|CrashGuard|Loading|Coming|Shell|Footer|Notice|PageHead|LanguageChoice)\\.",
];

/** What reads the chain: calls and events in and out of the ABI, with the hashes that takes. */
const READ = [
  "viem/_esm/utils/abi/((de|en)codeAbiParameters|(prepareE|e)ncodeFunctionData|decodeFunctionResult)\\.",
  "viem/_esm/utils/abi/(decodeEventLog|encodeEventTopics|getAbiItem|formatAbiItem)\\.",
  "viem/_esm/utils/((encoding|data|hash|address)/|(cursor|regex)\\.)",
  "viem/_esm/errors/(abi|data|encoding|address|cursor)\\.",
  "@noble/hashes/esm/(sha3|utils|_u64|crypto)\\.",
  "src/(flows/allocationAmounts|generated/publicAbi|reads/useChainRead|strings/(proofText|enProof))\\.",
  "src/chain/(events|eventStore|logs|readCall|credits|ledger|footprint|path|rawCall)\\.",
  "src/components/(QueryView|Fact|Hash|ReadFrom|CoverageBar|BoundBar|CopyButton)\\.",
];

/** The query library, for the pages that ask more than the chain. */
const QUERY = ["@tanstack/", "src/(reads/Queries|api/problem|chain/useChainQuery|evidence/reader)\\."];

/** What surrounds the pages with a wallet, and what most of them share. */
const WALLET = [
  "node_modules/(wagmi|mipd|zustand|eventemitter3)/",
  "viem/_esm/(clients/transports/custom|utils/hash/isHash)\\.",
  "src/wallet/(?!dev|confirm|eip)",
  "src/strings/(enPages|enRetire|enTokens|enWriting|en|text)\\.",
  "src/(api/(request|gateway)|typedDecimal)\\.",
  "src/flows/(failure|pendingTransactions|sendCallWords)\\.",
  "src/(components/(FailureNotice|Progress|progressSteps)|pages/NotFound)\\.",
];

/** What the lists of records and retirements share: on the explore page, an account's and the ledger. */
const LISTS = [
  "src/pages/explore/(pathText|RecordRows|RetirementRows|contractName)\\.",
  "src/strings/(enExplore|exploreText)\\.",
];

/** What the pages of one attestation and of one certificate share. */
const CLAIMS = [
  "src/strings/(enClaim|claimText)\\.",
  "src/components/(AllocationTable|WhenSeen|Share)\\.",
  "src/pages/explore/MissingHere\\.",
];

/** For the build's `codeSplitting`. A module that few pages use stays out, whatever its name. */
export const chunkGroups = [
  { name: "first", test: new RegExp(FIRST.join("|")), priority: 6 },
  { name: "boot", test: new RegExp(BOOT.join("|")), priority: 5 },
  { name: "frame", test: new RegExp(FRAME.join("|")), priority: 4 },
  { name: "query", test: new RegExp(QUERY.join("|")), minShareCount: 2, priority: 2 },
  { name: "lists", test: new RegExp(LISTS.join("|")), priority: 2 },
  { name: "claims", test: new RegExp(CLAIMS.join("|")), priority: 2 },
  { name: "wallet", test: new RegExp(WALLET.join("|")), priority: 1 },
  { name: "read", test: new RegExp(READ.join("|")), minShareCount: 4, priority: 3 },
];
