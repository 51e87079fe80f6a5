// The smallest honest seller: does what is next, for ever.
//
//     UPNEXT_KEY=… node seller.mjs sellers/ana
import { createInterface } from "node:readline/promises";
import { connect, UpnextError } from "@upnext/client";

const people = createInterface({ input: process.stdin, output: process.stdout });
const client = connect();
const queue = client.watch(process.argv[2]);

for (;;) {
  const head = await queue.until((q) => q.live && q.head);
  console.log(`${head.displayName}: ${head.recordDisplayName}`);
  const outcome = await people.question(head.content.case === "phoneCall" ? "outcome: " : "return when it is done ");
  try {
    await client.workQueue.completeActivity({ name: head.name, outcome: head.content.case === "phoneCall" ? outcome : "" });
    await queue.until((q) => q.head?.name !== head.name);
  } catch (error) {
    if (!(error instanceof UpnextError)) throw error;
    console.log(error.rawMessage);
  }
}
