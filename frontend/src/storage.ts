/** What the browser would not keep: it lasts for this visit. */
const visit = new Map<string, string>();

/** The browser's storage, which may be forbidden or full, in a form that never fails. */
export const storage = {
  getItem(key: string): string | null {
    try {
      return visit.get(key) ?? localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  setItem(key: string, value: string): void {
    visit.delete(key);
    try {
      localStorage.setItem(key, value);
    } catch {
      visit.set(key, value);
    }
  },
  removeItem(key: string): void {
    visit.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {
      // What is forbidden holds nothing.
    }
  },
};
