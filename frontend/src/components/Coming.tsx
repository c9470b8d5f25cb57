import { headAt } from "../firstSight/show";
import { Loading } from "./Loading";

function put(place: HTMLElement | null): void {
  const head = headAt(window.location);
  if (place !== null && head !== null) place.replaceChildren(head);
}

/** Stands where a page is still on its way: with the head that it will have. */
export function Coming() {
  return (
    <>
      <div ref={put} />
      <Loading />
    </>
  );
}
