/** Every item of a list, read page by page. The options go to each page's call. */
export async function* pages(list, request, items, options) {
    for await (const page of wholePages(list, request, options))
        yield* items(page);
}
/** Every page of a list as the server answers it. */
export async function* wholePages(list, request, options) {
    let pageToken;
    do {
        const page = await list(pageToken ? { ...request, pageToken } : request, options);
        yield page;
        pageToken = page.nextPageToken;
    } while (pageToken);
}
