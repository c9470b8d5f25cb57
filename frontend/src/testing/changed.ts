import { createEvent, fireEvent } from "@testing-library/preact";

/** Another choice in a list or of a file: the library's own `fireEvent.change` is renamed to what text fields send. */
export function changed(control: HTMLElement, target: object): void {
  fireEvent(control, createEvent.change(control, { target }));
}
