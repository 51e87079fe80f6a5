/** Who is looking: the key, for as long as the tab is open. */
import { connect, type Client } from "../../dist/web.js";

const KEPT = "upnext.key";

/**
 * The key that the link handed over, or that was entered before. It doesn't stay in the address.
 */
export function knownKey(): string | undefined {
  const handed = new URLSearchParams(location.hash.slice(1)).get("key");
  if (handed) {
    sessionStorage.setItem(KEPT, handed);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(KEPT) ?? undefined;
}

export interface Session {
  client: Client;
  /** The sellers whose queues may be seen; none for a seller's own key. */
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
  const mayLook = await client.workQueue.listActivities({ pageSize: 1 }).then(
    () => true,
    () => false,
  );
  sessionStorage.setItem(KEPT, key);
  return {
    client,
    sellers: mayLook ? sellers.sellers : [],
    outcomes: organization.organization?.settings?.phoneOutcomes ?? [],
  };
}

export function forget(): void {
  sessionStorage.removeItem(KEPT);
}
