/** Addresses of the badge of an account, an attestation or a certificate, and the texts that embed it. */
export interface BadgeTexts {
  image: string;
  markdown: string;
  html: string;
  /** The address of an image that shields.io draws from our JSON. */
  shields: string;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** `origin` as in "https://ledger.example"; `page` is the path that the badge leads to. */
export function badgeTexts(origin: string, id: string, page: string, alt: string): BadgeTexts {
  const image = `${origin}/badge/${id}.svg`;
  const href = `${origin}${page}`;
  return {
    image,
    markdown: `[![${alt}](${image})](${href})`,
    html: `<a href="${href}"><img src="${image}" alt="${escaped(alt)}"></a>`,
    shields: `https://img.shields.io/endpoint?url=${encodeURIComponent(`${origin}/badge/${id}.json`)}`,
  };
}
