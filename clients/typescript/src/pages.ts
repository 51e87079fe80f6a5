/** Lists: their items, or their pages if you want what else a page says. */
import type { CallOptions } from "@connectrpc/connect";

type List<Request, Page> = (request: Request, options?: CallOptions) => Promise<Page>;
interface Listed {
  nextPageToken: string;
}

/** Every item of a list, read page by page. The options go to each page's call. */
export async function* pages<Request extends object, Page extends Listed, Item>(
  list: List<Request, Page>,
  request: NoInfer<Request>,
  items: (page: Page) => Item[],
  options?: CallOptions,
): AsyncGenerator<Item> {
  for await (const page of wholePages(list, request, options)) yield* items(page);
}

/** Every page of a list as the server answers it. */
export async function* wholePages<Request extends object, Page extends Listed>(
  list: List<Request, Page>,
  request: NoInfer<Request>,
  options?: CallOptions,
): AsyncGenerator<Page> {
  let pageToken: string | undefined;
  do {
    const page = await list(pageToken ? { ...request, pageToken } : request, options);
    yield page;
    pageToken = page.nextPageToken;
  } while (pageToken);
}
