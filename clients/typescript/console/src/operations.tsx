/** Long work, and how far it is. */
import { anyUnpack, timestampDate } from "@bufbuild/protobuf/wkt";
import { useEffect, useState } from "preact/hooks";
import type { Operation } from "../../gen/google/longrunning/operations_pb.js";
import { OperationMetadata_Kind, OperationMetadataSchema } from "../../gen/upnext/v1/operation_pb.js";
import { useLoaded } from "./loaded.js";
import type { Session } from "./session.js";

const AGAIN_MS = 2_000;

export function Operations({ session }: { session: Session }) {
  const [round, setRound] = useState(0);
  const { value, problem } = useLoaded(() => session.client.operations.listOperations({ name: "operations", pageSize: 50 }), [round]);
  useEffect(() => {
    const timer = setInterval(() => setRound((round) => round + 1), AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <h2>Operations</h2>
      <p role="alert">{problem}</p>
      {value?.operations.length === 0 && <p>There were none.</p>}
      {value?.operations.map((operation) => <Progress key={operation.name} operation={operation} />)}
    </>
  );
}

function Progress({ operation }: { operation: Operation }) {
  const metadata = operation.metadata && anyUnpack(operation.metadata, OperationMetadataSchema);
  if (!metadata) return null;
  const [done, total] = [Number(metadata.doneCount), Number(metadata.totalCount)];
  const words = OperationMetadata_Kind[metadata.kind].toLowerCase().replaceAll("_", " ");
  const ended = operation.result.case === "error" ? operation.result.value.message : "done";
  return (
    <section class="card">
      <h3>{words} <small>{metadata.target}</small></h3>
      <progress aria-label={words} value={operation.done ? 1 : done} max={operation.done ? 1 : total || 1} />
      <p>
        {done} of {total}, {String(metadata.failedCount)} failed, {operation.done ? ended : "running"}
        {metadata.createTime && `, asked for ${timestampDate(metadata.createTime).toLocaleString()}`}
      </p>
    </section>
  );
}
