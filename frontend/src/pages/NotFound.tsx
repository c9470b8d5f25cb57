import { Link } from "wouter";
import { PageHead } from "../components/PageHead";
import { text } from "../strings/text";

const words = text.notFound;

export function NotFound() {
  return (
    <>
      <PageHead title={words.title} eyebrow="404" headline={words.title} lead={words.text} />
      <Link className="button" href="/">
        {words.home}
      </Link>
    </>
  );
}
