/** A seller's live queue: what is next, and what can be done with it. */
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { useEffect, useRef, useState } from "preact/hooks";
import { Activity_Warning as Warning, type Activity } from "../../gen/upnext/v1/activity_pb.js";
import type { Queue as LiveQueue } from "../../dist/web.js";
import { useLoaded } from "./loaded.js";
import type { Session } from "./session.js";

/** How long something is held that can't be taken back once it is sent. */
const REGRET_MS = 4_000;
const HOUR_MS = 3_600_000;

/** Something done that can still be undone. */
interface Deed {
  activity: Activity;
  said: string;
  send: () => Promise<unknown>;
  /** Takes it back once it is sent. Without one, it is sent only when it can't be undone any more. */
  takeBack?: () => Promise<unknown>;
}

export function Queue({ session }: { session: Session }) {
  const [name, setName] = useState(session.sellers[0]?.name ?? "sellers/me");
  const queue = useLiveQueue(session, name);
  const { deed, regret, doIt, news, problem } = useDeeds();
  // What is done is still listed until the server has heard of it. With another etag it is back.
  const isDone = ({ name, etag }: Activity) => name === deed?.activity.name && etag === deed.activity.etag;
  const items = (queue?.items ?? []).filter((activity) => !isDone(activity));
  const [head, ...rest] = items;
  return (
    <>
      <p class="row">
        {session.sellers.length > 0 && (
          <label>
            Queue of{" "}
            <select value={name} onChange={(event) => setName(event.currentTarget.value)}>
              {session.sellers.map((seller) => (
                <option key={seller.name} value={seller.name}>{seller.displayName}</option>
              ))}
            </select>
          </label>
        )}
        <span role="status" class={queue?.live ? "live" : "away"}>
          {queue?.lastError?.rawMessage ?? (queue?.live ? "live" : "connecting…")}
        </span>
        <span>{queue?.counts?.due ?? 0} due, {queue?.counts?.snoozed ?? 0} snoozed</span>
      </p>
      <div class="row deed">
        <p role="status" aria-live="polite">{news}</p>
        {deed && <button onClick={() => void regret()}>Undo</button>}
      </div>
      <p role="alert">{problem}</p>
      {head ? <Head key={head.name} activity={head} session={session} doIt={doIt} /> : <Nothing until={queue?.nextDueTime} />}
      <ol aria-label="After that">
        {rest.map((activity) => (
          <li key={activity.name}>
            <b>{activity.displayName}</b> {activity.recordDisplayName} <small>{kind(activity)}</small>{" "}
            <Warnings activity={activity} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Head({ activity, session, doIt }: { activity: Activity; session: Session; doIt: (deed: Deed) => void }) {
  const [note, setNote] = useState("");
  const [outcome, setOutcome] = useState("");
  const calls = session.client.workQueue;
  const isCall = activity.content.case === "phoneCall";
  const script = useLoaded(() => calls.getActivity({ name: activity.name, view: 2 }), [activity.name]).value?.activity?.content;
  const reach = useLoaded(() => howToReach(session, activity), [activity.name]).value;
  const { name } = activity;
  const takeBack = () => calls.reopenActivity({ name });
  const snooze = (ms: number) => () =>
    doIt({ activity, said: "Put off", send: () => calls.snoozeActivity({ name, until: timestampFromDate(new Date(Date.now() + ms)) }) });
  return (
    <section class="card" aria-labelledby="head" aria-live="polite">
      <h2 id="head">{activity.displayName}</h2>
      <p>
        {activity.recordDisplayName} · {kind(activity)} · step {activity.stepNumber} of {activity.stepCount}
      </p>
      {activity.warnings.length > 0 && <p><Warnings activity={activity} /></p>}
      {activity.description && <p>{activity.description}</p>}
      {reach && <p>{reach.join(" · ")}</p>}
      {script?.case === "phoneCall" && script.value.script && <blockquote>{script.value.script}</blockquote>}
      <p class="row">
        {isCall && (
          <label>
            Outcome{" "}
            <select value={outcome} onChange={(event) => setOutcome(event.currentTarget.value)}>
              <option value="">choose…</option>
              {session.outcomes.map((one) => <option key={one}>{one}</option>)}
            </select>
          </label>
        )}
        <label class="note">
          Note <input value={note} maxLength={2000} onInput={(event) => setNote(event.currentTarget.value)} />
        </label>
        <button class="first" disabled={isCall && !outcome} onClick={() => doIt({ activity, said: "Completed", send: () => calls.completeActivity({ name, outcome, note }), takeBack })}>
          Complete
        </button>
        <button onClick={() => doIt({ activity, said: "Skipped", send: () => calls.skipActivity({ name, note }), takeBack })}>Skip</button>
        <button onClick={snooze(HOUR_MS)}>Snooze an hour</button>
        <button onClick={snooze(24 * HOUR_MS)}>Snooze a day</button>
      </p>
    </section>
  );
}

/** The phone numbers or the address that the activity needs. */
async function howToReach({ client }: Session, activity: Activity): Promise<string[]> {
  const type = activity.record.split("/records/")[0];
  const [{ recordType }, { record }] = await Promise.all([
    client.records.getRecordType({ name: type }),
    client.records.getRecord({ name: activity.record }),
  ]);
  const phones = recordType?.phoneAttributes ?? [];
  const roles = { phoneCall: phones, textMessage: phones, email: [recordType?.emailAttribute ?? ""] };
  const wanted = roles[activity.content.case as keyof typeof roles] ?? [];
  return wanted.map((name) => record?.attributes?.[name]).filter((text) => typeof text === "string");
}

function Nothing({ until }: { until?: Date }) {
  return <p class="card">Nothing is due.{until && ` The next is known for ${until.toLocaleString()}.`}</p>;
}

/** Why it should not be done as it stands. */
function Warnings({ activity }: { activity: Activity }) {
  return <strong class="warning">{activity.warnings.map((one) => words[one] ?? Warning[one]).join(", ")}</strong>;
}

const words: Record<number, string> = {
  [Warning.DO_NOT_PHONE]: "do not call",
  [Warning.NO_PHONE_NUMBER]: "no phone number",
  [Warning.DO_NOT_EMAIL]: "do not email",
  [Warning.NO_EMAIL_ADDRESS]: "no email address",
};

function kind(activity: Activity): string {
  const kinds = {
    email: "email",
    phoneCall: "call",
    task: "task",
    textMessage: "text message",
    linkedIn: "LinkedIn",
    appointment: "meeting",
    automatedEmail: "automated email",
    automatedTextMessage: "automated text message",
  };
  return kinds[activity.content.case ?? "task"];
}

/** The queue, drawn again with each change. */
function useLiveQueue(session: Session, name: string): LiveQueue | undefined {
  const [, draw] = useState(0);
  const [queue, setQueue] = useState<LiveQueue>();
  useEffect(() => {
    const opened = session.client.watch(name);
    opened.onChange(() => draw((count) => count + 1));
    setQueue(opened);
    return () => void opened.close();
  }, [name]);
  return queue;
}

/** The last deed can be undone. What can be taken back is sent at once, anything else when the next is done. */
function useDeeds() {
  const [deed, setDeed] = useState<Deed>();
  const [news, setNews] = useState("");
  const [problem, setProblem] = useState("");
  const held = useRef<{ deed: Deed; sent?: Promise<boolean>; timer?: ReturnType<typeof setTimeout> }>();
  const hold = (next?: Deed) => {
    held.current = next && { deed: next };
    setDeed(next);
  };
  /** Whether the server did it. */
  const call = (action: () => Promise<unknown>): Promise<boolean> =>
    action().then(
      () => (setProblem(""), true),
      (error: Error) => (setProblem(error.message), false),
    );
  const send = (): Promise<boolean> => {
    const now = held.current;
    if (!now) return Promise.resolve(false);
    clearTimeout(now.timer);
    now.sent ??= call(now.deed.send).then((done) => {
      const isLast = held.current === now;
      if (isLast && !done) setNews("");
      if (isLast && !(done && now.deed.takeBack)) hold();
      return done;
    });
    return now.sent;
  };
  useEffect(() => {
    const leaving = () => void send();
    addEventListener("pagehide", leaving);
    return () => {
      removeEventListener("pagehide", leaving);
      leaving();
    };
  }, []);
  const doIt = (next: Deed) => {
    void send();
    hold(next);
    setNews(`${next.said}: ${title(next.activity)}`);
    if (next.takeBack) void send();
    else held.current!.timer = setTimeout(() => void send(), REGRET_MS);
  };
  const regret = async () => {
    const now = held.current;
    if (!now) return;
    clearTimeout(now.timer);
    const sent = await now.sent;
    const undone = !sent || !now.deed.takeBack || (await call(now.deed.takeBack));
    if (held.current === now) hold();
    setNews(undone ? `Open again: ${title(now.deed.activity)}` : "");
  };
  return { deed, regret, doIt, news, problem };
}

function title(activity: Activity): string {
  return `${activity.displayName}, ${activity.recordDisplayName}`;
}
