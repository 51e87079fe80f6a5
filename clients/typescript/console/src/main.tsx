/** The page: who is looking, and four things to look at. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Operations } from "./operations.js";
import { Queue } from "./queue.js";
import { Segments } from "./segments.js";
import { Sequences } from "./sequences.js";
import { forget, handedKey, keptKey, open, type Session } from "./session.js";

const VIEWS = { Queue, Sequences, Segments, Operations };
type View = keyof typeof VIEWS;

function Console() {
  const [session, setSession] = useState<Session>();
  const [problem, setProblem] = useState("");
  const [view, setView] = useState<View>("Queue");
  const enter = (key: string) => open(key).then(setSession, (error: Error) => setProblem(error.message));
  const leave = () => {
    forget();
    void session?.client.close();
    setSession(undefined);
  };
  useEffect(() => {
    const key = handedKey() ?? keptKey();
    if (key) void enter(key);
  }, []);
  useEffect(() => {
    // A link opened in a tab that shows the page already.
    const handed = () => {
      const key = handedKey();
      if (!key) return;
      leave();
      void enter(key);
    };
    addEventListener("hashchange", handed);
    return () => removeEventListener("hashchange", handed);
  }, [session]);
  if (!session) return <Door enter={enter} problem={problem} />;

  const Shown = VIEWS[view];
  return (
    <>
      <header>
        <h1>upnext</h1>
        <nav aria-label="Views">
          {(Object.keys(VIEWS) as View[]).map((name) => (
            <button key={name} aria-current={name === view ? "page" : undefined} onClick={() => setView(name)}>
              {name}
            </button>
          ))}
        </nav>
        <button onClick={leave}>Leave</button>
      </header>
      <main>
        <Shown session={session} />
      </main>
    </>
  );
}

function Door({ enter, problem }: { enter: (key: string) => void; problem: string }) {
  const [key, setKey] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    enter(key);
  };
  return (
    <main>
      <form onSubmit={submit} class="card">
        <h1>upnext</h1>
        <label for="key">API key</label>
        <input id="key" type="password" autocomplete="off" required value={key} onInput={(event) => setKey(event.currentTarget.value)} />
        <button class="first">Look</button>
        <p role="alert">{problem}</p>
      </form>
    </main>
  );
}

render(<Console />, document.getElementById("console")!);
