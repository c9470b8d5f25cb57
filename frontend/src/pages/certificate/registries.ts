/** A registry's public search, as far as one is known to lead to a project or a serial. */
export interface RegistryLink {
  name: string;
  href: string;
}

function verra(project: string): string {
  const number = /^VCS-?(\d{1,6})$/i.exec(project)?.[1];
  return number
    ? `https://registry.verra.org/app/projectDetail/VCS/${number}`
    : "https://registry.verra.org/app/search/VCS";
}

function goldStandard(project: string): string {
  const query = encodeURIComponent(project.toLowerCase());
  return `https://registry.goldstandard.org/projects?q=${query}&page=1`;
}

// By the registry's key on chain. Only Verra's and Gold Standard's addresses are known to take a project.
const REGISTRIES: Readonly<Record<string, { name: string; href: (project: string) => string }>> = {
  vcs: { name: "Verra", href: verra },
  gs: { name: "Gold Standard", href: goldStandard },
  puro: { name: "Puro.earth", href: () => "https://registry.puro.earth/" },
  isometric: { name: "Isometric", href: () => "https://registry.isometric.com/" },
  acr: { name: "American Carbon Registry", href: () => "https://acr2.apx.com/" },
  car: { name: "Climate Action Reserve", href: () => "https://thereserve2.apx.com/" },
};

/** Where the registry shows the project to anyone; null for a registry that this page does not know. */
export function registryLink(key: string, project: string): RegistryLink | null {
  const known = Object.hasOwn(REGISTRIES, key) ? REGISTRIES[key] : undefined;
  return known ? { name: known.name, href: known.href(project) } : null;
}
