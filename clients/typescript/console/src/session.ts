/** Who is looking: the key, for as long as the tab is open. */
import { connect, type Client } from "../../dist/web.js";

const KEPT = "upnext.key";

/** The key that the link hands over. It doesn't stay in the address. */
export function handedKey(): string | undefined {
  const handed = new URLSearchParams(location.hash.slice(1)).get("key");
  if (handed) history.replaceState(null, "", location.pathname);
  return handed ?? undefined;
}

/** The key that was entered before. */
export function keptKey(): string | undefined {
  return sessionStorage.getItem(KEPT) ?? undefined;
}

export interface Session {
  client: Client;
  /** The queues that may be seen, a seller's own first. */
  sellers: { name: string; displayName: string }[];
  outcomes: string[];
}

/** Tries a key, and keeps it if it is good. */
export async function open(key: string): Promise<Session> {
  const client = connect({ key });
  const [sellers, organization] = await Promise.all([
    client.sellers.listSellers({ pageSize: 1000 }),
    client.organization.getOrganization({}),
  ]);
  const may = (queue: string) =>
    client.workQueue.listActivities({ queue, pageSize: 1 }).then(
      () => true,
      () => false,
    );
  // A seller's own key may see one of any two queues at most.
  const asked = ["sellers/me", ...sellers.sellers.slice(0, 2).map((seller) => seller.name)];
  const [own, ...others] = await Promise.all(asked.map(may));
  const mayLook = others.length === (own ? 2 : Math.min(2, sellers.sellers.length)) && others.every(Boolean);
  const mine = own ? [{ name: "sellers/me", displayName: "My queue" }] : [];
  sessionStorage.setItem(KEPT, key);
  return {
    client,
    sellers: [...mine, ...(mayLook ? sellers.sellers : [])],
    outcomes: organization.organization?.settings?.phoneOutcomes ?? [],
  };
}

export function forget(): void {
  sessionStorage.removeItem(KEPT);
}
