/** Sequences as pictures, and how many go through them. */
import { pages } from "../../dist/web.js";
import { Sequence_State, type Sequence, type Step } from "../../gen/upnext/v1/sequence_pb.js";
import { all, useLoaded } from "./loaded.js";
import type { Session } from "./session.js";

export function Sequences({ session }: { session: Session }) {
  const { value, problem } = useLoaded(() => all(pages(session.client.sequences.listSequences, {}, (page) => page.sequences)), []);
  return (
    <>
      <h2>Sequences</h2>
      <p role="alert">{problem}</p>
      {value?.length === 0 && <p>There are none yet.</p>}
      {value?.map((sequence) => <Picture key={sequence.name} name={sequence.name} session={session} />)}
    </>
  );
}

function Picture({ name, session }: { name: string; session: Session }) {
  const { value, problem } = useLoaded(() => read(session, name), [name]);
  if (!value) return <p role="alert">{problem}</p>;
  const { sequence, open, at } = value;
  return (
    <section class="card" aria-label={sequence.displayName}>
      <h3>
        {sequence.displayName} <small>{Sequence_State[sequence.state]}, {open} open</small>
      </h3>
      <ol class="steps">
        {sequence.steps.map((step, place) => (
          <li key={step.stepId || place} class={step.kind.case}>
            <b>{step.displayName || label(step)}</b>
            <small>{label(step)}</small>
            <output>{at.get(step.stepId) ?? 0} here</output>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A sequence with its steps, and where its open enrollments are. */
async function read(session: Session, name: string): Promise<{ sequence: Sequence; open: number; at: Map<string, number> }> {
  const filter = `enrollment.sequence == "${name.split("/")[1]}" && enrollment.open`;
  const [answer, enrollments] = await Promise.all([
    session.client.sequences.getSequence({ name }),
    all(pages(session.client.enrollments.listEnrollments, { filter, pageSize: 1000 }, (page) => page.enrollments)),
  ]);
  const at = new Map<string, number>();
  for (const { currentStepId } of enrollments) at.set(currentStepId, (at.get(currentStepId) ?? 0) + 1);
  return { sequence: answer.sequence!, open: enrollments.length, at };
}

function label(step: Step): string {
  if (step.kind.case !== "wait") return { email: "email", phoneCall: "call", task: "task" }[step.kind.case ?? "task"];
  const wait = step.kind.value.kind;
  if (wait.case === "businessDays") return `wait ${wait.value.days} business days`;
  const { days = 0, hours = 0, minutes = 0, seconds = 0 } = wait.case === "delay" ? wait.value : {};
  const parts = [[days, "d"], [hours, "h"], [minutes, "min"], [seconds, "s"]] as const;
  return `wait ${parts.filter(([count]) => count).map(([count, unit]) => `${count} ${unit}`).join(" ")}`;
}
