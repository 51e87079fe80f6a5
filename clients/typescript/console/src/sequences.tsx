/** Sequences: one of them as a picture, with where its enrollments are. */
import { useEffect, useState } from "preact/hooks";
import { pages } from "../../dist/web.js";
import { Sequence_State, type Sequence } from "../../gen/upnext/v1/sequence_pb.js";
import { all, useLoaded } from "./loaded.js";
import { Picture } from "./picture.js";
import type { Session } from "./session.js";

/** How many of the newest revisions can be chosen. */
const REVISIONS = 50;

export function Sequences({ session }: { session: Session }) {
  const { value, problem } = useLoaded(() => all(pages(session.client.sequences.listSequences, {}, (page) => page.sequences)), []);
  const [chosen, choose] = useState<string>();
  const shown = value?.find((sequence) => sequence.name === chosen) ?? value?.[0];
  return (
    <>
      <h2>Sequences</h2>
      <p role="alert">{problem}</p>
      {value?.length === 0 && <p>There are none yet.</p>}
      <nav aria-label="Sequences" class="row">
        {value?.map((sequence) => (
          <button key={sequence.name} aria-current={sequence === shown ? "true" : undefined} onClick={() => choose(sequence.name)}>
            {sequence.displayName}
          </button>
        ))}
      </nav>
      {shown && <Shown key={shown.name} sequence={shown} session={session} />}
    </>
  );
}

function Shown({ sequence, session }: { sequence: Sequence; session: Session }) {
  const [name, show] = useState(sequence.name);
  const [round, refresh] = useRounds();
  const load = () => session.client.sequences.renderSequence({ name, withCounts: true });
  const { value, problem } = useLoaded(load, [name, round]);
  return (
    <section class="card" aria-label={sequence.displayName}>
      <h3>
        {sequence.displayName} <small>{Sequence_State[sequence.state]}</small>
      </h3>
      <p class="row">
        <label>
          Shown{" "}
          <select value={name} onChange={(event) => show(event.currentTarget.value)}>
            <option value={sequence.name}>draft</option>
            {newest(sequence.revision).map((revision) => (
              <option key={revision} value={`${sequence.name}/revisions/${revision}`}>revision {revision}</option>
            ))}
          </select>
        </label>
        <button onClick={refresh}>Refresh</button>
        <span role="status">{value && said(value.countedRevision, value.elsewhereCount)}</span>
      </p>
      <p role="alert">{problem}</p>
      {value && <Picture picture={value} name={sequence.displayName} />}
    </section>
  );
}

function newest(revision: number): number[] {
  return Array.from({ length: Math.min(revision, REVISIONS) }, (_, place) => revision - place);
}

/** Whose enrollments are counted. */
function said(revision: string, elsewhere: bigint): string {
  if (!revision) return "never activated";
  return `Counts of revision ${revision.split("/").pop()}${elsewhere ? `; ${elsewhere} open on others or at steps that are gone` : ""}`;
}

/** A number that goes up when the counts are to be read again: if asked, and when the page is looked at again. */
function useRounds(): [number, () => void] {
  const [round, setRound] = useState(0);
  const refresh = () => setRound((round) => round + 1);
  useEffect(() => {
    const looked = () => document.visibilityState === "visible" && refresh();
    document.addEventListener("visibilitychange", looked);
    return () => document.removeEventListener("visibilitychange", looked);
  }, []);
  return [round, refresh];
}
