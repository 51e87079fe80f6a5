/** What is read once, and again when something it depends on changes. */
import { useEffect, useState } from "preact/hooks";

export interface Loaded<T> {
  value?: T;
  problem: string;
}

export function useLoaded<T>(load: () => Promise<T>, on: unknown[]): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ problem: "" });
  useEffect(() => {
    let current = true;
    const show = (shown: Loaded<T>) => current && setLoaded(shown);
    load().then((value) => show({ value, problem: "" }), (error: Error) => show({ problem: error.message }));
    return () => {
      current = false;
    };
  }, on);
  return loaded;
}

/** Everything of a list. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
