/** Segments with their members, and a condition to try. */
import { useState } from "preact/hooks";
import { pages, type UpnextError } from "../../dist/web.js";
import { Segment_State, type Segment } from "../../gen/upnext/v1/segment_pb.js";
import { all, useLoaded } from "./loaded.js";
import type { Session } from "./session.js";

export function Segments({ session }: { session: Session }) {
  const { value, problem } = useLoaded(() => all(pages(session.client.segments.listSegments, {}, (page) => page.segments)), []);
  return (
    <>
      <h2>Segments</h2>
      <Preview session={session} />
      <p role="alert">{problem}</p>
      {value?.map((segment) => <Members key={segment.name} segment={segment} session={session} />)}
    </>
  );
}

function Preview({ session }: { session: Session }) {
  const [condition, setCondition] = useState("");
  const [said, setSaid] = useState("");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = session.client.segments.previewSegment({ condition });
    const told = await answer.then(
      ({ count, sample, lackingAttributes }) => {
        const lacking = lackingAttributes.map((one) => `; ${one.count} have no ${one.attribute}`).join("");
        return `${count} records: ${sample.map((name) => name.split("/").pop()).join(", ")}${lacking}`;
      },
      (error: UpnextError) => error.rawMessage,
    );
    setSaid(told);
  };
  return (
    <form class="card" onSubmit={submit}>
      <label for="condition">Who would be in a segment of this condition?</label>
      <input id="condition" required placeholder={'record.origin == "paid search"'} value={condition} onInput={(event) => setCondition(event.currentTarget.value)} />
      <button class="first">Look</button>
      <p role="status">{said}</p>
    </form>
  );
}

function Members({ segment, session }: { segment: Segment; session: Session }) {
  const { value, problem } = useLoaded(() => session.client.segments.listSegmentMembers({ parent: segment.name }), [segment.name]);
  const members = value?.segmentMembers ?? [];
  const more = value?.nextPageToken ? " and more" : "";
  return (
    <section class="card" aria-label={segment.displayName}>
      <h3>
        {segment.displayName} <small>{Segment_State[segment.state]}</small>
      </h3>
      <p><code>{segment.condition}</code> → {segment.connectedSequence || "no sequence"}</p>
      <p role="alert">{problem}</p>
      {value && (
        <details>
          <summary>{members.length}{more} members</summary>
          <ul>{members.map((member) => <li key={member.record}>{member.record.split("/").pop()}</li>)}</ul>
          {more && <p>The first {members.length} are shown.</p>}
        </details>
      )}
    </section>
  );
}
