// Measures graphile-worker, at the settings at which it is fastest, on the Postgres that PGHOST and
// its siblings name. Prints one JSON object.
import { Logger, makeWorkerUtils, run, runMigrations } from "graphile-worker";
import pg from "pg";

/** As many as are inserted at once. */
const BATCH = 5_000;
const quiet = new Logger(() => () => {});
const pgPool = new pg.Pool({ max: 26 });
// It asks for them.
pgPool.on("error", () => {});
pgPool.on("connect", (client) => client.on("error", () => {}));
const [command, argument] = process.argv.slice(2);
const count = Number(argument);

/** Inserts jobs, the n-th of which is due at due(n). Without due: at once. */
async function insert(due) {
  const utils = await makeWorkerUtils({ pgPool, logger: quiet });
  for (let from = 0; from < count; from += BATCH) {
    const jobs = [];
    for (let n = from; n < Math.min(count, from + BATCH); n++) {
      const at = due?.(n);
      jobs.push({
        identifier: "peer",
        payload: { dueAt: at ?? 0 },
        ...(at && { runAt: new Date(at) }),
      });
    }
    await utils.addJobs(jobs);
  }
  await utils.release();
}

/** Runs jobs until all were done; answers how late each started, in milliseconds. */
async function work(prepare) {
  const lateness = [];
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const peer = async ({ dueAt }) => {
    lateness.push(performance.timeOrigin + performance.now() - dueAt);
    if (lateness.length === count) finish();
  };
  const start = () =>
    run({
      pgPool,
      logger: quiet,
      noHandleSignals: true,
      concurrency: 24,
      pollInterval: 100,
      taskList: { peer },
      preset: { worker: { localQueue: { size: 500 }, completeJobBatchDelay: 0 } },
    });
  const runner = await prepare(start);
  await finished;
  // Stopping waits until what was done is saved.
  await runner.stop();
  return lateness.sort((one, other) => one - other);
}

const commands = {
  async prepare() {
    await runMigrations({ pgPool, logger: quiet });
    return {};
  },
  async scheduled() {
    const lateness = await work(async (start) => {
      const runner = await start();
      const first = Date.now() + 2_000;
      await insert((n) => first + n * 10);
      return runner;
    });
    return { p50: lateness[count >> 1], p99: lateness[Math.floor(count * 0.99)] };
  },
  async burst() {
    const lateness = await work(async (start) => {
      const runner = await start();
      const at = Date.now() + 8_000;
      await insert(() => at);
      return runner;
    });
    return { last: lateness[count - 1] };
  },
  async insert() {
    const began = performance.now();
    await insert();
    return { rate: (count * 1_000) / (performance.now() - began) };
  },
  async complete() {
    let began;
    await work(async (start) => {
      await insert();
      began = performance.now();
      return start();
    });
    return { rate: (count * 1_000) / (performance.now() - began) };
  },
};

console.log(JSON.stringify(await commands[command]()));
await pgPool.end();
