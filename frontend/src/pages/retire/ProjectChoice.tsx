import type { Project } from "../../api/types";
import { day, dollars, mass } from "../../format";
import { text } from "../../strings/text";

const words = text.retire;

interface Props {
  projects: readonly Project[];
  chosen: Project | undefined;
  onChoose: (project: Project) => void;
}

function Facts({ project }: { project: Project }) {
  const told = (field: string, value: string | null | undefined) =>
    value && !project.not_told?.includes(field) ? value : words.notTold;
  return (
    <span className="project-facts">
      <span className="mono">{project.project}</span>
      <span>{`${words.registry}: ${project.registry}`}</span>
      {project.type !== undefined && <span>{`${words.kind}: ${told("type", project.type)}`}</span>}
      <span>{`${words.country}: ${told("country", project.country)}`}</span>
      <span>{`${words.vintage}: ${told("vintage", String(project.vintage))}`}</span>
      {project.methodology !== undefined && (
        <span>{`${words.methodology}: ${told("methodology", project.methodology)}`}</span>
      )}
      <span>{`${words.available}: ${told("available_ug", mass(BigInt(project.available_ug), "down"))}`}</span>
    </span>
  );
}

function Badges({ project }: { project: Project }) {
  return (
    <span className="badges">
      <span className={project.ex_ante ? "badge badge-gold" : "badge"}>
        {project.ex_ante ? words.exAnte : words.exPost}
      </span>
      {project.removal && <span className="badge">{words.removal}</span>}
      {project.labels?.map(({ title, seen_at }) => (
        <span className="badge" key={title}>
          {words.labelSeen(title, day(Number(seen_at)))}
        </span>
      ))}
    </span>
  );
}

/** What the marketplace offers, with price and the facts that speak of quality. */
export function ProjectChoice({ projects, chosen, onChoose }: Props) {
  return (
    <fieldset>
      <legend className="visually-hidden">{words.projects}</legend>
      <div className="choice-list">
        {projects.map((project) => (
          <label className="choice" key={project.source_id}>
            <input
              type="radio"
              name="project"
              checked={chosen?.source_id === project.source_id}
              onChange={() => onChoose(project)}
            />
            <span className="project">
              <span className="project-head">
                <span>{project.name}</span>
                <span className="number">{words.perTonne(dollars(project.price_usd_per_tonne))}</span>
              </span>
              <Facts project={project} />
              <Badges project={project} />
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
