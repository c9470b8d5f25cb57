import { text } from "../strings/text";

/** What a person is asked to approve. */
export interface Confirmation {
  title: string;
  /** What signing it does, in one sentence. */
  meaning: string;
  /** What exactly is signed, as name and value. */
  facts: readonly (readonly [string, string])[];
}

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  content = "",
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = content;
  return node;
}

/**
 * Shows a modal dialog and resolves with the answer. Made without React, because the development wallet stands
 * outside of the page, as an extension would. Escape and closing mean no.
 */
export function confirmInDialog(confirmation: Confirmation): Promise<boolean> {
  const dialog = element("dialog", "wallet-dialog");
  const title = element("h2", "wallet-dialog-title", confirmation.title);
  const meaning = element("p", "wallet-dialog-meaning", confirmation.meaning);
  title.id = "wallet-dialog-title";
  meaning.id = "wallet-dialog-meaning";
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.setAttribute("aria-describedby", meaning.id);

  const facts = element("dl", "facts");
  for (const [name, value] of confirmation.facts) {
    const row = element("div", "fact");
    row.append(element("dt", "", name), element("dd", "wallet-dialog-value", value));
    facts.append(row);
  }

  const approve = element("button", "button button-primary", text.devWallet.approve);
  const reject = element("button", "button", text.devWallet.reject);
  approve.type = "button";
  reject.type = "button";
  const actions = element("div", "actions");
  actions.append(approve, reject);
  dialog.append(element("p", "eyebrow", text.devWallet.name), title, meaning, facts, actions);
  document.body.append(dialog);

  return new Promise((resolve) => {
    let approved = false;
    approve.addEventListener("click", () => {
      approved = true;
      dialog.close();
    });
    reject.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(approved);
    });
    dialog.showModal();
    approve.focus();
  });
}
