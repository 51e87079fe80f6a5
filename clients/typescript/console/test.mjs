// The page in headless Chromium against the server of UPNEXT_ADDRESS, which has the page at `/`,
// with UPNEXT_KEY of an empty organization. Prints "restart" when the server is to be started
// again, and goes on once a line comes.
//
//     node console/test.mjs [PICTURE]
import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { Activity_State as State } from "../gen/upnext/v1/activity_pb.js";
import { Role } from "../gen/upnext/v1/api_key_pb.js";
import { connect } from "../dist/index.js";

const { UPNEXT_ADDRESS: address, UPNEXT_KEY: key } = process.env;
const run = crypto.randomUUID().slice(0, 8);
const client = connect();
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const HOSTILE = `Ask "<img src=x onerror=alert(1)>"`;

/** A lead with something to do; people see its id, for want of a name. */
async function enroll(name) {
  await client.records.upsertRecord({ recordType: "lead", record: { id: `${name}-${run}`, owner: `ana-${run}` } });
  await client.enrollments.enrollRecord({ record: `recordTypes/lead/records/${name}-${run}`, sequence: `s-${run}` });
}

async function prepare() {
  await client.sellers.createSeller({ sellerId: `ana-${run}`, seller: { displayName: `Ana ${run}` } });
  const task = { case: "task", value: {} };
  const day = { case: "wait", value: { kind: { case: "delay", value: { days: 1 } } } };
  const steps = [{ displayName: "Write", kind: task }, { kind: day }, { displayName: HOSTILE, kind: task }];
  await client.sequences.createSequence({ sequenceId: `s-${run}`, sequence: { displayName: `Page ${run}`, steps } });
  await client.sequences.activateSequence({ name: `s-${run}` });
}

/** The first activity of the queue, by name. */
async function headOf() {
  const { activities } = await client.workQueue.listActivities({ queue: `sellers/ana-${run}`, pageSize: 1 });
  return activities[0].name;
}

async function read(name) {
  return (await client.workQueue.getActivity({ name })).activity;
}

/** Asks until it is so. */
async function until(ask, isSo) {
  for (const end = Date.now() + 20_000; ; ) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    assert(Date.now() < end, "it never was so");
  }
}

/** What the page shows, head first. */
async function shown(page) {
  const head = await page.locator("section.card p").first().textContent();
  const rest = await page.getByRole("list", { name: "After that" }).getByRole("listitem").allTextContents();
  return [head, ...rest];
}

/** A sequence is drawn with its counts, which change after an enrollment, without a reload. */
async function pictures(page) {
  await page.getByRole("button", { name: "Sequences" }).click();
  await page.getByRole("button", { name: `Page ${run}` }).press("Enter");
  const region = page.getByRole("region", { name: `Page ${run}` });
  const picture = region.getByRole("img", { name: `Page ${run} as a picture` });
  await picture.getByText("3 here").waitFor();

  const texts = await picture.locator(".box").allInnerTexts();
  const expected = ["Start", "End", "Write\nTask\n3 here", "Wait 1 d\n1 here", `${HOSTILE}\nTask\n0 here`];
  assert.deepEqual(texts.sort(), expected.sort());
  assert.deepEqual((await picture.locator("text").allTextContents()).sort(), ["0", "0", "1", "4"]);
  const boxes = await picture.locator("rect").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
  const apart = (a, b) => a.bottom <= b.top || b.bottom <= a.top || a.right <= b.left || b.right <= a.left;
  boxes.forEach((one, at) => boxes.slice(at + 1).forEach((other) => assert(apart(one, other), "boxes overlap")));

  await region.getByText("The same as a list").press("Enter");
  const list = await region.getByRole("list", { name: `Steps of Page ${run}` }).getByRole("listitem").allTextContents();
  assert.equal(list[0], "Write (Task): 3 here; 1 went on to Wait");
  await enroll("Oli");
  await region.getByRole("button", { name: "Refresh" }).press("Enter");
  await picture.getByText("4 here").waitFor();
  await region.getByLabel("Shown").selectOption({ label: "revision 1" });
  await region.getByRole("status").filter({ hasText: "Counts of revision 1" }).waitFor();
}

/** A seller's own key, in a link opened in the tab: her queue alone, and whom to call at which number. */
async function ownKey(page) {
  const apiKey = { displayName: "her own", roles: [Role.SALESPERSON], seller: `sellers/ana-${run}` };
  const { secret } = await client.apiKeys.createApiKey({ apiKey });
  await client.records.upsertRecord({ recordType: "lead", record: { id: `Pia-${run}`, owner: `ana-${run}`, attributes: { phone: "+49 30 12345" } } });
  const steps = [{ displayName: "Ring", kind: { case: "phoneCall", value: { script: "Say hello." } } }];
  await client.sequences.createSequence({ sequenceId: `c-${run}`, sequence: { displayName: `Calls ${run}`, steps } });
  await client.sequences.activateSequence({ name: `c-${run}` });

  await page.evaluate((key) => (location.hash = `key=${key}`), secret);
  await page.getByRole("button", { name: "Queue" }).click();
  await page.getByText("live", { exact: true }).waitFor();
  assert.deepEqual(await page.getByLabel("Queue of").locator("option").allTextContents(), ["My queue"]);
  assert(!page.url().includes(secret), "the key stays in the address");
  for (const { name } of (await client.workQueue.listActivities({ queue: `sellers/ana-${run}` })).activities)
    await client.workQueue.completeActivity({ name });
  await client.enrollments.enrollRecord({ record: `recordTypes/lead/records/Pia-${run}`, sequence: `c-${run}` });

  await page.getByText("+49 30 12345").waitFor();
  await page.getByText("Say hello.").waitFor();
  const complete = page.getByRole("button", { name: "Complete" });
  assert(await complete.isDisabled(), "a call has an outcome");
  await page.getByLabel("Outcome").selectOption("made");
  await complete.press("Enter");
  await page.getByText("Nothing is due.").waitFor();
}

async function test(page) {
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && problems.push(message.text()));
  await page.goto(`http://${address}/#key=${key}`);
  await page.getByLabel("Queue of").selectOption({ label: `Ana ${run}` });
  await page.getByText("live", { exact: true }).waitFor();
  assert(!page.url().includes(key), "the key stays in the address");

  // A lead that arrives is there without a reload.
  for (const name of ["Kim", "Lea", "Mia"]) {
    await enroll(name);
    await page.getByText(new RegExp(`^${name}`)).or(page.getByRole("listitem").filter({ hasText: name })).first().waitFor();
  }
  // Completing brings the next, and can be undone though the server has done it. The keyboard
  // does it all.
  assert.match((await shown(page))[0], /^Kim/);
  const kim = await headOf();
  const done = page.getByRole("status").filter({ hasText: "Completed: Write, Kim" });
  await page.getByLabel("Note").focus();
  await page.keyboard.type("wants a quote");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("section.card p").first().filter({ hasText: "Lea" }).waitFor();
  await done.waitFor();
  const completed = await until(() => read(kim), ({ state }) => state === State.COMPLETED);
  assert.equal(completed.note, "wants a quote");
  assert.equal(await done.getAttribute("aria-live"), "polite");
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await page.getByRole("status").filter({ hasText: "Open again: Write, Kim" }).waitFor();
  await page.locator("section.card p").first().filter({ hasText: "Kim" }).waitFor();
  assert.deepEqual([(await read(kim)).state, (await read(kim)).note], [State.DUE, ""]);
  await page.getByRole("button", { name: "Undo" }).waitFor({ state: "detached" });

  // An undo that is refused says why: somebody else was faster. The list stays.
  await page.getByRole("button", { name: "Skip" }).press("Enter");
  await until(() => read(kim), ({ state }) => state === State.SKIPPED);
  await client.workQueue.reopenActivity({ name: kim });
  await page.locator("section.card p").first().filter({ hasText: "Kim" }).waitFor();
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await page.getByRole("alert").filter({ hasText: "the activity is already open" }).waitFor();
  await client.workQueue.completeActivity({ name: kim });
  await page.locator("section.card p").first().filter({ hasText: "Lea" }).waitFor();

  // The server is started again, and the list is that of ListActivities.
  console.log("restart");
  await lines.next();
  await enroll("Noa");
  await page.getByRole("listitem").filter({ hasText: "Noa" }).waitFor({ timeout: 60_000 });
  const { activities } = await client.workQueue.listActivities({ queue: `sellers/ana-${run}` });
  const listed = activities.map((activity) => activity.recordDisplayName);
  const names = (await shown(page)).map((text) => listed.find((name) => text.includes(name)));
  assert.deepEqual(names, listed);

  for (const [view, words] of [["Sequences", `Page ${run}`], ["Segments", "Who would be"], ["Operations", "Operations"]]) {
    await page.getByRole("button", { name: view }).click();
    await page.getByText(words).first().waitFor();
  }
  await pictures(page);
  await ownKey(page);
  assert.deepEqual(problems, []);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  await prepare();
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  page.setDefaultTimeout(30_000);
  await test(page);
  if (process.argv[2]) await page.screenshot({ path: process.argv[2] });
  console.log("the page is as promised");
} finally {
  await browser.close();
  await client.close();
}
process.exit(0);
