import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { getProjects } from "../../api/gateway";
import type { Project } from "../../api/types";
import { FailureNotice } from "../../components/FailureNotice";
import { QueryView } from "../../components/QueryView";
import { text } from "../../strings/text";
import { OfferFilters } from "./OfferFilters";
import { choicesOf, filterOf, isEmpty, passes, withFilter } from "./offerFilter";
import { ProjectChoice } from "./ProjectChoice";

const words = text.retire;

interface Props {
  chosen: Project | undefined;
  onChoose: (project: Project) => void;
}

function OfferList({ projects, chosen, onChoose }: Props & { projects: readonly Project[] }) {
  const [params, setParams] = useSearchParams();
  const filter = filterOf(params);
  const shown = projects.filter((project) => passes(project, filter));
  if (projects.length === 0) return <p className="soft">{words.noProjects}</p>;
  return (
    <div className="stack-tight">
      <OfferFilters
        filter={filter}
        choices={choicesOf(projects)}
        onChange={(next) => setParams((current) => withFilter(current, next), { replace: true })}
      />
      <div className="actions">
        <p className="small soft" role="status">
          {words.count(shown.length, projects.length)}
        </p>
        {!isEmpty(filter) && (
          <button
            type="button"
            className="button button-quiet"
            onClick={() =>
              setParams((current) => withFilter(current, filterOf(new URLSearchParams())), { replace: true })
            }
          >
            {words.clearFilters}
          </button>
        )}
      </div>
      {shown.length === 0 ? (
        <p className="soft">{words.noMatch}</p>
      ) : (
        <ProjectChoice projects={shown} chosen={chosen} onChoose={onChoose} />
      )}
    </div>
  );
}

/** The marketplace's offers, filtered by what the address says. */
export function Offers(props: Props) {
  const projects = useQuery({ queryKey: ["backend", "projects"], queryFn: getProjects });
  return (
    <section className="card" aria-labelledby="projects">
      <h2 id="projects">{words.projects}</h2>
      {projects.error && <FailureNotice error={projects.error} onRetry={() => void projects.refetch()} />}
      {!projects.error && (
        <QueryView query={projects} failed={text.status.askFailed}>
          {(list) => <OfferList projects={list} {...props} />}
        </QueryView>
      )}
    </section>
  );
}
