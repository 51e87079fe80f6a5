/** A sequence as a picture: its steps and edges with their counts, and the same as a list. */
import { Graph, layout } from "@dagrejs/dagre";
import { useMemo } from "preact/hooks";
import type { RenderedEdge, RenderedStep, RenderSequenceResponse } from "../../gen/upnext/v1/sequence_service_pb.js";

const STEP = { width: 220, height: 76 };
const END = { width: 90, height: 36 };
const COUNT = { width: 48, height: 22 };

/** Where the start and the end stand. A step has its id behind a sign that no id begins with. */
const ends = { from: "start", to: "end" };
const place = (stepId: string, end: keyof typeof ends) => (stepId ? `#${stepId}` : ends[end]);

export function Picture({ picture, name }: { picture: RenderSequenceResponse; name: string }) {
  const { boxes, edges, width, height } = useMemo(() => arrange(picture), [picture]);
  return (
    <>
      <svg class="picture" role="img" aria-label={`${name} as a picture`} viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
        <marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path d="M0 0 8 4 0 8z" />
        </marker>
        {edges.map((edge) => (
          <g key={edge.key}>
            <polyline points={edge.points} marker-end="url(#tip)" />
            <text x={edge.x} y={edge.y}>{edge.text}</text>
          </g>
        ))}
        {boxes.map(({ id, x, y, width, height, step }) => (
          <g key={id} class={step ? (step.passes ? "passes" : "acts") : "ends"}>
            <rect x={x} y={y} width={width} height={height} rx={step ? 8 : height / 2} />
            <foreignObject x={x} y={y} width={width} height={height}>
              <div class="box">{step ? <Box step={step} /> : id === ends.from ? "Start" : "End"}</div>
            </foreignObject>
          </g>
        ))}
      </svg>
      <details>
        <summary>The same as a list</summary>
        <ol aria-label={`Steps of ${name}`}>
          {picture.steps.map((step) => (
            <li key={step.stepId}>
              {isNamed(step) ? `${step.displayName} (${step.caption})` : step.caption}: {counts(step)}; {wentOn(picture, step)}
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}

/** A step without a name of its own is called like its kind. */
const isNamed = (step: RenderedStep) => !step.caption.startsWith(step.displayName);

function Box({ step }: { step: RenderedStep }) {
  return (
    <>
      {isNamed(step) && <b>{step.displayName}</b>}
      <small>{step.caption}</small>
      <span>{counts(step)}</span>
    </>
  );
}

function counts(step: RenderedStep): string {
  return `${step.currentCount} here${step.exitedCount ? `, ${step.exitedCount} exited` : ""}`;
}

function wentOn(picture: RenderSequenceResponse, step: RenderedStep): string {
  const names = new Map(picture.steps.map((one) => [one.stepId, one.displayName]));
  const edges = picture.edges.filter((edge) => edge.fromStepId === step.stepId);
  const to = (edge: RenderedEdge) => `${edge.label ? `${edge.label}: ` : ""}${edge.passedCount} went on to`;
  return edges.map((edge) => `${to(edge)} ${names.get(edge.toStepId) ?? "the end"}`).join(", ");
}

/** Places boxes and edges, whatever the shape of the sequence. */
function arrange(picture: RenderSequenceResponse) {
  const graph = new Graph({ multigraph: true }).setGraph({ ranksep: 24, nodesep: 32, marginx: 8, marginy: 8 });
  const steps = new Map(picture.steps.map((step) => [place(step.stepId, "from"), step]));
  for (const end of Object.values(ends)) graph.setNode(end, { ...END });
  for (const id of steps.keys()) graph.setNode(id, { ...STEP });
  for (const { fromStepId, toStepId, passedCount, label } of picture.edges)
    graph.setEdge(
      place(fromStepId, "from"),
      place(toStepId, "to"),
      { ...COUNT, labelpos: "c", text: [label, passedCount].join(" ").trim() },
      label,
    );
  layout(graph);

  const boxes = graph.nodes().map((id) => {
    // Their places are those of their middles.
    const { x, y, width, height } = graph.node(id);
    return { id, x: x - width / 2, y: y - height / 2, width, height, step: steps.get(id) };
  });
  const edges = graph.edges().map(({ v, w, name }) => {
    const { points, x, y, text } = graph.edge(v, w, name);
    const line = points.map((point: { x: number; y: number }) => `${point.x},${point.y}`).join(" ");
    return { key: `${v} ${w} ${name}`, points: line, x, y, text: text as string };
  });
  const { width = 0, height = 0 } = graph.graph();
  return { boxes, edges, width, height };
}
