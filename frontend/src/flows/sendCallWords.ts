import { text } from "../strings/text";

const words = text.calls;

function isKnown(name: string): name is keyof typeof words.names {
  return Object.hasOwn(words.names, name);
}

/** What a call does, in words of a person. */
export function callWords(functionName: string): string {
  return isKnown(functionName) ? words.names[functionName] : words.other(functionName);
}

/** What calls that go together do. */
export function callsWords(functionNames: readonly string[]): string {
  return functionNames.map(callWords).join(words.and);
}
