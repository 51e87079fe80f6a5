// Runs the scenario that every SDK runs, or listens to a queue for the fault test.
//
//     node main.mjs scenario FILE      node main.mjs listen QUEUE
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRegistry, fromJson, toJson } from "@bufbuild/protobuf";
import { Code, connect, pages, UpnextError } from "../dist/index.js";
import * as v1 from "../gen/v1.js";
import * as details from "../gen/google/rpc/error_details_pb.js";

const FIELDS = {
  ApiKeyService: "apiKeys", CalendarService: "calendars", EmailService: "emails", EnrollmentService: "enrollments", EventService: "events", OrganizationService: "organization",
  RecordService: "records", SegmentService: "segments", SellerService: "sellers", SequenceService: "sequences",
  TeamService: "teams", TemplateService: "templates", WorkQueueService: "workQueue",
};
const registry = createRegistry(details.file_google_rpc_error_details);
const asJson = (schema, message) => toJson(schema, message, { registry });

/** The value with `${name}` replaced by what was saved. */
function fill(value, saved) {
  if (Array.isArray(value)) return value.map((one) => fill(one, saved));
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, saved)]));
  if (typeof value !== "string") return value;
  return value.replace(/\$\{(\w+)\}/g, (_, name) => (name === "uuid" ? crypto.randomUUID() : saved[name]));
}

/** Where the answer isn't as expected; "" if it is. */
function difference(expected, found, path = "") {
  if (expected === "*") return found && JSON.stringify(found) !== "{}" ? "" : `${path} is empty`;
  if (Array.isArray(expected)) {
    const list = found ?? [];
    if (list.length !== expected.length) return `${path} has ${list.length} items, not ${expected.length}`;
    return expected.map((one, at) => difference(one, list[at], `${path}[${at}]`)).find(Boolean) ?? "";
  }
  if (expected && typeof expected === "object")
    return Object.entries(expected).map(([name, one]) => difference(one, found?.[name], `${path}.${name}`)).find(Boolean) ?? "";
  const missing = found === undefined && [0, "0", "", false].includes(expected);
  return expected === found || missing ? "" : `${path} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`;
}

// Connect writes Canceled for CANCELLED; the others only differ in their case.
const codeName = (code) => Code[code].replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();

class Runner {
  client = connect();
  saved = {
    run: crypto.randomUUID().slice(0, 8),
    fixed: crypto.randomUUID(),
    tomorrow: new Date(Date.now() + 86_400_000).toISOString(),
  };

  async step(step) {
    let found;
    try {
      found = await this.do(step);
    } catch (error) {
      if (!(error instanceof UpnextError)) throw error;
      if (!step.error) return `refused: ${error.message}`;
      const { reason, info: metadata, violations } = error;
      return difference(step.error, { code: codeName(error.code), reason, metadata, violations });
    }
    if (step.error) return "not refused";
    const problem = difference(step.expect ?? {}, found);
    for (const [name, path] of problem ? [] : Object.entries(step.save ?? {}))
      this.saved[name] = path.split(".").reduce((value, part) => value[part], found);
    return problem;
  }

  async do(step) {
    if (step.call) {
      const client = step.key === undefined ? this.client : connect({ key: step.key });
      const [service, name] = step.call.split("/");
      const method = v1[service].method[name[0].toLowerCase() + name.slice(1)];
      const call = client[FIELDS[service]][method.localName];
      const request = fromJson(method.input, step.request);
      if (!step.pages) return asJson(method.output, await call(request));
      const listed = [];
      for await (const item of pages(call, request, (page) => page[step.pages])) listed.push(item);
      if (listed.length !== (step.count ?? listed.length) || listed.length < (step.atLeast ?? 0)) throw new Error(`${listed.length} items`);
      return {};
    }
    if (step.wait !== undefined) return asJson(v1.OperationResultSchema, await this.client.wait(step.wait, () => {}));
    if (step.watch) this.queue = this.client.watch(step.watch);
    await this.queue.until((queue) => queue.live && queue.items.length === step.until, AbortSignal.timeout(20_000));
    return {};
  }
}

async function scenario(path) {
  const steps = JSON.parse(readFileSync(path, "utf8"));
  const runner = new Runner();
  for (const [at, step] of steps.entries()) {
    const problem = await runner.step(fill(step, runner.saved));
    if (problem) throw new Error(`step ${at + 1}, ${step.do}: ${problem}`);
  }
  console.log(`${steps.length} steps as promised`);
  await runner.client.close();
}

/** As the driver says: with certificates, or a key that is read from its file before each call. */
function connectAsTold() {
  const { UPNEXT_CA, UPNEXT_CERT, UPNEXT_CERT_KEY, UPNEXT_KEY_FILE } = process.env;
  const pem = (file) => file && readFileSync(file, "utf8");
  return connect({
    ca: pem(UPNEXT_CA),
    certificate: UPNEXT_CERT && { chain: pem(UPNEXT_CERT), privateKey: pem(UPNEXT_CERT_KEY) },
    key: UPNEXT_KEY_FILE && (async () => readFileSync(UPNEXT_KEY_FILE, "utf8")),
  });
}

async function listen(name) {
  const client = connectAsTold();
  const queue = client.watch(name, { window: 500 });
  for await (const _ of createInterface({ input: process.stdin })) {
    const items = queue.items.map(({ name, etag }) => [name, etag]);
    console.log(JSON.stringify({
      revision: Number(queue.revision), live: queue.live, items, due: queue.counts?.due ?? 0,
      twice: items.length - new Set(items.map(([name]) => name)).size, reconnects: queue.reconnects,
      error: queue.lastError?.reason ?? "",
    }));
  }
  await client.close();
}

await { scenario, listen }[process.argv[2]](process.argv[3]);
