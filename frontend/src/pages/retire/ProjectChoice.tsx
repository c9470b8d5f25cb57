import type { Project } from "../../api/types";
import { dollars, mass } from "../../format";
import { text } from "../../strings/text";

const words = text.retire;

interface Props {
  projects: readonly Project[];
  chosen: Project | undefined;
  onChoose: (project: Project) => void;
}

/** What the marketplace offers, with price and the facts that speak of quality. */
export function ProjectChoice({ projects, chosen, onChoose }: Props) {
  if (projects.length === 0) return <p className="soft">{words.noProjects}</p>;
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
              <span className="project-facts">
                <span className="mono">{project.project}</span>
                <span>{`${words.registry}: ${project.registry}`}</span>
                <span>{`${words.country}: ${project.country}`}</span>
                <span>{`${words.vintage}: ${project.vintage}`}</span>
                <span>{`${words.available}: ${mass(BigInt(project.available_ug))}`}</span>
              </span>
              <span>
                <span className={project.ex_ante ? "badge badge-gold" : "badge"}>
                  {project.ex_ante ? words.exAnte : words.exPost}
                </span>
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
